import type { CreateSchedule } from '../../runtime/scheduler-timers';
import type { VirtualClock } from '../../simulator/clock';
import { Refusal } from '../../simulator/refusal';
import type { Faults } from '../faults';
import type { Sandbox } from './sandbox';

const minute = 60_000;

/** EventBridge Scheduler: one-time schedules, each of which sends its message to the queue and is gone. */
export class Schedule {
  readonly #names = new Set<string>();

  constructor(
    private readonly clock: VirtualClock,
    private readonly faults: Faults,
    private readonly send: (body: string) => void,
  ) {}

  /** As one process sees it. */
  createAs(sandbox: Sandbox): CreateSchedule {
    return (schedule) =>
      sandbox.cross({ what: 'scheduler:CreateSchedule', changes: true }, () => {
        const { Name: name = '', ScheduleExpression: expression = '', Target: target } = schedule;
        if (this.faults.hits('timer-refused')) throw new Refusal('ThrottlingException', 'Rate exceeded');
        if (this.#names.has(name)) throw new Refusal('ConflictException', `Schedule ${name} already exists.`);
        this.#names.add(name);
        const at = Date.parse(`${/^at\((.+)\)$/.exec(expression)?.[1] ?? ''}Z`);
        if (Number.isNaN(at)) throw new Refusal('ValidationException', `Invalid Schedule Expression ${expression}.`);
        this.#arm(name, at, target?.Input ?? '');
        return {};
      });
  }

  #arm(name: string, at: number, body: string): void {
    const { faults, clock } = this;
    if (faults.hits('timer-lost')) return;
    const late = faults.hits('timer-late') ? faults.randomOf('timer-late').between(1_000, 10 * minute) : 0;
    clock.at(at + late, () => {
      this.#names.delete(name);
      this.send(body);
      if (faults.hits('timer-twice')) {
        clock.after(faults.randomOf('timer-twice').between(0, 5 * minute), () => {
          this.send(body);
        });
      }
    });
  }
}
