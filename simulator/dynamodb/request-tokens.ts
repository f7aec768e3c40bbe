import type { VirtualClock } from '../clock';
import { invalid } from './refusal';
import { Refusal } from '../refusal';

const keptMillis = 10 * 60_000;

interface Taken {
  /** What was asked for under the token. */
  readonly request: unknown;
  /** When it was done. */
  readonly doneAt: number;
}

/** The tokens of requests that were carried out: for ten minutes the same request is not carried out again. */
export class RequestTokens {
  /** In the order in which they were taken. */
  readonly #taken = new Map<string, Taken>();

  constructor(private readonly clock: VirtualClock) {}

  /** Whether this was done before. Throws if the token was used for something else, or is being worked on. */
  isDone(token: string | undefined, request: unknown): boolean {
    if (token === undefined) return false;
    if (token.length < 1 || token.length > 36) {
      throw invalid(
        `1 validation error detected: Value '${token}' at 'clientRequestToken' failed to satisfy constraint: Member must have length between 1 and 36`,
      );
    }
    this.#forget();
    const taken = this.#taken.get(token);
    if (!taken) return false;
    if (taken.request !== request && JSON.stringify(taken.request) !== JSON.stringify(request)) {
      throw new Refusal(
        'IdempotentParameterMismatchException',
        'The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with different requests, unless the requests are identical',
      );
    }
    if (taken.doneAt <= this.clock.now()) return true;
    throw new Refusal(
      'TransactionInProgressException',
      'The transaction with the given request token is already in progress.',
    );
  }

  note(token: string | undefined, request: unknown, doneAt: number): void {
    if (token !== undefined) this.#taken.set(token, { request, doneAt });
  }

  #forget(): void {
    for (const [token, { doneAt }] of this.#taken) {
      if (doneAt + keptMillis > this.clock.now()) return;
      this.#taken.delete(token);
    }
  }
}
