import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';
import { checkout, deploy, sicken } from './service';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'service-tasks-failing',
    takes: 240,
    build(bench: Bench): Resource {
      const service = checkout(bench);
      sicken(bench, { endsWith: 'redeployment' });
      return service;
    },
    putToWork: deploy,
  },
];
