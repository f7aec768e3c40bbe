import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';
import { throttled } from './checkout';

/** What it is held to its contract with: a function, and an alias of one. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'function-throttled',
    takes: 1,
    build: (bench: Bench): Resource => throttled(bench),
    recover({ account }: Bench): void {
      account.services.lambda.add({ name: 'checkout', reserved: 10, demand: 5 });
    },
  },
  {
    condition: 'function-throttled',
    takes: 1,
    build(bench: Bench): Resource {
      throttled(bench, { aliases: [{ name: 'live', version: 1 }] });
      return bench.resource('function-alias', 'checkout:live');
    },
  },
];
