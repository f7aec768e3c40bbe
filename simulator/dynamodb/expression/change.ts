import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { sum } from '../number';
import { invalid } from '../refusal';
import { areEqual, kindOf, membersOf, type Row } from '../value';
import type { Binding } from './binding';
import { valueAt, type Path } from './path';
import type { NewValue, Update } from './update';

const wrongType = 'An operand in the update expression has an incorrect data type';
const wrongPath = 'The document path provided in the update expression is invalid for update';

/** The row after the update: another one, that shares what did not change. All of it rests on the row as it was before. */
export function changed(row: Row, update: Update, bound: Binding): Row {
  const after: Record<string, AttributeValue> = { ...row };
  for (const { path, value } of update.set) put(after, bound.path(path), newValue(value, row, bound));
  for (const { path, value } of update.add) {
    const at = bound.path(path);
    put(after, at, withMore(valueAt(row, at), bound.value(value)));
  }
  for (const { path, value } of update.delete) {
    const at = bound.path(path);
    const before = valueAt(row, at);
    if (before) put(after, at, withLess(before, bound.value(value)));
  }
  // The last of a list first, so that the places of the others stay what they were.
  for (const path of update.remove.map((one) => bound.path(one)).sort(lastPlaceFirst)) put(after, path, undefined);
  return Object.freeze(after);
}

function newValue(value: NewValue, row: Row, bound: Binding): AttributeValue {
  switch (value.kind) {
    case 'value':
      return bound.value(value.name);
    case 'path': {
      const found = valueAt(row, bound.path(value.path));
      if (found) return found;
      throw invalid('The provided expression refers to an attribute that does not exist in the item');
    }
    case 'if_not_exists':
      return valueAt(row, bound.path(value.path)) ?? newValue(value.otherwise, row, bound);
    case 'list_append': {
      const [first, second] = [newValue(value.first, row, bound), newValue(value.second, row, bound)];
      if (!first.L || !second.L) throw invalid(wrongType);
      return Object.freeze({ L: [...first.L, ...second.L] });
    }
    case 'sum': {
      const [left, right] = [newValue(value.left, row, bound), newValue(value.right, row, bound)];
      if (left.N === undefined || right.N === undefined) throw invalid(wrongType);
      return Object.freeze({ N: sum(left.N, right.N, value.sign) });
    }
  }
}

/** `ADD`: to a number or a set; what is not there counts as zero, or as empty. */
function withMore(before: AttributeValue | undefined, more: AttributeValue): AttributeValue {
  const added = membersOf(more);
  if (more.N === undefined && !added) throw invalid(`Incorrect operand type for operator or function; operator: ADD`);
  if (!before) return more;
  if (kindOf(before) !== kindOf(more)) throw invalid(wrongType);
  if (more.N !== undefined) return Object.freeze({ N: sum(before.N as string, more.N, 1) });
  const members = membersOf(before) ?? [];
  const fresh = (added ?? []).filter((one) => !members.some((member) => areEqual(member, one)));
  return setOf(before, [...members, ...fresh]);
}

/** `DELETE`: from a set. There are no empty sets: the last takes the attribute with it. */
function withLess(before: AttributeValue, less: AttributeValue): AttributeValue | undefined {
  const taken = membersOf(less);
  if (!taken) throw invalid(`Incorrect operand type for operator or function; operator: DELETE`);
  if (kindOf(before) !== kindOf(less)) throw invalid(wrongType);
  const left = (membersOf(before) ?? []).filter((member) => !taken.some((one) => areEqual(one, member)));
  return left.length > 0 ? setOf(before, left) : undefined;
}

function setOf(like: AttributeValue, members: readonly AttributeValue[]): AttributeValue {
  const kind = kindOf(like);
  return Object.freeze({
    [kind]: members.map((member) => Object.values(member)[0] as unknown),
  }) as unknown as AttributeValue;
}

function put(row: Record<string, AttributeValue>, path: Path, value: AttributeValue | undefined): void {
  const name = path[0] as string;
  const next = path.length === 1 ? value : within(row[name], path.slice(1), value);
  if (next) row[name] = next;
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a copy of a row, made just before
  else delete row[name];
}

/** The map or list with the value put there, or taken away from there. */
function within(
  holder: AttributeValue | undefined,
  [step, ...rest]: Path,
  value: AttributeValue | undefined,
): AttributeValue {
  if (typeof step === 'string' && holder?.M) {
    const map = { ...holder.M };
    put(map, [step, ...rest], value);
    return Object.freeze({ M: map });
  }
  if (typeof step !== 'number' || !holder?.L) throw invalid(wrongPath);
  const list = [...holder.L];
  const next = rest.length === 0 ? value : within(list[step], rest, value);
  if (!next) list.splice(step, 1);
  else if (step < list.length) list[step] = next;
  else list.push(next);
  return Object.freeze({ L: list });
}

function lastPlaceFirst(one: Path, other: Path): number {
  const [left, right] = [one.at(-1), other.at(-1)];
  return typeof left === 'number' && typeof right === 'number' ? right - left : 0;
}
