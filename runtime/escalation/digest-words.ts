import type { EpochMillis } from '../../signals/signal';
import { clockText, instantText } from '../answers/proposal';
import type { Folded } from '../store/digest-store';

type Kind = Folded['kind'];

/** What needs people first, first. */
export const kindsByUrgency: readonly Kind[] = ['escalated', 'parked', 'approval', 'held', 'recovered'];

/** Of one incident, and of several. */
const does: Record<Kind, readonly [one: string, several: string]> = {
  escalated: ['needs you', 'need you'],
  parked: ['is left alone', 'are left alone'],
  approval: ['asks for your approval', 'ask for your approval'],
  held: ['is held by a storm', 'are held by a storm'],
  recovered: ['is well again', 'are well again'],
};

/** `1 incident`, `1,000 incidents`; without a noun, `1,000`. */
export function numbered(count: number, noun?: string): string {
  const number = count.toLocaleString('en-GB');
  return noun === undefined ? number : `${number} ${noun}${count === 1 ? '' : 's'}`;
}

/** `12 need you`; with their noun, `12 incidents need you`. */
export function counting(kind: Kind, count: number, withNoun = false): string {
  return `${numbered(count, withNoun ? 'incident' : undefined)} ${does[kind][count === 1 ? 0 : 1]}`;
}

/** What is to be said of one incident, after its name. */
export function lineWords({ kind, until }: Pick<Folded, 'kind' | 'until'>): string {
  return `${does[kind][0]}${until === undefined ? '' : `, by ${clockText(until)}`}`;
}

/** What it means for these, of one kind. */
export function meaningOf(kind: Kind, incidents: readonly Folded[], at: EpochMillis): string {
  switch (kind) {
    case 'escalated':
      return 'Homeostat does nothing more there. Where nobody acknowledges, the next tier is called.';
    case 'parked':
      return 'this release may not go on there. Deploy the release that opened them, or look after them yourself.';
    case 'approval': {
      const untils = incidents.flatMap(({ until }) => until ?? []);
      const first = untils.length > 0 ? `, the first by ${instantText(Math.min(...untils), at)}` : '';
      return `answer each${first}. Without an answer nothing is done there, and people are called to take over.`;
    }
    case 'held':
      return 'so much falls sick together that nothing is touched there. They go on one by one once it is over; where one may not start in time, people are called.';
    case 'recovered':
      return 'you were called for it, or are now told both at once. Nothing is left to do.';
  }
}

/** Command lines by which people answer. */
export const toAnswer: Partial<Record<Kind, readonly string[]>> = {
  escalated: ['homeostat acknowledge --all', 'homeostat acknowledge ID … for some of them'],
  approval: ['homeostat approve ID', 'homeostat deny ID'],
};

/** Command lines that list all of a kind. */
export const listedBy: Partial<Record<Kind, readonly string[]>> = {
  escalated: ['homeostat incidents --state escalated --limit 1000'],
  parked: ['homeostat incidents --state parked --limit 1000'],
  approval: ['homeostat incidents --state awaitingApproval --limit 1000'],
  held: ['homeostat incidents --state held --limit 1000'],
};
