import { plainText } from '../../signals/plain-text';
import { resourceKey } from '../../signals/signal';
import { clockText } from '../answers/proposal';
import type { ParkedIncident } from '../surroundings';
import { placed, type Message } from './message';
import { nameOf } from './resource-name';

/** Names the notice: the same for every try of it. */
export function parkedNotice({ id, summary }: Pick<ParkedIncident, 'id' | 'summary'>): string {
  return `${id}-parked-${summary?.revision ?? 0}`;
}

/** What to tell people of an incident that this release may not go on with. */
export function parkedMessage(parked: ParkedIncident): Message {
  const { id, reason, summary } = parked;
  const what = summary ? nameOf(summary.resource) : `incident ${id}`;
  return {
    kind: 'escalated',
    thread: id,
    id: parkedNotice(parked),
    title: `Needs you: ${what}${summary ? ` (${plainText(summary.condition)})` : ''} is left alone`,
    paragraphs: [
      plainText(`This release of Homeostat may not go on with incident ${id}. ${reason}`, 400),
      'Until then Homeostat does nothing for it, and tells nobody again.',
    ],
    nextStep: `Look after ${what} yourself, or deploy the release that the reason names: it goes on by itself within minutes.`,
    fields: {
      Sick: summary ? placed(summary.resource) : `what incident ${id} is about`,
      Since: summary ? clockText(summary.openedAt) : 'it cannot be read',
    },
    sections: [],
    links: [],
    resources: summary ? [plainText(resourceKey(summary.resource), 400)] : [],
    facts: {
      Incident: id,
      ...(summary && { Rule: plainText(summary.rule), State: plainText(summary.state) }),
    },
  };
}
