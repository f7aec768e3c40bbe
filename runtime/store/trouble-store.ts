import type { EpochMillis } from '../../signals/signal';

/** Where it is kept which contacts are known not to be reached: others are told of each once. What a method throws is passing. */
export interface TroubleStore {
  /** The trouble that others were told of, by the contact that has it. */
  told(): Promise<ReadonlyMap<string, string>>;
  /** Others were told of this trouble, or, without one, that there is none any more. Harmless when repeated. */
  remember(contact: string, trouble: string | undefined, at: EpochMillis): Promise<void>;
}

/** In memory, for simulations and tests. */
export class MemoryTroubles implements TroubleStore {
  readonly #told = new Map<string, string>();

  async told(): Promise<ReadonlyMap<string, string>> {
    return new Map(this.#told);
  }

  async remember(contact: string, trouble: string | undefined): Promise<void> {
    if (trouble === undefined) this.#told.delete(contact);
    else this.#told.set(contact, trouble);
  }
}
