import type { SQSRecord } from 'aws-lambda';
import type { VirtualClock } from '../../simulator/clock';

/** A message of the work queue. */
export interface Message {
  readonly id: string;
  readonly body: string;
  /** Who SQS says that it is from. */
  readonly sender: string;
  readonly sentAt: number;
  visibleAt: number;
  received: number;
}

const second = 1_000;
/** As deployed: six times what the worker may take, and five tries. */
export const visibility = 720 * second;
const tries = 5;

/** Names of whoever sends that is no person: EventBridge, and the role of the timers. */
export const eventBridge = 'AIDAEVENTBRIDGE';

/** SQS: what is taken is invisible for a while, and comes again unless it is deleted; what keeps failing is a dead letter. */
export class Queue {
  readonly deadLetters: Message[] = [];
  readonly #messages = new Map<string, Message>();
  #sent = 0;

  /** `onVisible` is told whenever something may have become visible. */
  constructor(
    private readonly clock: VirtualClock,
    private readonly onVisible: () => void,
  ) {}

  get size(): number {
    return this.#messages.size;
  }

  send(body: string, sender = eventBridge, delay = 0): void {
    this.#sent += 1;
    const at = this.clock.now() + delay;
    const message = { id: `m${this.#sent}`, body, sender, sentAt: at, visibleAt: at, received: 0 };
    this.#messages.set(message.id, message);
    this.#announce(at);
  }

  /** Takes up to so many that are visible now. */
  receive(atMost: number): readonly Message[] {
    const now = this.clock.now();
    const taken: Message[] = [];
    for (const message of this.#messages.values()) {
      if (message.visibleAt > now) continue;
      if (message.received >= tries) {
        this.#messages.delete(message.id);
        this.deadLetters.push(message);
        continue;
      }
      if (taken.length === atMost) break;
      message.received += 1;
      this.hide(message, visibility);
      taken.push(message);
    }
    return taken;
  }

  /** Makes it come again after so many milliseconds, unless it is deleted before. */
  hide(message: Message, milliseconds: number): void {
    message.visibleAt = this.clock.now() + milliseconds;
    this.#announce(message.visibleAt);
  }

  /** When the next message becomes visible; never, if there is none. */
  nextAt(): number {
    return Math.min(Infinity, ...[...this.#messages.values()].map(({ visibleAt }) => visibleAt));
  }

  delete(id: string): void {
    this.#messages.delete(id);
  }

  #announce(at: number): void {
    this.clock.at(at, this.onVisible);
  }
}

/** As Lambda hands it to the function. */
export function recordOf({ id, body, sender, sentAt, received }: Message): SQSRecord {
  return {
    messageId: id,
    receiptHandle: id,
    body,
    attributes: {
      ApproximateReceiveCount: `${received}`,
      SentTimestamp: `${sentAt}`,
      SenderId: sender,
      ApproximateFirstReceiveTimestamp: `${sentAt}`,
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-central-1:111122223333:proof-work',
    awsRegion: 'eu-central-1',
  };
}
