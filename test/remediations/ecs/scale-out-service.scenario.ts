import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';
import { checkout, deploy } from './service';

/** What it is held to its contract with: a service that nothing scales, and one that is scaled. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'service-overloaded',
    takes: 60,
    build: (bench) => checkout(bench, { load: 95 }),
    putToWork: deploy,
  },
  {
    condition: 'service-overloaded',
    takes: 60,
    build(bench: Bench): Resource {
      const service = checkout(bench, { load: 95 });
      bench.account.services['application-autoscaling'].add({
        resource: 'service/shop/checkout',
        dimension: 'ecs:service:DesiredCount',
        min: 2,
        max: 4,
      });
      return service;
    },
    putToWork: deploy,
  },
];
