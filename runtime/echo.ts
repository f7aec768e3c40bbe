import { resourceKey, type Evidence, type Resource } from '../signals/signal';
import type { Incident, State } from '../statemachines/incident';
import type { IncidentEvent } from '../statemachines/incident-event';
import type { HistoryEntry } from './store/incident-store';
import type { readSymptom } from './symptom';

/** States in which what an incident has started can make other things sick. */
const isTouching: readonly State[] = ['starting', 'checking', 'verifying', 'settling'];

/**
 * Whether a sickness here may come of what the incident has started: of what it touches, or of a group that this is in. Another
 * member of the group may be sick by itself, and is an incident of its own, which the group's lock holds back.
 */
export function mayBeEchoOf({ rule, state, memory, place }: Incident, resource: Resource): boolean {
  // Of an incident that another release wrote neither memory nor place is known.
  const hasStarted = rule.mode !== 'observe' && (memory.starts > 0 || state === 'starting');
  if (!hasStarted || !isTouching.includes(state)) return false;
  const around = [...(memory.planned?.touches ?? []), ...place.groups.map(resourceKey)];
  return around.includes(resourceKey(resource));
}

/** A sickness that an incident has to answer for beside its own. */
export interface Echo {
  readonly resource: Resource;
  readonly condition: string;
  readonly evidence: Evidence;
}

/** No more than so many are looked at: what has caused more is for people, and the first of them tell as much. */
const lookedAt = 5;

/** The echoes that an incident was told of, one for each resource and condition. */
export function echoesIn(history: readonly HistoryEntry[]): readonly Echo[] {
  const echoes = history.flatMap(({ event }): Echo[] =>
    event.type === 'signal.echoed'
      ? [
          {
            resource: event.resource,
            condition: event.condition,
            evidence: event.alarmArn === undefined ? {} : { alarmArn: event.alarmArn },
          },
        ]
      : [],
  );
  const distinct = new Map(echoes.map((echo) => [`${resourceKey(echo.resource)}/${echo.condition}`, echo]));
  return [...distinct.values()].slice(0, lookedAt);
}

type Seen = Awaited<ReturnType<typeof readSymptom>>;

const gravest: readonly IncidentEvent['type'][] = ['symptom.present', 'symptom.unreadable', 'symptom.gone'];

/**
 * One answer for an incident's own symptom, which comes first, and those of its echoes: gone when all are, and where one is not,
 * what it says. `elsewhere`: the incident's own resource is not what is sick.
 */
export function worstOf(seen: readonly Seen[]): Seen & { readonly elsewhere?: true } {
  const [own] = seen;
  const [first, ...others] = [...seen].sort((one, other) => gravest.indexOf(one.type) - gravest.indexOf(other.type));
  if (!first || !own) return { type: 'symptom.unreadable', detail: 'nothing was looked at' };
  if (first.type === 'symptom.gone') {
    return { type: first.type, detail: [first, ...others].map(({ detail }) => detail).join('; ') };
  }
  const { type, detail } = first;
  return type === 'symptom.present' && own.type !== 'symptom.present'
    ? { type, detail, elsewhere: true }
    : { type, detail };
}
