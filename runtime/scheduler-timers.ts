import type { CreateScheduleCommandInput } from '@aws-sdk/client-scheduler';
import type { Clock } from './clock';
import { wakeMessage } from './lambda/message';
import type { Timers } from './surroundings';

/** Makes one schedule. Throws what the SDK throws. */
export type CreateSchedule = (schedule: CreateScheduleCommandInput) => Promise<unknown>;

export interface TimerSetting {
  readonly clock: Clock;
  readonly create: CreateSchedule;
  /** Where wake-ups are sent, and as whom. */
  readonly queueArn: string;
  readonly roleArn: string;
  readonly group: string;
  /** Is told of each that could not be armed. */
  readonly onFailure: (incident: string, error: unknown) => void;
}

/** Timers of which only the last of each incident is armed, once what is under way has come to wait. */
export interface SchedulerTimers extends Timers {
  /** Arms what is to be armed. Never throws. */
  flush(): Promise<void>;
}

type Wake = Parameters<Timers['arm']>[1];

/**
 * Times are rounded up to whole such steps: two chains of looks at one incident, such as a message that was delivered twice
 * begins, meet on the same name and go on as one. EventBridge Scheduler itself is exact to the minute.
 */
const stepMillis = 20_000;

/**
 * Wakes incidents by one-time schedules of EventBridge Scheduler, which send a message to the work queue and are gone. Nothing
 * is ever taken back: a schedule that comes too late is ignored by its revision. The wake-up that counts is the one in the
 * store, written with the commit. When arming fails, or the worker dies before it, the sweeper wakes the incident.
 */
export function schedulerTimers(setting: TimerSetting): SchedulerTimers {
  const wanted = new Map<string, Wake>();
  const arm = async (incident: string, wake: Wake): Promise<void> => {
    try {
      await setting.create(scheduleFor(incident, wake, setting));
    } catch (error) {
      // Its name says all that matters of it: it is armed already.
      if ((error as Error | undefined)?.name !== 'ConflictException') setting.onFailure(incident, error);
    }
  };
  return {
    arm: async (incident, wake) => {
      wanted.set(incident, wake);
    },
    disarm: async (incident) => {
      wanted.delete(incident);
    },
    flush: async () => {
      const all = [...wanted];
      wanted.clear();
      await Promise.all(all.map(([incident, wake]) => arm(incident, wake)));
    },
  };
}

function scheduleFor(incident: string, wake: Wake, setting: TimerSetting): CreateScheduleCommandInput {
  const { clock, queueArn, roleArn, group } = setting;
  // What is already due is due at the next step.
  const at = Math.ceil(Math.max(wake.at, clock.now() + 1_000) / stepMillis) * stepMillis;
  return {
    Name: `${incident}-${wake.revision}-${at / 1_000}`,
    GroupName: group,
    ScheduleExpression: `at(${new Date(at).toISOString().slice(0, 19)})`,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: {
      Arn: queueArn,
      RoleArn: roleArn,
      Input: wakeMessage(incident, wake.revision),
      RetryPolicy: { MaximumEventAgeInSeconds: 3_600, MaximumRetryAttempts: 20 },
    },
  };
}
