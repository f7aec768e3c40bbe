import { durationText } from '../../statemachines/duration';
import type { Incident } from '../../statemachines/incident';
import type { HistoryEntry } from '../store/incident-store';
import { withoutUs } from './without-us';

/** How it went without us, for the line with which an observed incident ends. */
export function observedText(entry: HistoryEntry, { openedAt }: Incident): string {
  const after = durationText(Math.round((entry.at - openedAt) / 1_000));
  switch (withoutUs(entry)) {
    case 'byItself':
      return `observed: recovered by itself after ${after}; nobody did what it would have done`;
    case 'bySomebody':
      return `observed: well again after ${after}; people or AWS did what it would have done`;
    case 'unplanned':
      return `observed: well again after ${after}, without a plan of its own`;
    case 'untold':
      return `observed: well again after ${after}; whether somebody did the same cannot be told`;
    case 'stillSick':
      return `observed: still sick after ${after}`;
  }
}
