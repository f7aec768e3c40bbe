import type { ModeRecord, RuleRecord, TrackRecord } from '../runtime/story/track-record';
import type { Acted } from '../runtime/story/track-record/acted';
import type { Approvals } from '../runtime/story/track-record/approvals';
import type { HeldBack } from '../runtime/story/track-record/story';
import type { Watched } from '../runtime/story/track-record/watched';
import { durationText } from '../statemachines/duration';
import { numbered } from './incident-text';
import { wrappedText } from './wrapped-text';

const width = 100;

/** A number and what it counts; what is none is not shown. */
type Counted = readonly [number, string];

/** A track record as people read it, `during` such as `in 30 days`, with what is not known of it. */
export function trackRecordText({ rules, all }: TrackRecord, during: string, notKnown: readonly string[]): string {
  const several = new Set(rules.map(({ rule }) => rule)).size > 1;
  return [
    ...rules.map((record) => ruleText(record, during)),
    ...(several
      ? all.map((record) => [`All rules in ${record.mode}: ${sizeOf(record)}`, ...bodyOf(record, during)].join('\n'))
      : []),
    ...(notKnown.length > 0
      ? [['What is not known', ...notKnown.map((line) => wrappedText('  ', line, width))].join('\n')]
      : []),
  ].join('\n\n');
}

function ruleText(record: RuleRecord, during: string): string {
  return [
    `Rule ${record.rule} in ${record.mode}: ${sizeOf(record)}`,
    ...bodyOf(record, during),
    wrappedText('  → ', `The record ${record.verdict}.`, width),
  ].join('\n');
}

const sizeOf = ({ incidents }: ModeRecord): string => numbered(incidents, 'incident');

function bodyOf(record: ModeRecord, during: string): readonly string[] {
  if (record.mode === 'observe') return watchedText(record.watched, during);
  return [...approvalsText(record.approvals, during), ...actedText(record.acted, during)];
}

function watchedText({ wouldHaveActed, wouldHaveHeld, ...rest }: Watched, during: string): readonly string[] {
  const { times, asking, went } = wouldHaveActed;
  const alone = went.byItself + went.untold;
  const needed = went.bySomebody + went.stillSick + went.closed;
  const after =
    rest.recoveredAfterSeconds === null ? '' : ` after ${durationText(rest.recoveredAfterSeconds)} (median)`;
  const heldWell = wouldHaveHeld.went.byItself + wouldHaveHeld.went.untold + wouldHaveHeld.went.unplanned;
  return [
    sentence(
      times === 0
        ? `${capital(during)} it would not have acted.`
        : `${capital(during)} it would have acted ${timesText(times)}; ${alone} recovered by themselves${after}; ${needed} needed a person.`,
    ),
    ...counted(
      [asking, 'of these it would first have asked a person'],
      [went.byItself, 'recovered, and nobody did what it would have done'],
      [went.untold, 'recovered, and whether somebody did the same cannot be told'],
      [went.bySomebody, 'recovered after people or AWS did what it would have done'],
      [went.closed, 'closed by a person'],
      [went.stillSick, 'still sick a day later'],
      [went.open, 'still being watched'],
    ),
    ...titled(
      'Beside these',
      [
        wouldHaveHeld.incidents,
        `a guard would have held, at least at first: ${guardsText(wouldHaveHeld)}${heldWell > 0 ? `; ${heldWell} of them recovered by themselves` : ''}`,
      ],
      [rest.wouldHaveCalled, 'would have been left to people: nothing could be tried, or it could not be read'],
      [rest.recoveredBefore, 'recovered before it was their turn'],
      [rest.other, 'have not come so far, or were closed before'],
    ),
  ];
}

function approvalsText({ asked, agreement, ...rest }: Approvals, during: string): readonly string[] {
  if (asked === 0) return [];
  const after = rest.answeredAfterSeconds === null ? '' : `, after ${durationText(rest.answeredAfterSeconds)} (median)`;
  const rate =
    agreement === null
      ? 'nobody answered'
      : `they agreed to ${rest.approved} of the ${rest.approved + rest.denied} that they answered, ${Math.round(agreement * 100)}%${after}`;
  return [
    sentence(`${capital(during)} people were asked ${timesText(asked)}; ${rate}.`),
    ...counted(
      [rest.approved, 'approved'],
      [rest.denied, 'denied'],
      [rest.unanswered, 'not answered in time'],
      [rest.unreachable, 'not asked: nobody could be reached'],
      [rest.overtaken, 'well, or closed by a person, before there was an answer'],
      [rest.open, 'waiting for an answer'],
    ),
  ];
}

function actedText({ starts, held, ...rest }: Acted, during: string): readonly string[] {
  const over = rest.helped + rest.didNotHelp + rest.failed;
  return [
    sentence(
      starts === 0
        ? `${capital(during)} it did not act.`
        : `${capital(during)} it acted ${timesText(starts)}${over === 0 ? '' : `; of ${over} that ${over === 1 ? 'is' : 'are'} over ${rest.helped} helped`}.`,
    ),
    ...counted(
      [rest.helped, 'helped: the symptom went and stayed away'],
      [rest.didNotHelp, 'done, and the symptom stayed'],
      [rest.failed, 'failed'],
      [rest.underWay, 'under way'],
    ),
    ...titled(
      'The incidents',
      [rest.resolved, 'resolved'],
      [rest.recovered, 'recovered by themselves'],
      [rest.escalated, 'left to people'],
      [rest.open, 'open'],
      [held.incidents, `held by a guard for a time or for good: ${guardsText(held)}`],
      [rest.echoes, 'times something else fell sick that may have come of it'],
    ),
  ];
}

function titled(title: string, ...rows: readonly Counted[]): readonly string[] {
  const lines = counted(...rows);
  return lines.length > 0 ? [`  ${title}`, ...lines] : [];
}

function counted(...rows: readonly Counted[]): readonly string[] {
  return rows
    .filter(([count]) => count > 0)
    .map(([count, what]) => wrappedText(`${String(count).padStart(8)}  `, what, width));
}

const sentence = (text: string): string => wrappedText('  ', text, width);

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

const timesText = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** The busiest first: `storm 2, lock 1`. */
function guardsText({ byGuard }: HeldBack): string {
  return Object.entries(byGuard)
    .sort(([, one], [, other]) => other - one)
    .map(([guard, count]) => `${guard} ${count}`)
    .join(', ');
}
