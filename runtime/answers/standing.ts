import type { EpochMillis } from '../../signals/signal';
import { hasEnded, type Incident } from '../../statemachines/incident';
import type { Ticket } from '../store/ticket-store';
import { clockText } from './proposal';

/** Whether a ticket can be answered now; else why not, in one sentence, with the status of HTTP that says the same. */
export type Standing =
  | { readonly kind: 'open'; readonly incident: Incident }
  | { readonly kind: 'closed'; readonly status: 409 | 410; readonly why: string };

const gone = (why: string): Standing => ({ kind: 'closed', status: 410, why });
const changed = (why: string): Standing => ({ kind: 'closed', status: 409, why });

/** What can be done by a ticket that nobody has answered. `incident` is what the store has of it now. */
export function standingOf(ticket: Ticket, incident: Incident | undefined, at: EpochMillis): Standing {
  const { expiresAt, purpose, planHash } = ticket;
  if (at >= expiresAt)
    return gone(`This link expired at ${clockText(expiresAt)}: nothing can be answered by it any more.`);
  if (!incident || hasEnded(incident)) return gone('The incident has ended: there is nothing left to answer.');
  if (purpose === 'acknowledgement') {
    if (incident.state === 'escalating' || incident.state === 'escalated') return { kind: 'open', incident };
    return changed(
      incident.state === 'acknowledged'
        ? 'Somebody has acknowledged it already.'
        : 'Nobody has to acknowledge it any more: the incident has gone on.',
    );
  }
  if (incident.state !== 'awaitingApproval')
    return changed('Nobody is asked about this plan any more: the incident has gone on.');
  if (planHash === undefined || incident.memory.planned?.planHash !== planHash) {
    return changed('The plan has changed since this link was sent: the new plan is asked about in a new message.');
  }
  const { deadlineAt } = incident.memory;
  if (deadlineAt !== null && at >= deadlineAt)
    return gone('The time to answer is over: people are called to take over.');
  return { kind: 'open', incident };
}
