import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { canonicalNumber } from './number';
import { invalid } from './refusal';
import { areEqual, kinds, membersOf, type Kind, type Row } from './value';

const levelsAtMost = 32;
const wrong = 'One or more parameter values were invalid:';

const isKind: ReadonlySet<string> = new Set(kinds);

/** The row as it is kept: in canonical form and frozen, so that nobody has to copy it. Bytes are taken as they are. */
export function storedRow(row: Readonly<Record<string, AttributeValue>>): Row {
  return storedMap(row, 0);
}

/** Throws where DynamoDB would refuse the value. */
export function storedValue(value: AttributeValue, level = 0): AttributeValue {
  if (level > levelsAtMost) throw invalid('Nesting Levels have exceeded supported limits');
  const kind = soleKind(value);
  switch (kind) {
    case 'S':
      return Object.freeze({ S: value.S as string });
    case 'N':
      return Object.freeze({ N: canonicalNumber(value.N as string) });
    case 'M':
      return Object.freeze({ M: storedMap(value.M as Row, level + 1) });
    case 'L': {
      const list = (value.L as AttributeValue[]).map((element) => storedValue(element, level + 1));
      return Object.freeze({ L: Object.freeze(list) as AttributeValue[] });
    }
    case 'SS':
    case 'NS':
    case 'BS':
      return storedSet(value, kind);
    case 'NULL':
      if (value.NULL !== true) throw invalid(`${wrong} Null attribute value types must have the value of true`);
      return value;
    default:
      return value;
  }
}

function storedMap(row: Row, level: number): Record<string, AttributeValue> {
  const stored: Record<string, AttributeValue> = {};
  for (const name in row) stored[name] = storedValue(row[name] as AttributeValue, level);
  return Object.freeze(stored);
}

function storedSet(value: AttributeValue, kind: 'SS' | 'NS' | 'BS'): AttributeValue {
  const stored = (kind === 'NS' ? { NS: value.NS?.map(canonicalNumber) } : { [kind]: value[kind] }) as AttributeValue;
  const members = membersOf(stored) ?? [];
  const what = { SS: 'string', NS: 'number', BS: 'binary' }[kind];
  if (members.length === 0) throw invalid(`${wrong} An ${what} set  may not be empty`);
  if (members.some((member, at) => members.findIndex((other) => areEqual(other, member)) !== at)) {
    throw invalid(`${wrong} Input collection of type ${kind} contains duplicates.`);
  }
  return Object.freeze(stored);
}

function soleKind(value: AttributeValue | undefined): Kind {
  let sole: Kind | undefined;
  // The members of an object, without a list of them: this is asked of every value of every request.
  for (const name in value) {
    if (value[name as Kind] === undefined) continue;
    if (sole) {
      throw invalid(
        'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
      );
    }
    if (isKind.has(name)) sole = name as Kind;
  }
  if (sole) return sole;
  throw invalid('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
}
