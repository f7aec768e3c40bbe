import type { EpochMillis } from '../../../signals/signal';

/** What was set, each for so long after it was set last: what is set later makes room, so that it does not grow for ever. */
export class FadingMap<V> {
  /** In the order in which they were set. */
  readonly #kept = new Map<string, { readonly value: V; readonly at: EpochMillis }>();

  /** `keptFor` in milliseconds. */
  constructor(private readonly keptFor: number) {}

  get size(): number {
    return this.#kept.size;
  }

  has(key: string): boolean {
    return this.#kept.has(key);
  }

  get(key: string): V | undefined {
    return this.#kept.get(key)?.value;
  }

  set(key: string, value: V, at: EpochMillis): void {
    this.#kept.delete(key);
    this.#kept.set(key, { value, at });
    for (const [name, one] of this.#kept) {
      if (one.at > at - this.keptFor) return;
      this.#kept.delete(name);
    }
  }
}
