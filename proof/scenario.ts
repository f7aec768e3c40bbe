import { Randomness } from './randomness';
import { drawAccount, type DrawnAccount } from './scenario/account';
import { drawAilments, type Ailment } from './scenario/ailments';
import { drawEstate } from './scenario/estates';
import { drawPolicy } from './scenario/policy';
import type { Mix } from './faults';

/** What a trial is about: an account, the policy that its operators wrote, and what falls sick in it. */
export interface Scenario extends DrawnAccount {
  /** As a person would write it. */
  readonly policyText: string;
  readonly ailments: readonly Ailment[];
  /** Milliseconds from the start for which things fall sick and go wrong. */
  readonly troubledFor: number;
}

const minute = 60_000;
/** Different policies: to read one takes as long as a trial. */
const policies = 40;

export function drawScenario(random: Randomness, mix: Mix): Scenario {
  const account = drawAccount(random.of('account'));
  const troubledFor = random.of('length').between(20, 45) * minute;
  const estate = drawEstate(account, troubledFor, random.of('estate'));
  const ailments = [...drawAilments(account, mix, troubledFor, random.of('ailments')), ...estate.ailments];
  return {
    ...estate.account,
    policyText: drawPolicy(new Randomness(random.of('policy').between(1, policies), 'policy')),
    ailments: ailments.sort((one, other) => one.after - other.after),
    troubledFor,
  };
}
