import { readPolicyFrom } from '../../runtime/policy-file';
import type { Policy } from '../../statemachines/policy';

/** Policies that were read in this process, by their text. */
const readPolicies = new Map<string, Policy>();

/** Reads it, once in a process: to read a policy takes as long as a trial. Throws for a text that is none. */
export function policyIn(policyText: string): Policy {
  const known = readPolicies.get(policyText);
  if (known) return known;
  const read = readPolicyFrom(policyText, 'policy of the trial');
  if (read.kind === 'errors') {
    throw new Error(`The policy of the trial is wrong: ${read.errors.map(({ message }) => message).join('; ')}`);
  }
  readPolicies.set(policyText, read.policy);
  return read.policy;
}
