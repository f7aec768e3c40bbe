import type { VirtualClock } from './clock';

/** An event as EventBridge delivers it. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, to the second, as AWS services send it. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: object;
}

type Subscriber = (event: BusEvent) => void | Promise<void>;

/** From the happening to the target: the order of magnitude that AWS shows, in milliseconds. */
const deliveryDelay = 1_000;

/** The default event bus of one account and region. */
export class EventBus {
  readonly #subscribers: Subscriber[] = [];
  #sent = 0;

  constructor(
    private readonly clock: VirtualClock,
    private readonly account: string,
    private readonly region: string,
  ) {}

  subscribe(subscriber: Subscriber): void {
    this.#subscribers.push(subscriber);
  }

  /** Sends an event, of an AWS service or of anybody else: every subscriber gets it a second later. Answers its id. */
  emit(
    source: string,
    detailType: string,
    resources: readonly string[],
    detail: object,
    /** When it happened, in milliseconds; now, unless the sender says otherwise. */
    at = this.clock.now(),
  ): string {
    this.#sent += 1;
    const event: BusEvent = {
      version: '0',
      id: `00000000-0000-4000-8${this.account.slice(-3).padStart(3, '0')}-${this.#sent.toString(16).padStart(12, '0')}`,
      'detail-type': detailType,
      source,
      account: this.account,
      time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
      region: this.region,
      resources,
      detail,
    };
    this.clock.after(deliveryDelay, async () => {
      for (const subscriber of this.#subscribers) await subscriber(event);
    });
    return event.id;
  }
}
