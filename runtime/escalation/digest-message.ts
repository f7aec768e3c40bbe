import { plainText } from '../../signals/plain-text';
import { resourceNamed, type EpochMillis } from '../../signals/signal';
import { kindOfScope, scopeText } from '../../statemachines/scope';
import { clockText } from '../answers/proposal';
import type { Digest, Folded } from '../store/digest-store';
import { counting, kindsByUrgency, lineWords, listedBy, meaningOf, numbered, toAnswer } from './digest-words';
import type { Message } from './message';
import { nameOf } from './resource-name';

/** Incidents that are named one by one, and places that are most concerned. */
const named = 12;
const placesNamed = 5;
/** Longest single text, in characters. */
const longest = 400;

/** One message for all that a contact was not told by itself. */
export function digestMessage({ contact, folded }: Pick<Digest, 'contact' | 'folded'>, at: EpochMillis): Message {
  const incidents = latestOfEach(folded);
  const kinds = kindsByUrgency.filter((kind) => incidents.some((one) => one.kind === kind));
  const ofKind = (kind: Folded['kind']): readonly Folded[] => incidents.filter((one) => one.kind === kind);
  const places = placesOf(incidents);
  const first = incidents.slice(0, named);
  const left = incidents.length - first.length;
  const commands = kinds.flatMap((kind) => toAnswer[kind] ?? []);
  return {
    kind: 'digest',
    thread: `digest-${contact}`,
    id: `digest-${contact}-${Math.max(...folded.map((one) => one.at))}-${folded.length}`,
    title: plainText(titleOf(kinds, ofKind, places[0]), longest),
    paragraphs: [
      `This is one message for ${numbered(incidents.length, 'incident')}: so many messages of their own nobody would read.`,
      ...kinds.map((kind) => `${counting(kind, ofKind(kind).length)}: ${meaningOf(kind, ofKind(kind), at)}`),
    ],
    ...(commands.length > 0 && { answer: { heading: 'To answer', commands } }),
    nextStep: stepOf(kinds, places[0]),
    fields: { Since: `${clockText(Math.min(...incidents.map((one) => one.openedAt)))}, when the first of them opened` },
    sections: [
      {
        heading: 'Most concerned',
        items: places.slice(0, placesNamed).map(({ name, times }) => `${name}: ${numbered(times, 'incident')}`),
      },
      {
        heading: left > 0 ? `The first ${named}` : 'Which',
        items: [...first.map(lineOf), ...(left > 0 ? [`${numbered(left)} more: see the lists`] : [])],
      },
      { heading: 'Lists', items: kinds.flatMap((kind) => listedBy[kind] ?? []) },
    ],
    links: [],
    resources: [...new Set(first.flatMap(({ resource }) => resource ?? []))].map((key) => plainText(key, longest)),
    facts: { Contact: plainText(contact), Incidents: String(incidents.length) },
  };
}

/** An incident of which several things are to be told stands as it did last; what needs people comes first, then by age. */
function latestOfEach(folded: readonly Folded[]): readonly Folded[] {
  const life: readonly Folded['kind'][] = ['held', 'approval', 'parked', 'escalated', 'recovered'];
  const latest = new Map<string, Folded>();
  for (const one of folded) {
    const other = latest.get(one.incident);
    const isLater =
      !other || one.at > other.at || (one.at === other.at && life.indexOf(one.kind) > life.indexOf(other.kind));
    if (isLater) latest.set(one.incident, one);
  }
  const urgency = ({ kind }: Folded): number => kindsByUrgency.indexOf(kind);
  return [...latest.values()].sort(
    (one, other) =>
      urgency(one) - urgency(other) || one.openedAt - other.openedAt || one.incident.localeCompare(other.incident),
  );
}

interface Concerned {
  readonly name: string;
  readonly times: number;
}

/** Groups, zones and regions by how many incidents are in them; of two that have as many, the smaller place first. */
function placesOf(incidents: readonly Folded[]): readonly Concerned[] {
  const times = new Map<string, number>();
  for (const { scopes } of incidents) for (const scope of scopes) times.set(scope, (times.get(scope) ?? 0) + 1);
  const size = (scope: string): number => ['group', 'zone', 'region'].indexOf(kindOfScope(scope));
  return [...times]
    .sort(([one, often], [other, oftener]) => oftener - often || size(one) - size(other) || one.localeCompare(other))
    .map(([scope, often]) => ({ name: plainText(scopeText(scope), 120), times: often }));
}

function titleOf(
  kinds: readonly Folded['kind'][],
  ofKind: (kind: Folded['kind']) => readonly Folded[],
  place: Concerned | undefined,
): string {
  const counts = kinds.map((kind, turn) => counting(kind, ofKind(kind).length, turn === 0));
  return `${counts.join('; ')}${place && place.times > 1 ? `; most in ${place.name}` : ''}`;
}

function lineOf(one: Folded): string {
  const what = one.resource === undefined ? one.rule : nameOf(resourceNamed(one.resource));
  return plainText(`${one.incident}: ${what} (${one.condition}) ${lineWords(one)}`, longest);
}

function stepOf(kinds: readonly Folded['kind'][], place: Concerned | undefined): string {
  if (kinds.every((kind) => kind === 'recovered')) return 'Look whether you agree: Homeostat has looked once.';
  const where = place && place.times > 1 ? `, first in ${place.name}` : '';
  return `Look for what they have in common${where}: a deployment, a zone, a database that all of them need.`;
}
