/** The capacity that a DynamoDB answer says was consumed; nothing where `ReturnConsumedCapacity` was not asked for. */
export interface Capacity {
  readonly read: number;
  readonly write: number;
}

interface Consumed {
  readonly CapacityUnits?: number;
  readonly ReadCapacityUnits?: number;
  readonly WriteCapacityUnits?: number;
}

const writes = /^(?:TransactWriteItems|BatchWriteItem|PutItem|UpdateItem|DeleteItem)$/;

export function consumedCapacity(operation: string, answer: string): Capacity {
  const told = consumedIn(answer);
  const sum = (unit: 'ReadCapacityUnits' | 'WriteCapacityUnits', isOwn: boolean): number => {
    // Where only one number is given, it is of the operation's own sort.
    return told.reduce((all, one) => all + (one[unit] ?? (isOwn ? (one.CapacityUnits ?? 0) : 0)), 0);
  };
  return {
    read: sum('ReadCapacityUnits', !writes.test(operation)),
    write: sum('WriteCapacityUnits', writes.test(operation)),
  };
}

function consumedIn(answer: string): readonly Consumed[] {
  try {
    const { ConsumedCapacity: told } = JSON.parse(answer) as { ConsumedCapacity?: Consumed | Consumed[] };
    return told === undefined ? [] : [told].flat();
  } catch {
    return [];
  }
}
