import { plainText } from '../../signals/plain-text';
import { resourceKey } from '../../signals/signal';
import type { ParkedIncident } from '../surroundings';
import type { Message } from './message';
import { nameOf } from './resource-name';

/** What to tell people of an incident that this release may not go on with. */
export function parkedMessage({ id, reason, summary }: ParkedIncident): Message {
  const what = summary ? nameOf(summary.resource) : `incident ${id}`;
  const opened = summary && `${new Date(summary.openedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return {
    kind: 'escalated',
    incident: id,
    id: `${id}-parked-${summary?.revision ?? 0}`,
    title: `Needs you: ${what}${summary ? ` (${plainText(summary.condition)})` : ''} is left alone`,
    what: summary
      ? `${what} in ${plainText(summary.resource.region)}, account ${plainText(summary.resource.account)}`
      : `what incident ${id} is about`,
    seen: [],
    since: opened ?? 'it cannot be read',
    why: plainText(`This release of Homeostat may not go on with incident ${id}. ${reason}`, 400),
    nextStep: `Look after ${what} yourself, or deploy the release that the reason names: it goes on by itself within minutes.`,
    otherwise: 'Until then Homeostat does nothing for it, and tells nobody again.',
    tried: [],
    notDone: [],
    links: [],
    resource: summary ? plainText(resourceKey(summary.resource), 400) : '',
    facts: {
      Incident: id,
      ...(summary && { Rule: plainText(summary.rule), State: plainText(summary.state) }),
    },
  };
}
