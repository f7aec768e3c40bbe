import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml';

/** Keys and positions that lead from the top of a policy to a part of it. */
export type Path = readonly (string | number)[];

/** One thing wrong with, or odd about, a policy, where its author finds it. */
export interface Fault {
  /** First line is 1. */
  readonly line: number;
  /** First column is 1. */
  readonly column: number;
  /** What is wrong and what to do about it, in one line. */
  readonly message: string;
}

/** The YAML of a policy: plain data, and where each part of it stands. */
export type PolicyText =
  | {
      readonly kind: 'read';
      readonly data: unknown;
      /** Where the value at `path` stands, or its key; of what is not there, the nearest that it would be part of. */
      readonly positionOf: (path: Path, of: 'key' | 'value') => Omit<Fault, 'message'>;
    }
  | { readonly kind: 'faults'; readonly faults: readonly [Fault, ...Fault[]] };

/** An alias may stand for so many nodes in all; beyond that it is a bomb, not a policy. */
const maxAliasCount = 100;
const maxFaults = 50;

interface Spot {
  readonly key: Node | undefined;
  readonly value: Node | undefined;
}

/** What stands at `step` in `node`; undefined when there is nothing. */
function childOf(document: Document, node: Node | undefined, step: string | number): Spot | undefined {
  const target = isAlias(node) ? node.resolve(document) : node;
  if (isSeq(target)) {
    const item = target.items[Number(step)];
    return isNode(item) ? { key: undefined, value: item } : undefined;
  }
  if (!isMap(target)) return undefined;
  const pair = target.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  if (!isPair(pair)) return undefined;
  return { key: isNode(pair.key) ? pair.key : undefined, value: isNode(pair.value) ? pair.value : undefined };
}

function offsetOf(document: Document, path: Path, of: 'key' | 'value'): number {
  let here: Spot = { key: undefined, value: isNode(document.contents) ? document.contents : undefined };
  let found = true;
  for (const step of path) {
    const child = childOf(document, here.value, step);
    found = child !== undefined;
    if (!child) break;
    here = child;
  }
  // A key without a value has an empty node, which may stand on a later line than the key that it belongs to.
  const isEmpty = isScalar(here.value) && here.value.value === null && !here.value.source;
  const wantsKey = found && (of === 'key' || isEmpty);
  return ((wantsKey ? here.key : undefined) ?? here.value ?? here.key)?.range?.[0] ?? 0;
}

/** Reads the YAML of a policy. Text of any kind gives data or faults: nothing is thrown. */
export function readPolicyText(text: string): PolicyText {
  const lines = new LineCounter();
  const positionAt = (offset: number): Omit<Fault, 'message'> => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
      logLevel: 'error',
    });
    const [first, ...others] = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
      ...positionAt(pos[0]),
      message: `this is not YAML that a policy may use: ${message}`,
    }));
    if (first) return { kind: 'faults', faults: [first, ...others.slice(0, maxFaults)] };
    const data: unknown = document.toJS({ maxAliasCount });
    // An alias inside of its own anchor makes data without an end, which cannot be written as JSON.
    JSON.stringify(data);
    return {
      kind: 'read',
      data,
      positionOf: (path, of) => positionAt(offsetOf(document, path, of)),
    };
  } catch (error) {
    const said = error instanceof Error ? error.message.split('\n')[0] : 'it cannot be read';
    const message = `the anchors (&) and aliases (*) or the nesting cannot be resolved: ${said ?? ''}`;
    return { kind: 'faults', faults: [{ line: 1, column: 1, message }] };
  }
}
