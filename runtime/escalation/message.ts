import { plainText } from '../../signals/plain-text';
import { resourceKey, type EpochMillis, type Resource } from '../../signals/signal';
import { durationText } from '../../statemachines/duration';
import type { NotificationKind } from '../../statemachines/effect';
import type { Incident } from '../../statemachines/incident';
import type { AnswerLink } from '../answers/answer-links';
import { clockText, seenIn, type Known } from '../answers/proposal';
import type { HistoryEntry } from '../store/incident-store';
import { linksFor, type Link } from './advice';
import { answerTo, type Answer } from './answer';
import { askingFor } from './asking';
import { nameOf } from './resource-name';
import { nextStepOf, paragraphsOf } from './reasons';
import { standingIn, triedIn } from './what-happened';

/** A list with a heading; one without items is left out. */
export interface Section {
  readonly heading: string;
  readonly items: readonly string[];
}

/** What a person must know, before it is put into the words of a channel: every text is one line without control characters. */
export interface Message {
  readonly kind: NotificationKind | 'digest';
  /** What it is about: an incident's id, or the digests of a contact. In chat, all with one thread stand together. */
  readonly thread: string;
  /** The same for every try of one call, and unlike any other call's. */
  readonly id: string;
  readonly title: string;
  /** Why it is written, and what happens when nobody does anything. */
  readonly paragraphs: readonly string[];
  /** Absent where nothing is asked. */
  readonly answer?: Answer;
  readonly nextStep: string;
  /** What fits on a line each, by name: what is sick, since when. */
  readonly fields: Readonly<Record<string, string>>;
  readonly sections: readonly Section[];
  readonly links: readonly Link[];
  /** `account/region/kind/id`. */
  readonly resources: readonly string[];
  readonly facts: Readonly<Record<string, string>>;
}

/** What a message says beside the incident. */
export interface Telling {
  /** When it is written. */
  readonly at: EpochMillis;
  /** For the risk of what is planned. */
  readonly known: Known;
  /** Leave to answer, for this contact alone. */
  readonly link?: AnswerLink;
}

const second = 1_000;
/** Longest single text, in characters. */
const longest = 400;

/** Names a notice: the same for every try of it. */
export function noticeOf(kind: NotificationKind, { id, memory }: Pick<Incident, 'id' | 'memory'>): string {
  const turn = { approval: memory.asked, held: memory.rung, escalated: memory.tier, recovered: memory.tier }[kind];
  return `${id}-${kind}-${turn}`;
}

/** What to tell people of an incident as it now stands. */
export function messageFor(
  kind: NotificationKind,
  incident: Incident,
  history: readonly HistoryEntry[],
  telling: Partial<Telling> = {},
): Message {
  const { at, known, link } = { ...toldAfter(incident, history), ...telling };
  const { id, resource, condition, rule, memory, openedAt } = incident;
  const answer = answerTo(kind, incident, link);
  const asking = kind === 'approval' ? askingFor(incident, history, { at, known }) : undefined;
  return {
    kind,
    thread: id,
    id: noticeOf(kind, incident),
    title: `${titles[kind]}: ${nameOf(resource)} (${plainText(condition)})`,
    paragraphs: paragraphsOf(kind, incident, history, at).map((text) => plainText(text, longest)),
    ...(answer && { answer }),
    nextStep: nextStepOf(kind, incident),
    fields: {
      ...asking?.fields,
      Sick: placed(resource),
      Since: `${clockText(openedAt)} (${durationText(Math.round((at - openedAt) / second))} before this message)`,
    },
    sections: [
      ...(asking?.sections ?? []),
      { heading: 'What stands in the way', items: kind === 'held' ? standingIn(history) : [] },
      { heading: 'What was seen', items: seenIn(history) },
      ...(asking ? [asking.alternatives] : triedIn(history)),
    ],
    links: linksFor(incident),
    resources: [plainText(resourceKey(resource), longest)],
    facts: {
      Incident: id,
      Rule: plainText(rule.name),
      Mode: rule.mode,
      ...(kind === 'approval' && memory.planned && { Plan: memory.planned.planHash }),
    },
  };
}

/** At the time of what happened last, and by itself. */
function toldAfter({ openedAt }: Incident, history: readonly HistoryEntry[]): Telling {
  return { at: history.at(-1)?.at ?? openedAt, known: new Map() };
}

/** Kind and name of a resource, and where it is. */
export function placed(resource: Resource): string {
  return `${nameOf(resource)} in ${plainText(resource.region)}, account ${plainText(resource.account)}`;
}

const titles: Record<NotificationKind, string> = {
  escalated: 'Needs you',
  approval: 'Asks for your approval',
  recovered: 'Recovered',
  held: 'Held back',
};
