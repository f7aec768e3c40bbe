import type { Effect } from '../statemachines/effect';
import type { IncidentEvent } from '../statemachines/incident-event';
import type { RecordedEntry } from './history';

/** The first word of an answer's type → what it answers. */
const answerable: Readonly<Record<string, Effect['type']>> = {
  symptom: 'read-symptom',
  plan: 'plan',
  admission: 'admit',
  start: 'start',
  check: 'check',
  notification: 'notify',
};

/** What the event answers; undefined for one that came from outside. */
export function answeredBy({ type }: IncidentEvent): Effect['type'] | undefined {
  return answerable[type.split('.')[0] ?? ''];
}

/** Whether the entry can be the answer to this, as far as it tells: a remediation and a contact have names. */
export function answers({ event, remediation }: RecordedEntry, effect: Effect): boolean {
  if (answeredBy(event) !== effect.type) return false;
  if (effect.type === 'notify') return 'contact' in event && event.contact === effect.contact;
  if (effect.type === 'plan') return 'remediation' in event && event.remediation === effect.remediation;
  if ('remediation' in effect) return remediation === undefined || remediation === effect.remediation;
  return true;
}

/** An effect in words; of one that was asked for then, as far as its answer tells. */
export function effectText(effect: Effect | Effect['type'], answer?: RecordedEntry): string {
  if (typeof effect !== 'string') return named(effect.type, detailOf(effect));
  if (!answer) return named(effect);
  const { event, remediation } = answer;
  if (effect === 'notify') return named(effect, 'contact' in event ? event.contact : undefined);
  if (effect === 'plan') return named(effect, 'remediation' in event ? event.remediation : undefined);
  return named(effect, effect === 'read-symptom' ? undefined : remediation);
}

function detailOf(effect: Effect): string | undefined {
  if (effect.type === 'notify') return effect.contact;
  return 'remediation' in effect ? effect.remediation : undefined;
}

const named = (type: Effect['type'], detail?: string): string => `${type}${detail === undefined ? '' : ` ${detail}`}`;
