import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';
import { failedStep } from './failed-step';

function scenario(tags: Readonly<Record<string, string>>, parameters: object): Scenario {
  return {
    condition: 'emr-step-failed',
    parameters,
    takes: 240,
    build: (on: Bench): Resource => failedStep(on, { tags }),
    putToWork(on: Bench): void {
      failedStep(on, { tags, state: 'BOOTSTRAPPING' });
    },
    recover(on: Bench): void {
      failedStep(on, { tags }, { state: 'COMPLETED' });
    },
  };
}

/** What it is held to its contract with: a cluster all of whose steps may run twice, and steps that the policy names. */
export const scenarios: readonly Scenario[] = [
  scenario({ 'homeostat:idempotent-steps': 'yes' }, {}),
  scenario({}, { idempotent: ['load-*'] }),
];
