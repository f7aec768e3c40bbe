import type { HistoryEntry } from '../../runtime/store/incident-store';
import type { EpochMillis } from '../../signals/signal';
import { hasEnded, type State } from '../../statemachines/incident';

/** What an incident is at, coarsely: what a time line shows. */
export const phases = ['waiting', 'held', 'asking', 'touching', 'verifying', 'watching', 'people'] as const;
/** One of these. */
export type Phase = (typeof phases)[number];

/** A stretch of one phase. */
export interface Span {
  readonly phase: Phase;
  readonly from: EpochMillis;
  /** Null while it lasts. */
  readonly to: EpochMillis | null;
}

const phaseOf: Readonly<Record<State, Phase | undefined>> = {
  opening: 'waiting',
  waiting: 'waiting',
  confirming: 'waiting',
  choosing: 'waiting',
  planning: 'waiting',
  admitting: 'waiting',
  givingUp: 'waiting',
  held: 'held',
  awaitingApproval: 'asking',
  starting: 'touching',
  checking: 'touching',
  verifying: 'verifying',
  settling: 'verifying',
  watching: 'watching',
  comparing: 'watching',
  escalating: 'people',
  escalated: 'people',
  acknowledged: 'people',
  telling: 'people',
  resolved: undefined,
  recovered: undefined,
  observed: undefined,
  closed: undefined,
};

/** The phases of an incident, one after the other without a gap; what takes no time is no phase. */
export function spansOf(history: readonly HistoryEntry[]): readonly Span[] {
  const spans: Span[] = [];
  for (const [place, { at, to }] of history.entries()) {
    const phase = phaseOf[to];
    const next = history[place + 1]?.at ?? null;
    if (phase === undefined || next === at) continue;
    const last = spans.at(-1);
    if (last?.phase === phase && last.to === at) spans[spans.length - 1] = { ...last, to: next };
    else spans.push({ phase, from: at, to: next });
  }
  const last = history.at(-1);
  return last && hasEnded({ state: last.to }) ? spans.filter(({ to }) => to !== null) : spans;
}
