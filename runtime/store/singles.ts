import type { EpochMillis } from '../../signals/signal';
import type { Single, SinglesLimit } from './digest-store';

/** A message that went out by itself: which, and when it was counted. */
export interface Counted {
  readonly notice: string;
  readonly at: EpochMillis;
}

/** Those that still count, with this notice among them; undefined where there is no room for it. */
export function countedWith(
  before: readonly Counted[],
  { notice, at }: Pick<Single, 'notice' | 'at'>,
  { atMost, withinMillis }: SinglesLimit,
): readonly Counted[] | undefined {
  const recent = before.filter((one) => one.at > at - withinMillis);
  if (recent.some((one) => one.notice === notice)) return recent;
  return recent.length < atMost ? [...recent, { notice, at }] : undefined;
}
