import type { SimulatedAccount } from '../../simulator/world';

interface Read {
  readonly service: string;
  readonly operation: string;
  readonly input: object;
}

/** Different reads that are remembered; what was read last is read again. */
const rememberedAtMost = 24;

/**
 * Reads that do not show yet what was written: for a while, what was read before a write is answered as it stood then. AWS calls
 * that eventual consistency.
 */
export class LaggingReads {
  readonly #reads = new Map<string, Read>();
  readonly #frozen = new Map<string, { readonly answer: object; readonly until: number }>();

  /** `isOn`: whether anything will ever be frozen; to remember reads costs as much as to answer them. */
  constructor(
    private readonly account: SimulatedAccount,
    private readonly isOn = true,
  ) {}

  /** Remembers a read, so that it can be frozen. */
  heard(read: Read): void {
    if (!this.isOn) return;
    const key = keyOf(read);
    this.#reads.delete(key);
    this.#reads.set(key, read);
    for (const oldest of this.#reads.keys()) {
      if (this.#reads.size <= rememberedAtMost) break;
      this.#reads.delete(oldest);
    }
  }

  /** To be called just before a write: for so many milliseconds reads of the service show what they show now. */
  freeze(service: string, milliseconds: number): void {
    const until = this.account.clock.now() + milliseconds;
    for (const [key, read] of this.#reads) {
      if (read.service !== service) continue;
      try {
        this.#frozen.set(key, { answer: this.account.call(read.service, read.operation, read.input), until });
      } catch {
        // What was refused is refused by whatever it meets then.
      }
    }
  }

  /** What a read shows of a time before; undefined where it shows the present. */
  answerTo(read: Read): object | undefined {
    if (this.#frozen.size === 0) return undefined;
    const key = keyOf(read);
    const frozen = this.#frozen.get(key);
    if (!frozen) return undefined;
    if (frozen.until > this.account.clock.now()) return frozen.answer;
    this.#frozen.delete(key);
    return undefined;
  }
}

function keyOf({ service, operation, input }: Read): string {
  return `${service}:${operation} ${JSON.stringify(input)}`;
}
