import { hasEnded, newIncident, type Incident } from '../statemachines/incident';
import type { IncidentEvent } from '../statemachines/incident-event';
import { committed, step } from '../statemachines/step';
import { benchPolicy } from './healing';

type Happening = IncidentEvent extends infer E ? (E extends { at: number } ? Omit<E, 'at'> : never) : never;

const patience = { checkEvery: 30, giveUpAfter: 900 };
const plan = { instance: 'i-0abc1234567890def', launchedAt: 1, status: 'impaired' };

/** What happens to an incident that a reboot heals, in the order in which it happens when it is replayed. */
const life: readonly (Happening | 'timer')[] = [
  { type: 'incident.opened', detail: 'alarm' },
  { type: 'symptom.present', detail: 'impaired' },
  {
    type: 'plan.made',
    remediation: 'reboot-instance',
    plan,
    planHash: 'hash',
    touches: [],
    summary: 'reboot',
    destroys: [],
    patience,
  },
  { type: 'admission.granted' },
  { type: 'start.succeeded' },
  'timer',
  { type: 'check.pending', detail: 'initializing' },
  'timer',
  { type: 'check.done', detail: 'booted' },
  { type: 'symptom.present', detail: 'alarm' },
  { type: 'signal.recovered', detail: 'OK' },
  { type: 'symptom.gone', detail: 'healthy' },
  'timer',
  { type: 'symptom.gone', detail: 'healthy' },
];

/** Lives so many lives, each step from stored JSON and back to it; answers the seconds. */
export function live(count: number): number {
  const rule = benchPolicy().rules[0]?.rule;
  if (!rule) throw new Error('The policy of the bench has no rule.');
  const resource = {
    kind: 'ec2-instance',
    id: 'i-0abc1234567890def',
    account: '111122223333',
    region: 'eu-central-1',
  } as const;
  const opened = newIncident({
    id: 'inc-1',
    rule,
    condition: 'ec2-instance-impaired',
    resource,
    evidence: {},
    place: { groups: [] },
    openedAt: 0,
  });
  const began = process.hrtime.bigint();
  for (let index = 0; index < count; index += 1) {
    let stored = JSON.stringify(opened);
    let now = 0;
    for (const happening of life) {
      const incident = JSON.parse(stored) as Incident;
      if (happening === 'timer') now = Math.max(now, incident.wake?.at ?? now);
      const event =
        happening === 'timer' ? { type: 'timer.fired', revision: incident.wake?.revision ?? -1 } : happening;
      stored = JSON.stringify(committed(step(incident, { ...event, at: now } as IncidentEvent).incident));
    }
    if (!hasEnded(JSON.parse(stored) as Incident)) throw new Error('The life of the bench does not end.');
  }
  return Number(process.hrtime.bigint() - began) / 1e9;
}
