import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Incident, Memory } from '../../../statemachines/incident';
import type { HistoryEntry } from '../incident-store';
import { nameOf, numberIn, textIn, type Row } from './row';

/** What never changes in an incident, and so is written once. */
export type Opening = Pick<Incident, 'rule' | 'condition' | 'resource' | 'evidence' | 'openedAt'>;

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

/** DynamoDB counts writes by the started kilobyte; keys and marks take about this much of the first. */
const besides = 160;
const units = (bytes: number): number => Math.ceil((bytes + besides) / 1_024);

/** JSON as it is; deflated when that costs less to write. */
export function packed(body: HistoryBody): AttributeValue {
  const plain = JSON.stringify(body);
  const size = Buffer.byteLength(plain);
  if (units(size) === 1) return { S: plain };
  const deflated = deflateRawSync(plain, { level: 9 });
  return units(deflated.byteLength) < units(size) ? { B: deflated } : { S: plain };
}

function unpacked(value: AttributeValue | undefined): HistoryBody {
  const plain = value?.B ? inflateRawSync(value.B).toString() : (value?.S ?? '');
  return JSON.parse(plain) as HistoryBody;
}

export function historyRowOf(row: Row): HistoryRow {
  try {
    return { revision: numberIn(row, 'revision'), writer: textIn(row, 'writer'), body: unpacked(row['body']) };
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
    const { remediation, plan, touches, summary, patience } = event;
    return { remediation, plan, planHash, touches, summary, patience };
  }
  return null;
}
