import { Heap } from 'heap-js';
import type { KeySchema } from './definition';
import { projected } from './expression/projection';
import { attributesOf } from './definition';
import type { Row } from './value';

/** Which rows of a table expire, and when they are deleted. */
export class Expiry {
  /** Name of the attribute that tells when, in epoch seconds; undefined where rows do not expire. */
  attribute: string | undefined;
  readonly #ends = new Heap<{ readonly at: number; readonly key: Row }>((one, other) => one.at - other.at);

  constructor(private readonly keys: KeySchema) {}

  /** It may be deleted so many milliseconds after it has expired. */
  note(row: Row, afterMillis: number): void {
    const end = this.#endOf(row);
    if (end === undefined) return;
    const key = projected(
      row,
      attributesOf(this.keys).map(({ name }) => [name]),
    );
    this.#ends.push({ at: end + afterMillis, key });
  }

  /** The next key whose time has come; each is told once. */
  next(now: number): Row | undefined {
    const first = this.#ends.peek();
    if (!first || first.at > now) return undefined;
    this.#ends.pop();
    return first.key;
  }

  isOver(row: Row | undefined, now: number): boolean {
    const end = row && this.#endOf(row);
    return end !== undefined && end <= now;
  }

  #endOf(row: Row): number | undefined {
    const seconds = this.attribute === undefined ? undefined : row[this.attribute]?.N;
    return seconds === undefined ? undefined : Number(seconds) * 1_000;
  }
}
