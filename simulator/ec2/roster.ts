import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import type { Instance } from './instance';

/** A terminated instance can be seen for this long, in milliseconds. */
const remembrance = 3_600_000;

/** The instances that there are, and those that ended lately. */
export class Roster {
  readonly #instances = new Map<string, Instance>();
  /** In the order in which they ended. */
  readonly #terminated: { readonly id: string; readonly forgetAt: number }[] = [];

  constructor(private readonly account: SimulatedAccount) {}

  enter(instance: Instance): void {
    this.#instances.set(instance.id, instance);
  }

  /** It has ended: it is seen for a while longer. */
  ended({ id }: Instance): void {
    this.#terminated.push({ id, forgetAt: this.account.clock.now() + remembrance });
  }

  find(id: string): Instance | undefined {
    this.#forget();
    return this.#instances.get(id);
  }

  /** The instance of that id; refuses one that there is not, and what is no id. */
  known(id: string): Instance {
    const instance = this.find(id);
    if (instance) return instance;
    if (!/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id)) {
      throw new Refusal('InvalidInstanceID.Malformed', `Invalid id: "${id}"`);
    }
    throw new Refusal('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
  }

  all(): readonly Instance[] {
    this.#forget();
    return [...this.#instances.values()];
  }

  /** An id that none has. */
  newId(): string {
    let id = this.account.newId('i-');
    while (this.#instances.has(id)) id = this.account.newId('i-');
    return id;
  }

  #forget(): void {
    while ((this.#terminated[0]?.forgetAt ?? Infinity) <= this.account.clock.now()) {
      const gone = this.#terminated.shift();
      if (gone) this.#instances.delete(gone.id);
    }
  }
}
