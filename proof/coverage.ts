import { remediations } from '../remediations';
import { guardNames } from '../statemachines/guards/names';
import { hasEnded, type Incident } from '../statemachines/incident';
import type { IncidentEvent } from '../statemachines/incident-event';
import type { HistoryEntry } from '../runtime/store/incident-store';

/** The events by which an effect of the machine has succeeded. */
const successOf = {
  'read-symptom': 'symptom.gone',
  plan: 'plan.made',
  admit: 'admission.granted',
  start: 'start.succeeded',
  check: 'check.done',
  notify: 'notification.sent',
  wake: 'timer.fired',
} as const satisfies Readonly<Record<string, IncidentEvent['type']>>;

const endStates = ['resolved', 'recovered', 'observed', 'closed', 'escalated', 'acknowledged'] as const;

const afterSnapshot = 'healed after a snapshot';

/** What must have happened in a campaign, or it proves little: each at least once, by name. */
export const demanded: readonly string[] = [
  ...remediations.map(({ name }) => `healed by ${name}`),
  afterSnapshot,
  ...Object.keys(successOf).map((effect) => `effect ${effect}`),
  ...guardNames.map((guard) => `refused by ${guard}`),
  ...endStates.map((state) => `state ${state}`),
];

/** How often each thing has happened. */
export type Coverage = Map<string, number>;

const effects = Object.entries(successOf);

/** Counts what the entries of a commit and the state that it leads to show. */
export function cover(coverage: Coverage, incident: Incident, entries: readonly HistoryEntry[]): void {
  const count = (name: string): void => {
    coverage.set(name, (coverage.get(name) ?? 0) + 1);
  };
  for (const { event, from, to } of entries) {
    for (const [effect, success] of effects) if (event.type === success) count(`effect ${effect}`);
    if (event.type === 'admission.refused') for (const { guard } of event.refusals) count(`refused by ${guard}`);
    if (from !== to && (endStates as readonly string[]).includes(to)) count(`state ${to}`);
  }
  const { rule, memory } = incident;
  const { planned, starts, traceless, rung } = memory;
  if (hasEnded(incident) && incident.state === 'resolved' && planned && starts > traceless) {
    count(`healed by ${planned.remediation}`);
    if (rule.ladder[rung]?.snapshotFirst) count(afterSnapshot);
  }
}

/** Adds up what several trials have shown. */
export function merged(all: Iterable<ReadonlyMap<string, number>>): Coverage {
  const sum: Coverage = new Map();
  for (const one of all) for (const [name, times] of one) sum.set(name, (sum.get(name) ?? 0) + times);
  return sum;
}

/** What was demanded and never happened. */
export function missing(coverage: ReadonlyMap<string, number>): readonly string[] {
  return demanded.filter((name) => !coverage.has(name));
}
