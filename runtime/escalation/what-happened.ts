import { plainText } from '../../signals/plain-text';
import { clockText } from '../answers/proposal';
import type { HistoryEntry } from '../store/incident-store';
import { attemptText } from '../story/attempt-text';
import { attemptsOf, type Attempt } from '../story/attempts';
import type { Section } from './message';

/** Longest single text, in characters. */
const longest = 400;
/** More than this of one kind nobody reads, and SNS takes 256 KB. */
const listed = 12;

/** The guards that said no last, each by its name, and when they are asked again. */
export function standingIn(history: readonly HistoryEntry[]): readonly string[] {
  const last = history.findLast(({ event }) => event.type === 'admission.refused')?.event;
  if (last?.type !== 'admission.refused') return [];
  return last.refusals.map(({ guard, reason, until }) =>
    plainText(`${guard}: ${reason}${until === undefined ? '' : ` (asked again at ${clockText(until)})`}`, longest),
  );
}

/** What was done and what was not, with the guards that stood in the way; oldest first. */
export function triedIn(history: readonly HistoryEntry[]): readonly Section[] {
  const attempts = attemptsOf(history);
  return [
    { heading: 'What was tried', items: cut(attempts.filter(wasTried).map(describe)) },
    { heading: 'What was not done', items: cut(attempts.filter((attempt) => !wasTried(attempt)).map(describe)) },
  ];
}

function wasTried({ outcome }: Attempt): boolean {
  return outcome === 'failed' || outcome === 'didNotHelp' || outcome === 'healed' || outcome === 'underWay';
}

function describe(attempt: Attempt): string {
  return plainText(attemptText(attempt), longest);
}

/** The latest of a list that is too long, and how many are left out. */
function cut(items: readonly string[]): readonly string[] {
  if (items.length <= listed) return items;
  return [`${items.length - listed} more before these: see the history of the incident`, ...items.slice(-listed)];
}
