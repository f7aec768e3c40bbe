import type { Scenario } from '../scenario';
import { disabled, mappingId } from './checkout';

/** What it is held to its contract with: a mapping, and a function of which one is disabled. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'event-source-disabled',
    takes: 60,
    build: (bench) => disabled(bench),
    putToWork: ({ account }) => {
      account.services.lambda.mappings.put(mappingId, 'Updating');
    },
    recover: ({ account }) => {
      account.services.lambda.mappings.switch(mappingId, 'enabled');
    },
  },
  {
    condition: 'event-source-late',
    takes: 60,
    build(bench) {
      disabled(bench);
      return bench.resource('function', 'checkout');
    },
  },
];
