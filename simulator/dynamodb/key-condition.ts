import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { KeySchema } from './definition';
import type { Binding } from './expression/binding';
import type { Comparator, Condition, Operand } from './expression/condition';
import { beginsWith } from './expression/judgement';
import { invalid } from './refusal';
import { compareValues, kindOf } from './value';

/** The part of a view that a query is about. */
export interface KeyRange {
  readonly partition: AttributeValue;
  /** Below zero for a sort key before the range, zero within it, above zero after it. */
  place(sort: AttributeValue): number;
}

/** What the condition says of one attribute. */
interface Term {
  readonly name: string;
  readonly comparator: Comparator | 'between' | 'begins_with';
  readonly values: readonly AttributeValue[];
}

/** Throws for what is no condition on these keys. */
export function keyRangeOf(condition: Condition, { partition, sort }: KeySchema, bound: Binding): KeyRange {
  const terms = condition.kind === 'and' ? [condition.left, condition.right] : [condition];
  const read = terms.map((term) => termOf(term, bound));
  const ofPartition = read.find(({ name }) => name === partition.name);
  if (!ofPartition) throw invalid(`Query condition missed key schema element: ${partition.name}`);
  if (ofPartition.comparator !== '=') throw invalid('Query key condition not supported');
  const ofSort = read.find((term) => term !== ofPartition);
  if (ofSort && ofSort.name !== sort?.name) {
    throw invalid(
      sort ? `Query condition missed key schema element: ${sort.name}` : 'Query key condition not supported',
    );
  }
  for (const { name, values } of read) {
    const kind = name === partition.name ? partition.kind : sort?.kind;
    if (values.some((value) => kindOf(value) !== kind)) {
      throw invalid('One or more parameter values were invalid: Condition parameter type does not match schema type');
    }
  }
  const [value] = ofPartition.values;
  return { partition: value as AttributeValue, place: ofSort ? placeOf(ofSort) : () => 0 };
}

function termOf(condition: Condition, bound: Binding): Term {
  if (condition.kind === 'comparison' && condition.comparator !== '<>') {
    const { comparator, left, right } = condition;
    if (left.kind === 'path') return { name: nameOf(left, bound), comparator, values: valuesOf([right], bound) };
    return { name: nameOf(right, bound), comparator: mirrored[comparator], values: valuesOf([left], bound) };
  }
  if (condition.kind === 'between') {
    const { operand, from, to } = condition;
    return { name: nameOf(operand, bound), comparator: 'between', values: valuesOf([from, to], bound) };
  }
  if (condition.kind === 'begins_with') {
    const { operand, argument } = condition;
    return { name: nameOf(operand, bound), comparator: 'begins_with', values: valuesOf([argument], bound) };
  }
  const operator = condition.kind === 'comparison' ? condition.comparator : condition.kind;
  if (condition.kind === 'and') throw invalid('Conditions can be of length 1 or 2 only');
  throw invalid(
    `Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: ${operator.toUpperCase()}`,
  );
}

const mirrored = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

function nameOf(operand: Operand, bound: Binding): string {
  const path = operand.kind === 'path' ? bound.path(operand.path) : [];
  if (path.length === 1) return path[0] as string;
  throw invalid('Invalid KeyConditionExpression: KeyConditionExpressions must name a key attribute on one side');
}

function valuesOf(operands: readonly Operand[], bound: Binding): readonly AttributeValue[] {
  return operands.map((operand) => {
    if (operand.kind === 'value') return bound.value(operand.name);
    throw invalid('Invalid KeyConditionExpression: KeyConditionExpressions must compare a key with a value');
  });
}

function placeOf({ comparator, values: [first, last = first] }: Term): KeyRange['place'] {
  const [low, high] = [first as AttributeValue, last as AttributeValue];
  const to = (bound: AttributeValue) => (sort: AttributeValue) => compareValues(sort, bound) ?? 0;
  const [toLow, toHigh] = [to(low), to(high)];
  switch (comparator) {
    case '=':
      return toLow;
    case '<':
      return (sort) => (toLow(sort) < 0 ? 0 : 1);
    case '<=':
      return (sort) => (toLow(sort) <= 0 ? 0 : 1);
    case '>':
      return (sort) => (toLow(sort) > 0 ? 0 : -1);
    case '>=':
      return (sort) => (toLow(sort) >= 0 ? 0 : -1);
    case 'begins_with':
      return (sort) => (beginsWith(sort, low) ? 0 : toLow(sort));
    default:
      return (sort) => (toLow(sort) < 0 ? -1 : toHigh(sort) > 0 ? 1 : 0);
  }
}
