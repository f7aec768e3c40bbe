import { Refusal } from './refusal';

/**
 * What goes wrong with a call. `throttled`, `denied` and `unavailable` change nothing; `lostAnswer` is applied, but the caller
 * gets a time-out; `lostRequest` gets the same time-out and is not applied.
 */
export type Fault = 'throttled' | 'denied' | 'unavailable' | 'lostAnswer' | 'lostRequest';

interface Planted {
  readonly service: string;
  /** Name of an operation, or `*` for any of the service. */
  readonly operation: string;
  readonly fault: Fault | Refusal;
  left: number;
}

const refusals: Record<Fault, () => Error> = {
  throttled: () => new Refusal('ThrottlingException', 'Rate exceeded'),
  denied: () => new Refusal('AccessDeniedException', 'User is not authorized to perform this operation', 403),
  unavailable: () => new Refusal('ServiceUnavailable', 'The service is unavailable. Please try again shortly.', 503),
  lostAnswer: () => Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' }),
  lostRequest: () => Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' }),
};

/** Faults planted in an account: each hits the next `times` calls that it fits. */
export class Faults {
  readonly #planted: Planted[] = [];

  /** A `Refusal` is thrown as it is, for what only a real account would refuse. */
  plant(service: string, operation: string, fault: Fault | Refusal, times = 1): void {
    this.#planted.push({ service, operation, fault, left: times });
  }

  /** Answers `call` through the first planted fault that fits, or plainly. */
  through<T>(service: string, operation: string, call: () => T): T {
    const hit = this.#planted.find(
      (planted) => planted.service === service && (planted.operation === '*' || planted.operation === operation),
    );
    if (!hit) return call();
    hit.left -= 1;
    if (hit.left <= 0) this.#planted.splice(this.#planted.indexOf(hit), 1);
    if (hit.fault instanceof Refusal) throw hit.fault;
    if (hit.fault === 'lostAnswer') call();
    throw refusals[hit.fault]();
  }
}
