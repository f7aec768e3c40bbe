import type { VirtualClock } from './clock';
import { EventBus } from './event-bus';
import { Faults } from './faults';
import { accessOf, type Call } from './ledger';
import { Refusal } from './refusal';

/** Answers one operation; throws a `Refusal` as AWS would. Typed by each service file with the SDK's own shapes. */
type Operation = (input: never) => object;

/** One AWS service of an account: what it holds is its own, what it answers is here. */
export interface Service {
  readonly operations: Readonly<Record<string, Operation>>;
}

/** Makes the services of one account and region, by IAM prefix; in this order, so that a later one may use an earlier one at once. */
export type ServiceFactories<Services> = {
  readonly [S in keyof Services]: (account: Account<Services>) => Services[S];
};

/** An AWS account in one region, in memory. */
export class Account<Services = Record<string, Service>> {
  readonly bus: EventBus;
  readonly faults = new Faults();
  readonly services: Services;
  /** The most items that one page of an answer holds, unless the caller asks for fewer. */
  pageSize = 100;
  readonly #observers: ((call: Call) => void)[] = [];
  #ids = 0;

  constructor(
    readonly id: string,
    readonly region: string,
    readonly clock: VirtualClock,
    factories: ServiceFactories<Services>,
  ) {
    this.bus = new EventBus(clock, id, region);
    const services: Partial<Services> = {};
    this.services = services as Services;
    for (const name of Object.keys(factories) as (keyof Services)[]) services[name] = factories[name](this);
  }

  /** Is told of every call, after it was answered. */
  observe(observer: (call: Call) => void): void {
    this.#observers.push(observer);
  }

  /** Answers a call as AWS would. An operation that no service file knows fails by its name. */
  call(service: string, operation: string, input: object): object {
    const known = (this.services as Record<string, Service | undefined>)[service]?.operations[operation];
    if (!known) {
      throw new Refusal(
        'NotSimulated',
        `The simulated account does not know ${service}:${operation}. Add it to simulator/${service}.ts.`,
        501,
      );
    }
    const call = {
      at: this.clock.now(),
      account: this.id,
      region: this.region,
      service,
      operation,
      access: accessOf(operation),
      input,
    };
    try {
      const answer = this.faults.through(service, operation, () => known(input as never));
      this.#tell(call);
      return answer;
    } catch (error) {
      this.#tell({ ...call, error: error instanceof Error ? error.name : String(error) });
      throw error;
    }
  }

  /** The next id of this account: the same in every run. `digits` hexadecimal ones after the prefix. */
  newId(prefix: string, digits = 17): string {
    this.#ids += 1;
    return `${prefix}${this.#ids.toString(16).padStart(digits, '0')}`;
  }

  arn(service: string, resource: string): string {
    const partition = this.region.startsWith('cn-')
      ? 'aws-cn'
      : this.region.startsWith('us-gov-')
        ? 'aws-us-gov'
        : 'aws';
    return `arn:${partition}:${service}:${this.region}:${this.id}:${resource}`;
  }

  #tell(call: Call): void {
    for (const observer of this.#observers) observer(call);
  }
}
