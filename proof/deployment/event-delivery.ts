import type { BusEvent } from '../../simulator/event-bus';
import type { VirtualClock } from '../../simulator/clock';
import type { Faults } from '../faults';
import type { Queue } from './queue';

const minute = 60_000;
const hour = 60 * minute;
const soon = 10 * minute;

/** EventBridge on the way to the queue: events come twice, late, out of order, or not at all. */
export class EventDelivery {
  readonly #archive: string[] = [];

  constructor(
    private readonly clock: VirtualClock,
    private readonly faults: Faults,
    private readonly queue: Queue,
    private readonly delayOf: () => number,
    /** Is told of each that comes within minutes. */
    private readonly onDelivery: (event: BusEvent, body: string) => void,
  ) {}

  deliver(event: BusEvent): void {
    const { faults, queue } = this;
    const body = JSON.stringify(event);
    this.#archive.push(body);
    if (faults.hits('event-lost')) return;
    const late = this.#lateness();
    queue.send(body, undefined, this.delayOf() + late);
    if (late < soon) this.onDelivery(event, body);
    if (faults.hits('event-twice')) {
      queue.send(body, undefined, faults.randomOf('event-twice').between(0, 30 * minute));
    }
    if (faults.hits('event-replayed')) this.#replay();
    if (faults.hits('message-malformed'))
      queue.send(body.slice(0, faults.randomOf('message-malformed').between(0, 200)));
  }

  #lateness(): number {
    const { faults } = this;
    if (!faults.hits('event-late')) return 0;
    const random = faults.randomOf('event-late');
    return random.chance(0.8) ? random.between(1_000, 20 * minute) : random.between(20 * minute, 24 * hour);
  }

  /** What an archive holds comes with its old time and its old id. */
  #replay(): void {
    const random = this.faults.randomOf('event-replayed');
    const old = this.#archive[random.between(0, this.#archive.length - 1)];
    if (old === undefined) return;
    this.clock.after(random.between(minute, 90 * minute), () => {
      this.queue.send(old);
    });
  }
}
