import { readCondition, type Condition } from './condition';
import { isFields, Refusal, shown } from './refusal';

/** One way in which a pattern matches: every path must satisfy its condition. Without `$or` a pattern has one. */
export type Branch = ReadonlyMap<string, Condition>;

/** EventBridge's own limit to what `$or` may multiply out to. */
const mostBranches = 1000;
/** Objects within objects of a pattern; real ones have fewer than ten. */
const deepest = 100;

/** Names that may not be fields inside `$or`: operators that AWS has or keeps for later. */
const reserved: ReadonlySet<string> = new Set([
  ...['exactly', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'exists', 'wildcard', 'numeric', 'cidr'],
  ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case'],
  ...['date-after', 'date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range'],
  ...['ip-address-in-range', 'ip-address-not-in-range'],
]);

interface Place {
  readonly path: readonly string[];
  /** Objects around this one, those of `$or` too. */
  readonly depth: number;
  readonly inOr: boolean;
}

/** Reads a pattern into its branches, or throws a `Refusal`. */
export function readBranches(json: unknown): readonly Branch[] {
  if (!isFields(json)) {
    throw new Refusal('', `is ${shown(json)}; write an object such as {"source": ["aws.ec2"]}`);
  }
  return readObject(json, { path: [], depth: 0, inOr: false }, [new Map()]);
}

/**
 * Fields are taken in the order written, each added to every branch so far. A path that comes again replaces what it
 * had: after `{"source": ["a"], "$or": [{"source": ["b"]}, …]}` the first branch asks for `b` alone.
 */
function readObject(
  object: Readonly<Record<string, unknown>>,
  place: Place,
  before: readonly Branch[],
): readonly Branch[] {
  const entries = Object.entries(object);
  const at = place.path.join('.');
  if (entries.length === 0) throw new Refusal(at, 'the object is empty; write at least one field, or leave it out');
  if (place.depth > deepest) throw new Refusal(at, `is nested more than ${deepest} deep; write a flatter pattern`);
  return entries.reduce<readonly Branch[]>(
    (branches, [name, value]) => readField(name, value, place, branches),
    before,
  );
}

function readField(name: string, value: unknown, place: Place, branches: readonly Branch[]): readonly Branch[] {
  const { path, inOr } = place;
  const depth = place.depth + 1;
  if (name === '$or') return readOr(value, { path, depth, inOr: true }, branches);
  const inner = [...path, name];
  const at = inner.join('.');
  if (inOr && reserved.has(name)) {
    throw new Refusal(
      at,
      `${shown(name)} may not be the name of a field inside "$or"; put an operator in the list of a field`,
    );
  }
  if (Array.isArray(value)) {
    const condition = readCondition(value, (advice) => {
      throw new Refusal(at, advice);
    });
    return branches.map((branch) => new Map(branch).set(at, condition));
  }
  if (isFields(value)) return readObject(value, { path: inner, depth, inOr }, branches);
  throw new Refusal(at, `is ${shown(value)}; write it in a list: [${shown(value)}]`);
}

function readOr(value: unknown, place: Place, branches: readonly Branch[]): readonly Branch[] {
  const at = [...place.path, '$or'].join('.');
  const choices: readonly unknown[] = Array.isArray(value) ? value : [];
  if (choices.length < 2) {
    throw new Refusal(at, 'takes a list of two objects or more, any of which may match; write [{…}, {…}]');
  }
  const all: Branch[] = [];
  choices.forEach((choice, index) => {
    if (!isFields(choice)) throw new Refusal(`${at}[${index}]`, `is ${shown(choice)}; write an object with fields`);
    all.push(...readObject(choice, place, branches));
    if (all.length > mostBranches) {
      throw new Refusal(
        at,
        `multiplies out to more than ${mostBranches} combinations, EventBridge's limit; write fewer choices`,
      );
    }
  });
  return all;
}
