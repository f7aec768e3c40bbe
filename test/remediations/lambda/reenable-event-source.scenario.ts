import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';
import { disabled, mappingId } from './checkout';

/** What it is held to its contract with: a mapping, and a function of which one is disabled. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'event-source-disabled',
    takes: 60,
    build: (bench: Bench): Resource => disabled(bench),
    putToWork({ account }: Bench): void {
      account.services.lambda.mappings.put(mappingId, 'Updating');
    },
    recover({ account }: Bench): void {
      account.services.lambda.mappings.switch(mappingId, 'enabled');
    },
  },
  {
    condition: 'event-source-late',
    takes: 60,
    build(bench: Bench): Resource {
      disabled(bench);
      return bench.resource('function', 'checkout');
    },
  },
];
