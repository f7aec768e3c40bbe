import { Cron } from 'croner';
import type { EpochMillis } from '../signals/signal';
import type { Window } from '../statemachines/policy';
import type { WindowFaults } from '../statemachines/policy/draft';
import { strictest } from '../statemachines/policy/modes';
import type { Mode } from '../statemachines/rule';

/** Any instant serves to ask whether a time zone exists and whether a window ever begins. */
const someInstant = new Date('2024-01-01T00:00:00Z');
const second = 1_000;

const calendar = (cron: string, timezone: string): Cron => new Cron(cron, { timezone, paused: true, mode: '5-part' });

function timezoneFault(timezone: string): string | undefined {
  try {
    calendar('0 0 * * *', timezone).nextRun(someInstant);
    return undefined;
  } catch {
    return `there is no time zone ${timezone}: write an IANA name such as Europe/Berlin or UTC`;
  }
}

function cronFault(cron: string): string | undefined {
  try {
    return calendar(cron, 'UTC').nextRun(someInstant) ? undefined : `the window never begins: no day fits ${cron}`;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : 'it cannot be read';
    return `cron is minute hour day month weekday, such as 0 22 * * 5: ${reason}`;
  }
}

/** What is wrong with when a window begins. */
export const windowFaults: WindowFaults = (cron, timezone) => {
  const ofCron = cronFault(cron);
  const ofTimezone = timezoneFault(timezone);
  return [
    ...(ofCron === undefined ? [] : [{ of: 'cron' as const, reason: ofCron }]),
    ...(ofTimezone === undefined ? [] : [{ of: 'timezone' as const, reason: ofTimezone }]),
  ];
};

/** Whether `at` lies in the window: from its beginning, that included, for as long as it lasts. */
export function isIn(window: Window, at: EpochMillis): boolean {
  // The calendar looks for what is before a whole second, and a beginning within the second of `at` counts.
  const nextSecond = new Date((Math.floor(at / second) + 1) * second);
  const [begin] = calendar(window.cron, window.timezone).previousRuns(1, nextSecond);
  return begin !== undefined && at < begin.getTime() + window.forSeconds * second;
}

/**
 * The strictest mode at an instant: the policy's or that of a window then open. It stands here because it needs the
 * calendar of a time zone, which the rooms that decide don't have; like them it reads no clock.
 */
export function modeAt(policyMode: Mode, windows: readonly Window[], at: EpochMillis): Mode {
  return strictest(policyMode, ...windows.filter((window) => isIn(window, at)).map(({ then }) => then));
}
