import { constructStack } from '@smithy/core/client';
import type { ClientSettings } from './sdk-clients';

/** As much of a client of the SDK as a group of them needs. */
interface Member {
  readonly middlewareStack: Parameters<ReturnType<typeof constructStack>['applyToStack']>[0];
}

/**
 * Several clients of the SDK that their caller takes for one: one for each API of a service, or for each endpoint. Whatever is
 * added to what the calls of the group go through, theirs go through as well. Each is made when a call first needs it.
 */
export class ClientGroup {
  readonly middlewareStack = constructStack();
  readonly config: Pick<ClientSettings, 'requestHandler'>;
  readonly #made = new Map<string, object>();

  constructor(protected readonly settings: ClientSettings) {
    // Each member makes its own connections unless it is given some.
    const { requestHandler } = settings;
    this.config = { ...(requestHandler && { requestHandler }) };
  }

  /** The client of that name; made, if there is none. */
  protected member<Client extends object>(name: string, make: (settings: ClientSettings) => Client): Client {
    const known = this.#made.get(name);
    if (known) return known as Client;
    const made = make(this.settings);
    this.middlewareStack.applyToStack((made as unknown as Member).middlewareStack);
    this.#made.set(name, made);
    return made;
  }
}
