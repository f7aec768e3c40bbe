import { ceilingOf, type Side } from '../../simulator/dynamodb/control/state';
import type { SimulatedAccount } from '../../simulator/world';
import type { RecordedAlarm } from '../recorded-alarm';
import { tags, type AssumedSickness, type Sick } from './sickness';

/** Units per second that a table has, and what is asked of it while it is at ease. */
const units = { has: 100, easy: 20 };
/** By how much what is asked of it is beyond what it has, once that is too much: twice the capacity carries it. */
const overload = 1.5;

/** Which of its units are short, by what the alarm measures: of the table or of an index, reads or writes. */
interface Short {
  readonly index: string | undefined;
  readonly side: Side;
}

function shortIn(alarm: RecordedAlarm | undefined): Short {
  const { name = '', dimensions = {} } = alarm?.measures?.metric ?? {};
  const isRead = name.startsWith('Read') || /^(Get|BatchGet|Query|Scan)/.test(dimensions['Operation'] ?? '');
  return {
    index: dimensions['GlobalSecondaryIndexName'],
    side: isRead ? 'read' : 'write',
  };
}

export function ofTable(
  { services: { dynamodb } }: SimulatedAccount,
  { resource: { id }, condition }: Sick,
  alarm: RecordedAlarm | undefined,
): AssumedSickness {
  const { control } = dynamodb;
  const region = alarm?.measures?.metric.dimensions['ReceivingRegion'];
  const { index, side } = shortIn(alarm);
  /** What was described as short already is as short as that. */
  const burden = (): void => {
    const state = control.state(id);
    const of = index === undefined ? state : state.indexes.get(index);
    if (!of || of.hotKey[side] > 0) return;
    const most = ceilingOf(state, of, side);
    if (of.load[side] <= most && most < Number.POSITIVE_INFINITY)
      control.setLoad(id, { [side]: overload * most }, index);
  };
  const served = {
    capacity: { read: units.has, write: units.has },
    load: { read: units.easy, write: units.easy },
  };
  return {
    ensure: () => {
      if (control.holds(id)) return undefined;
      control.add({
        name: id,
        ...served,
        indexes: index === undefined ? [] : [{ name: index, ...served }],
        ...(region !== undefined && { replicas: [{ region }], replicaWrites: { min: 1, max: units.has } }),
        tags,
      });
      const what =
        region === undefined ? 'has no auto scaling' : `has a copy in ${region}, and auto scaling of its writes`;
      return `table ${id} ${what}, with ${units.has} units of capacity`;
    },
    sicken: () => {
      if (condition === 'table-throttled' || condition === 'table-replication-late') {
        burden();
      } else if (condition === 'table-unprotected') control.state(id).recovery = undefined;
    },
    recover: () => {
      if (control.holds(id)) control.setLoad(id, { [side]: units.easy }, index);
    },
  };
}
