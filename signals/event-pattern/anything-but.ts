import { readComparable } from './number';
import type { Refuse } from './refusal';
import { isFields, shown } from './refusal';
import type { LeafTest } from './leaf';
import { ignoringCase, type TextTest } from './text';
import { readWildcard } from './wildcard';

type ReadText = (wanted: string, refuse: Refuse) => TextTest;

const affix =
  (name: string, read: (wanted: string) => TextTest): ReadText =>
  (wanted, refuse) =>
    wanted === ''
      ? refuse(`"anything-but" with an empty "${name}" excludes every text; write at least one character`)
      : read(wanted);

const excluding: ReadonlyMap<string, ReadText> = new Map<string, ReadText>([
  ['prefix', affix('prefix', (wanted) => (text) => text.startsWith(wanted))],
  ['suffix', affix('suffix', (wanted) => (text) => text.endsWith(wanted))],
  ['equals-ignore-case', ignoringCase.equals],
  ['wildcard', readWildcard],
]);

const form =
  'write a string, a number, a list of only strings or only numbers, or {"prefix": …}, {"suffix": …}, {"equals-ignore-case": …} or {"wildcard": …}';

/**
 * Reads `anything-but` into its test. What it excludes is of one kind, strings or numbers; a value of any other kind,
 * null and booleans too, passes. A field that is absent or an empty list doesn't: there is no value to pass.
 */
export function readAnythingBut(operand: unknown, refuse: Refuse): LeafTest {
  if (isFields(operand)) return readExclusion(operand, refuse);
  const values: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (values.length === 0) return refuse(`"anything-but" has an empty list; ${form}`);
  const unfit = values.find((value) => typeof value !== 'string' && typeof value !== 'number');
  if (unfit !== undefined) return refuse(`"anything-but" does not take ${shown(unfit)}; ${form}`);
  if (new Set(values.map((value) => typeof value)).size > 1) {
    return refuse(
      `"anything-but" mixes strings and numbers; write one "anything-but" for each field or keep to one kind`,
    );
  }
  for (const value of values) {
    if (typeof value === 'number') readComparable(value, refuse, 'a number of "anything-but"');
  }
  const excluded = new Set<unknown>(values);
  return (leaf) => !excluded.has(leaf);
}

function readExclusion(operand: Readonly<Record<string, unknown>>, refuse: Refuse): LeafTest {
  const [entry, ...rest] = Object.entries(operand);
  const read = entry === undefined ? undefined : excluding.get(entry[0]);
  if (entry === undefined || read === undefined || rest.length > 0) {
    return refuse(`"anything-but" does not take {${Object.keys(operand).map(shown).join(', ')}}; ${form}`);
  }
  const [name, wanted] = entry;
  const list: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  if (list.length === 0) return refuse(`"anything-but" has an empty list for "${name}"; write at least one string`);
  const tests = list.map((one) =>
    typeof one === 'string'
      ? read(one, refuse)
      : refuse(`"${name}" inside "anything-but" takes strings and not ${shown(one)}; ${form}`),
  );
  return (leaf) => typeof leaf !== 'string' || !tests.some((test) => test(leaf));
}
