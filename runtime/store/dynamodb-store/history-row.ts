import type { Incident, Memory } from '../../../statemachines/incident';
import type { HistoryEntry } from '../incident-store';
import { unpacked } from './packing';
import { nameOf, numberIn, textIn, type Row } from './row';

/** What never changes in an incident, and so is written once. */
export type Opening = Pick<Incident, 'rule' | 'condition' | 'resource' | 'evidence' | 'place' | 'openedAt'>;

/** What one commit adds for good. */
export interface HistoryBody {
  readonly entries: readonly HistoryEntry[];
  /** In the first row only. */
  readonly opening?: Opening;
  /** Resources that have a watch row since this commit. */
  readonly watches?: readonly string[];
  /** Resources that this commit claimed in place of those before. */
  readonly claims?: readonly string[];
}

/** The row of one revision. */
export interface HistoryRow {
  readonly revision: number;
  /** Mark of the call that wrote it. */
  readonly writer: string;
  readonly body: HistoryBody;
}

export function historyRowOf(row: Row): HistoryRow {
  try {
    return {
      revision: numberIn(row, 'revision'),
      writer: textIn(row, 'writer'),
      body: unpacked(row['body']) as HistoryBody,
    };
  } catch (cause) {
    throw new Error(
      `The history row ${nameOf(row)} cannot be read. Leave it, and read it with the release that wrote it.`,
      {
        cause,
      },
    );
  }
}

/** The plan of that hash, if one of these entries made it. */
export function planIn(entries: readonly HistoryEntry[], planHash: string): Memory['planned'] {
  for (const { event } of entries.toReversed()) {
    if (event.type !== 'plan.made' || event.planHash !== planHash) continue;
    const { remediation, plan, touches, summary, destroys, patience } = event;
    return { remediation, plan, planHash, touches, summary, destroys, patience };
  }
  return null;
}
