import type { Fleet } from './fleet';
import { serves, type Instance } from './instance';
import type { Metric } from '../cloudwatch/metric';
import type { SimulatedAccount } from '../world';

interface Symptom {
  readonly metric: Metric;
  readonly values: SymptomValues;
}

/** What a metric shows while its instance serves, and while it does not. */
export interface SymptomValues {
  readonly well: number;
  readonly sick: number;
}

/** Metrics that are not EC2's own and yet tell how an instance is, such as the errors that its application counts. */
export class Symptoms {
  readonly #byInstance = new Map<string, Symptom[]>();

  constructor(
    private readonly account: SimulatedAccount,
    private readonly fleet: Fleet,
  ) {
    fleet.onChange((instance) => {
      for (const symptom of this.#byInstance.get(instance.id) ?? []) this.#show(instance, symptom);
    });
  }

  /** From now on the metric tells of that instance; one that has ended is neither well nor sick: no data comes. */
  add(instanceId: string, metric: Metric, values: SymptomValues): void {
    const symptom = { metric, values };
    const symptoms = this.#byInstance.get(instanceId) ?? [];
    symptoms.push(symptom);
    this.#byInstance.set(instanceId, symptoms);
    const instance = this.fleet.find(instanceId);
    if (instance) this.#show(instance, symptom);
  }

  #show(instance: Instance, { metric, values }: Symptom): void {
    const hasEnded = instance.power === 'shutting-down' || instance.power === 'terminated';
    const value = serves(instance) ? values.well : values.sick;
    this.account.services.cloudwatch.set(metric, hasEnded ? undefined : value);
  }
}
