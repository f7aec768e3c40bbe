import type { HistoryEntry } from '../store/incident-store';

/**
 * How an incident went that was only watched: `byItself`, and AWS shows no trace that anybody did what it would have done;
 * `bySomebody` did just that, be it people or AWS; `untold`: it is well, and the two cannot be told apart; `unplanned`: it is
 * well, and there was no plan to compare with; `stillSick` at the end of the watch.
 */
export type WithoutUs = 'byItself' | 'bySomebody' | 'untold' | 'unplanned' | 'stillSick';

/** What the entry says with which an incident becomes `observed`. */
export function withoutUs({ event, from }: Pick<HistoryEntry, 'event' | 'from'>): WithoutUs {
  if (from !== 'comparing') return event.type === 'symptom.gone' ? 'unplanned' : 'stillSick';
  if (event.type === 'check.done') return 'bySomebody';
  return event.type === 'check.notStarted' ? 'byItself' : 'untold';
}
