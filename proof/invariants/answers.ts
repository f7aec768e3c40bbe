import { needsApproval } from '../../statemachines/incident-machine/approval';
import type { Truth, Write } from '../truth';
import type { Invariant } from './invariant';

const second = 1_000;
const minute = 60 * second;
/** Clocks of two workers differ by up to a minute. */
const skew = minute;

export const approvedWrites: Invariant = {
  id: 'I14',
  promise: 'what needs a yes is not touched before somebody said it, whatever was claimed',
  onWrite: ({ incident: id, operation }: Write, truth: Truth) => {
    const { incident } = truth.incidents.get(id) ?? {};
    const planHash = incident?.memory.planned?.planHash;
    if (!incident || !needsApproval({ ...incident.memory, rule: incident.rule })) return undefined;
    return truth.consents.some((one) => one.incident === id && one.planHash === planHash)
      ? undefined
      : `${operation} for ${id}, whose plan nobody has agreed to`;
  },
};

export const answersInTime: Invariant = {
  id: 'I14',
  promise: 'a yes counts as long as the time to answer is not over',
  onCommit: ({ commit: { incident, entries } }, truth) => {
    const yes = entries.find(({ event, from, to }) => event.type === 'approval.granted' && from !== to);
    if (!yes) return undefined;
    const history = truth.incidents.get(incident.id)?.history ?? [];
    const asked = history.findLast(({ from, to }) => to === 'awaitingApproval' && from !== to);
    const late = asked ? yes.at - asked.at - incident.rule.approvalWithinSeconds * second : 0;
    return late > skew
      ? `${incident.id} takes a yes that comes ${Math.round(late / second)} seconds after the time to answer was over`
      : undefined;
  },
};

export const handsOff: Invariant = {
  id: 'I6',
  promise: 'once people were called for it an incident touches nothing any more',
  onWrite: ({ incident, operation }, truth) => {
    const history = truth.incidents.get(incident)?.history ?? [];
    return history.some(({ to }) => to === 'escalated')
      ? `${operation} for ${incident}, for which people were called before`
      : undefined;
  },
};
