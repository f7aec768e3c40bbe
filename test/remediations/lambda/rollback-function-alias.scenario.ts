import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';
import { deployed } from './checkout';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'function-erroring',
    takes: 1,
    build: (bench: Bench): Resource => deployed(bench),
    // CodeDeploy moves it on, a tenth of the invocations at first.
    putToWork: (bench: Bench) => deployed(bench, { weights: { 8: 0.1 } }),
    recover: (bench: Bench) => deployed(bench, { switchedMinutesAgo: 2_000 }),
  },
];
