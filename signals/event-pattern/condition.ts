import { readAddress, readCidr, type Address } from './address';
import { readAnythingBut } from './anything-but';
import type { Leaf, LeafTest } from './leaf';
import { readNumeric } from './number';
import { isFields, type Refuse, shown } from './refusal';
import { ignoringCase, type TextTest } from './text';
import { readWildcard } from './wildcard';

/** What one field of a pattern asks: any one of its values is enough. */
export interface Condition {
  /** Whether `{"exists": false}` is among them: then a field without any value satisfies it as well. */
  readonly absence: 'satisfies' | 'fails';
  readonly holds: LeafTest;
}

type Choice = { readonly kind: 'absent' } | { readonly kind: 'test'; readonly test: LeafTest };
type ReadOperator = (operand: unknown, refuse: Refuse) => LeafTest;

const onText =
  (test: TextTest): LeafTest =>
  (leaf) =>
    typeof leaf === 'string' && test(leaf);

const text =
  (name: string, read: (wanted: string, refuse: Refuse) => TextTest): ReadOperator =>
  (operand, refuse) =>
    typeof operand === 'string'
      ? onText(read(operand, refuse))
      : refuse(`"${name}" takes a string and not ${shown(operand)}; write {"${name}": "…"}`);

/** `prefix` and `suffix`, which take a string or, to ignore case, `{"equals-ignore-case": string}`. */
const affix =
  (name: string, exact: (wanted: string) => TextTest, folded: (wanted: string) => TextTest): ReadOperator =>
  (operand, refuse) => {
    if (!isFields(operand)) return text(name, exact)(operand, refuse);
    const inner = operand['equals-ignore-case'];
    if (Object.keys(operand).length !== 1 || typeof inner !== 'string') {
      return refuse(`"${name}" takes a string or {"equals-ignore-case": "…"}; write {"${name}": "…"}`);
    }
    return onText(folded(inner));
  };

const operators: ReadonlyMap<string, ReadOperator> = new Map<string, ReadOperator>([
  ['exactly', text('exactly', (wanted) => (leaf) => leaf === wanted)],
  ['prefix', affix('prefix', (wanted) => (leaf) => leaf.startsWith(wanted), ignoringCase.startsWith)],
  ['suffix', affix('suffix', (wanted) => (leaf) => leaf.endsWith(wanted), ignoringCase.endsWith)],
  ['equals-ignore-case', text('equals-ignore-case', ignoringCase.equals)],
  ['wildcard', text('wildcard', readWildcard)],
  ['anything-but', readAnythingBut],
  ['numeric', numeric],
  ['cidr', cidr],
]);

function numeric(operand: unknown, refuse: Refuse): LeafTest {
  const bound = readNumeric(operand, refuse);
  return (leaf) => typeof leaf === 'number' && bound(leaf);
}

function cidr(operand: unknown, refuse: Refuse): LeafTest {
  return onAddress(readCidr(operand, refuse));
}

function onAddress(test: (address: Address) => boolean): LeafTest {
  return (leaf) => {
    const address = typeof leaf === 'string' ? readAddress(leaf) : undefined;
    return address !== undefined && test(address);
  };
}

/** Reads the list that a field of a pattern has. */
export function readCondition(values: readonly unknown[], refuse: Refuse): Condition {
  if (values.length === 0) return refuse('the list is empty; write at least one value, or leave the field out');
  const literals = new Set<Leaf>();
  const tests: LeafTest[] = [];
  let absence: Condition['absence'] = 'fails';
  for (const value of values) {
    const choice = readChoice(value, literals, refuse);
    if (choice?.kind === 'absent') absence = 'satisfies';
    if (choice?.kind === 'test') tests.push(choice.test);
  }
  if (literals.size > 0) tests.push((leaf) => literals.has(leaf));
  const [only, ...more] = tests;
  const holds = only !== undefined && more.length === 0 ? only : (leaf: Leaf) => tests.some((test) => test(leaf));
  return { absence, holds };
}

/** Plain values are collected into `literals`; anything else is given back. */
function readChoice(value: unknown, literals: Set<Leaf>, refuse: Refuse): Choice | undefined {
  if (typeof value === 'string') {
    const address = readAddress(value);
    // A text that is an address means the address: another spelling of it matches too.
    if (address === undefined) literals.add(value);
    else return { kind: 'test', test: onAddress((other) => isSame(other, address)) };
    return undefined;
  }
  if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) {
    literals.add(value);
    return undefined;
  }
  return isFields(value) ? readOperator(value, refuse) : refuse(`the list has ${shown(value)} in it; ${choices}`);
}

function isSame(one: Address, other: Address): boolean {
  return one.version === other.version && one.value === other.value;
}

const choices = `write a string, number, true, false, null or an operator such as {"prefix": "i-"}`;

function readOperator(value: Readonly<Record<string, unknown>>, refuse: Refuse): Choice {
  const [entry, ...rest] = Object.entries(value);
  if (entry === undefined) return refuse(`the list has an empty object in it; ${choices}`);
  if (rest.length > 0) {
    const names = Object.keys(value).map(shown).join(' and ');
    return refuse(`${names} are in one object, which takes one operator; for either of them write two objects`);
  }
  const [name, operand] = entry;
  if (name === 'exists') return readExists(operand, refuse);
  const read = operators.get(name);
  if (read === undefined) {
    return refuse(`there is no operator ${shown(name)}; write one of exists, ${[...operators.keys()].join(', ')}`);
  }
  return { kind: 'test', test: read(operand, refuse) };
}

function readExists(operand: unknown, refuse: Refuse): Choice {
  if (operand === true) return { kind: 'test', test: () => true };
  if (operand === false) return { kind: 'absent' };
  return refuse(`"exists" takes true or false and not ${shown(operand)}; write {"exists": true}`);
}
