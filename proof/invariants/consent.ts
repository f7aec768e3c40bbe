import { needsApproval, peopleNeeded } from '../../statemachines/incident-machine/approval';
import type { Truth } from '../truth';
import type { Invariant } from './invariant';

const second = 1_000;
const minute = 60 * second;
/** Clocks of workers are wrong by up to half a minute. */
const skew = minute;

export const approvedPlan: Invariant = {
  id: 'I13',
  promise: 'what is started is what people were shown',
  onCommit: (made, truth) => {
    const { commit } = made;
    const { rule, memory, id } = commit.incident;
    if (!commit.claim || !memory.planned || !needsApproval({ ...memory, rule })) return undefined;
    const said = truth.consents.filter(
      ({ incident, planHash }) => incident === id && planHash === memory.planned?.planHash,
    );
    return said.length > 0 ? undefined : `${id} starts a plan that nobody has agreed to`;
  },
};

export const approvalOnce: Invariant = {
  id: 'I14',
  promise: 'a start that needs people has as many of them, in time, and each said so',
  onCommit: (made, truth) => {
    const { commit } = made;
    const { rule, memory, id } = commit.incident;
    if (!commit.claim || !memory.planned || !needsApproval({ ...memory, rule })) return undefined;
    const said = truth.consents.filter(
      ({ incident, planHash, at }) =>
        incident === id &&
        planHash === memory.planned?.planHash &&
        at > made.at - (rule.approvalWithinSeconds + 3_600) * second - skew,
    );
    const people = new Set(said.map(({ by }) => by)).size;
    const needed = peopleNeeded({ ...memory, rule });
    return people >= needed ? undefined : `${id} starts with ${people} of ${needed} people's consent in time`;
  },
};

/** What is read is acted on within a worker's time. */
const noticedWithin = 150 * second + skew;

export const killSwitch: Invariant = {
  id: 'I15',
  promise: 'while a hold is on nothing is started',
  onWrite: ({ at, incident, operation, remediation }, truth) => {
    const standing = truth.incidents.get(incident);
    const claimedAt = standing?.claim?.at ?? at;
    const held = truth.holds.find(({ of, from, until }) => {
      const fits =
        of === 'everything' ||
        ('remediation' in of ? of.remediation === remediation : of.rule === standing?.incident.rule.name);
      return fits && claimedAt > from + noticedWithin && claimedAt < until;
    });
    return held ? `${operation} for ${incident}, which was let start under a hold` : undefined;
  },
};

export const freshEvidence: Invariant = {
  id: 'I16',
  promise: 'what is touched was seen to be sick a moment ago',
  onWrite: ({ at, incident, operation, revision }, truth) => {
    const standing = truth.incidents.get(incident);
    if (!standing || standing.claim?.revision !== revision) return undefined;
    const { seenSickAt } = standing.incident.memory;
    const limit = 4 * minute + skew;
    if (seenSickAt === null || at - seenSickAt > limit)
      return `${operation} for ${incident} on what was seen ${seenSickAt === null ? 'never' : `${Math.round((at - seenSickAt) / second)} seconds ago`}`;
    const { condition, resource } = standing.incident;
    return wasReallySick(condition, resource.id, at, truth)
      ? undefined
      : `${operation} for ${incident} on ${resource.id}, which has been well for minutes`;
  },
};

function wasReallySick(condition: string, id: string, at: number, truth: Truth): boolean {
  if (condition !== 'ec2-instance-impaired' && condition !== 'ec2-host-impaired') return true;
  const wellSince = truth.wellSince.get(id);
  return wellSince === undefined || at - wellSince < 6 * minute;
}
