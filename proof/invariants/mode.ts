import { modeAt } from '../../runtime/windows';
import { strictest } from '../../statemachines/policy/modes';
import type { Invariant } from './invariant';

const minute = 60_000;

export const observedAccount: Invariant = {
  id: 'I21',
  promise: 'under a policy that observes nothing is changed, whatever an incident remembers',
  onWrite: ({ incident, operation }, truth) =>
    truth.policy.mode === 'observe' ? `${operation} for ${incident}, and the policy only observes` : undefined,
};

export const openWindow: Invariant = {
  id: 'I21',
  promise: 'while a window of the policy is open nothing is started that it forbids',
  onCommit: ({ at, commit: { incident, claim } }, { policy }) => {
    if (!claim) return undefined;
    const { mode } = incident.rule;
    // One that opens or closes within a minute is seen by some, and by others not yet.
    const allowed = [at - minute, at, at + minute].map((when) => modeAt(policy.mode, policy.windows, when));
    return allowed.every((one) => strictest(one, mode) !== mode)
      ? `${incident.id} starts in mode ${mode}, and a window of the policy says ${allowed[1] ?? ''}`
      : undefined;
  },
};
