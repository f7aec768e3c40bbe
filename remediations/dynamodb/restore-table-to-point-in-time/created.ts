import type { TableReading } from '../../../vitals/dynamodb/table';
import type { Created } from '../../named-creation';

/** Where a restored table is to come from, and of when. */
interface Origin {
  /** ARN of the source. */
  readonly arn: string;
  readonly to: number;
}

/** What there is of the new table. Its restore takes no tags: where it came from, and of when, says whose it is. */
export function createdIn({ arn, to }: Origin, reading: TableReading): Created {
  if (reading.kind === 'unreadable') throw new Error(reading.detail);
  if (reading.kind === 'absent') return { kind: 'absent' };
  const { status, restored: from } = reading.table;
  if (from?.source !== arn || from.to !== to) return { kind: 'foreign' };
  const standing =
    status === 'ACTIVE' && !from.inProgress
      ? 'ready'
      : ['CREATING', 'UPDATING', 'ACTIVE'].includes(status)
        ? 'underWay'
        : 'broken';
  return { kind: 'found', status, standing };
}
