import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { areEqual, compareValues, kindOf, membersOf, type Row } from '../value';
import type { Binding } from './binding';
import type { Comparator, Condition, Operand } from './condition';
import { valueAt } from './path';

/** Whether the condition holds of this row; of none, where there is no row. */
export function holds(condition: Condition, row: Row, bound: Binding): boolean {
  const of = (operand: Operand): AttributeValue | undefined => valueOf(operand, row, bound);
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, row, bound) && holds(condition.right, row, bound);
    case 'or':
      return holds(condition.left, row, bound) || holds(condition.right, row, bound);
    case 'not':
      return !holds(condition.condition, row, bound);
    case 'comparison':
      return compares(condition.comparator, of(condition.left), of(condition.right));
    case 'between': {
      const value = of(condition.operand);
      return compares('>=', value, of(condition.from)) && compares('<=', value, of(condition.to));
    }
    case 'in': {
      const value = of(condition.operand);
      return condition.among.some((one) => compares('=', value, of(one)));
    }
    case 'attribute_exists':
      return valueAt(row, bound.path(condition.path)) !== undefined;
    case 'attribute_not_exists':
      return valueAt(row, bound.path(condition.path)) === undefined;
    default: {
      const [value, argument] = [of(condition.operand), of(condition.argument)];
      return value !== undefined && argument !== undefined && judgedBy[condition.kind](value, argument);
    }
  }
}

const judgedBy = {
  attribute_type: (value: AttributeValue, type: AttributeValue) => kindOf(value) === type.S,
  begins_with: beginsWith,
  contains: (value: AttributeValue, part: AttributeValue) => {
    if (value.S !== undefined) return part.S !== undefined && value.S.includes(part.S);
    if (value.B) return part.B !== undefined && Buffer.from(value.B).includes(Buffer.from(part.B));
    return (value.L ?? membersOf(value) ?? []).some((one) => areEqual(one, part));
  },
} as const;

export function beginsWith(value: AttributeValue, prefix: AttributeValue): boolean {
  if (value.S !== undefined && prefix.S !== undefined) return value.S.startsWith(prefix.S);
  if (!value.B || !prefix.B) return false;
  return Buffer.compare(value.B.subarray(0, prefix.B.byteLength), prefix.B) === 0;
}

function valueOf(operand: Operand, row: Row, bound: Binding): AttributeValue | undefined {
  if (operand.kind === 'path') return valueAt(row, bound.path(operand.path));
  if (operand.kind === 'value') return bound.value(operand.name);
  const value = valueOf(operand.of, row, bound);
  const size = value && sizeOf(value);
  return size === undefined ? undefined : { N: String(size) };
}

function sizeOf(value: AttributeValue): number | undefined {
  if (value.S !== undefined) return value.S.length;
  if (value.B) return value.B.byteLength;
  if (value.M) return Object.keys(value.M).length;
  return (value.L ?? membersOf(value))?.length;
}

/** What is not there is like nothing: it is unequal to all, and neither less nor more. */
function compares(comparator: Comparator, one: AttributeValue | undefined, other: AttributeValue | undefined): boolean {
  if (!one || !other) return comparator === '<>';
  if (comparator === '=') return areEqual(one, other);
  if (comparator === '<>') return !areEqual(one, other);
  const order = compareValues(one, other);
  return order !== undefined && inOrder[comparator](order);
}

const inOrder = {
  '<': (order: number) => order < 0,
  '<=': (order: number) => order <= 0,
  '>': (order: number) => order > 0,
  '>=': (order: number) => order >= 0,
} as const;
