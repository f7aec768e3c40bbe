import { schedulerTimers, type CreateSchedule } from '../../runtime/scheduler-timers';
import { readMessage } from '../../runtime/lambda/message';

const noon = Date.parse('2026-03-01T12:00:00Z');
type Schedule = Parameters<CreateSchedule>[0];

function timers() {
  const made: Schedule[] = [];
  const failures: string[] = [];
  const told: { now: number; fails: Error | undefined } = { now: noon, fails: undefined };
  return Object.assign(told, {
    made,
    failures,
    timers: schedulerTimers({
      clock: { now: () => told.now },
      create: async (schedule) => {
        if (told.fails) throw told.fails;
        made.push(schedule);
      },
      queueArn: 'arn:aws:sqs:eu-central-1:111122223333:homeostat-work',
      roleArn: 'arn:aws:iam::111122223333:role/timer',
      group: 'homeostat',
      onFailure: (incident, error) => failures.push(`${incident} ${String(error)}`),
    }),
    names: () => made.map(({ Name }) => Name),
  });
}

describe('a wake-up', () => {
  it('is a schedule that fires once, into the work queue, and is gone', async () => {
    const it = timers();
    await it.timers.arm('inc-1', { at: noon + 120_000, revision: 7 });
    await it.timers.flush();
    expect(it.made).toEqual([
      {
        Name: `inc-1-7-${(noon + 120_000) / 1_000}`,
        GroupName: 'homeostat',
        ScheduleExpression: 'at(2026-03-01T12:02:00)',
        ScheduleExpressionTimezone: 'UTC',
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: {
          Arn: 'arn:aws:sqs:eu-central-1:111122223333:homeostat-work',
          RoleArn: 'arn:aws:iam::111122223333:role/timer',
          Input: '{"wake":{"incident":"inc-1","revision":7}}',
          RetryPolicy: { MaximumEventAgeInSeconds: 3_600, MaximumRetryAttempts: 20 },
        },
      },
    ]);
    expect(readMessage(it.made[0]!.Target!.Input!)).toEqual({ kind: 'wake', incident: 'inc-1', revision: 7 });
  });

  it('never comes before its time', async () => {
    const it = timers();
    await it.timers.arm('inc-1', { at: noon + 20_001, revision: 1 });
    await it.timers.flush();
    expect(it.made[0]?.ScheduleExpression).toBe('at(2026-03-01T12:00:40)');
  });

  it.each([noon, noon - 3_600_000])('that is due already comes in a moment', async (at) => {
    const it = timers();
    await it.timers.arm('inc-1', { at, revision: 1 });
    await it.timers.flush();
    expect(it.made[0]?.ScheduleExpression).toBe('at(2026-03-01T12:00:20)');
  });

  it('is armed when the incident has come to wait, and only the last of it', async () => {
    const it = timers();
    await it.timers.arm('inc-1', { at: noon + 120_000, revision: 1 });
    await it.timers.arm('inc-2', { at: noon + 60_000, revision: 1 });
    await it.timers.arm('inc-1', { at: noon + 60_000, revision: 2 });
    await it.timers.disarm('inc-2');
    expect(it.made).toEqual([]);
    await it.timers.flush();
    await it.timers.flush();
    expect(it.names()).toEqual([`inc-1-2-${(noon + 60_000) / 1_000}`]);
  });

  it('of two chains of looks at one incident has one name: they go on as one', async () => {
    const it = timers();
    await it.timers.arm('inc-1', { at: noon + 31_000, revision: 3 });
    await it.timers.flush();
    await it.timers.arm('inc-1', { at: noon + 38_000, revision: 3 });
    await it.timers.flush();
    expect(new Set(it.names()).size).toBe(1);
  });

  it('that is armed already is no failure', async () => {
    const it = timers();
    it.fails = Object.assign(new Error('it exists'), { name: 'ConflictException' });
    await it.timers.arm('inc-1', { at: noon, revision: 1 });
    await it.timers.flush();
    expect(it.failures).toEqual([]);
  });

  it('that cannot be armed is told of, and stops nobody', async () => {
    const it = timers();
    it.fails = new Error('Scheduler is away');
    await it.timers.arm('inc-1', { at: noon, revision: 1 });
    await it.timers.flush();
    expect(it.failures).toEqual(['inc-1 Error: Scheduler is away']);
  });
});
