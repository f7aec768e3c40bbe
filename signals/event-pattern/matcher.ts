import { extend, fits, groupLeaves, type Membership } from './array-consistency';
import type { Branch } from './branch';
import type { Condition } from './condition';
import { type EventFields, type FoundLeaf, readEventFields } from './event-fields';
import { type FieldNode, fieldTree } from './field-tree';

interface Field {
  readonly node: number;
  readonly condition: Condition;
}

interface CompiledBranch {
  /** In order of their paths, as the matcher takes them: it is visible where `{"exists": false}` meets lists. */
  readonly fields: readonly Field[];
  /** For each node, the place in `fields` of the last field at or below it; -1 without any. */
  readonly lastBelow: readonly number[];
}

/** Ways to choose list elements that are followed at one time; only events made to be hard need as many. */
const mostMemberships = 100_000;

const anywhere: Membership = new Map();
const noLeaves: readonly FoundLeaf[] = [];

/** Turns the branches of a pattern into the function that tells whether an event matches. */
export function compile(branches: readonly Branch[]): (event: object) => boolean {
  const { root, byPath } = fieldTree(branches.flatMap((branch) => [...branch.keys()]));
  const nodes = [...byPath.values()];
  const compiled = branches.map((branch) => compileBranch(branch, nodes, byPath));
  return (event) => {
    if (Array.isArray(event)) return false;
    const found = readEventFields(event, root);
    return found !== undefined && compiled.some((branch) => satisfies(branch, found));
  };
}

function compileBranch(
  branch: Branch,
  nodes: readonly FieldNode[],
  byPath: ReadonlyMap<string, FieldNode>,
): CompiledBranch {
  const paths = [...branch].sort(([one], [other]) => (one < other ? -1 : 1));
  const lastBelow = [
    -1,
    ...nodes.map(({ path }) => paths.findLastIndex(([key]) => key === path || key.startsWith(`${path}.`))),
  ];
  const fields = paths.map(([path, condition]) => ({ node: byPath.get(path)?.id ?? 0, condition }));
  return { fields, lastBelow };
}

function satisfies({ fields, lastBelow }: CompiledBranch, found: EventFields): boolean {
  let memberships: readonly Membership[] = [anywhere];
  for (const [place, { node, condition }] of fields.entries()) {
    const leaves = found.leaves.get(node) ?? noLeaves;
    const hits = leaves.filter(({ leaf }) => condition.holds(leaf));
    if (hits.length === 0 && condition.absence === 'fails') return false;
    if (leaves.some(({ within }) => within !== undefined)) {
      const live = (list: number): boolean => (lastBelow[found.lists[list]?.id ?? 0] ?? -1) > place;
      memberships = step(memberships, leaves, hits, condition, live);
      if (memberships.length === 0 || memberships.length > mostMemberships) return false;
    } else if (leaves.length > 0 && hits.length === 0) {
      return false;
    }
  }
  return true;
}

/** The memberships with which one more field is satisfied, without the lists that no later field lies below. */
function step(
  memberships: readonly Membership[],
  leaves: readonly FoundLeaf[],
  hits: readonly FoundLeaf[],
  condition: Condition,
  live: (list: number) => boolean,
): readonly Membership[] {
  const reached = new Map<string, Membership>();
  const reach = (membership: Membership): void => {
    const kept = [...membership].filter(([list]) => live(list)).sort(([one], [other]) => one - other);
    const key = kept.join(' ');
    if (!reached.has(key)) reached.set(key, new Map(kept));
  };
  const hitGroup = groupLeaves(hits);
  const present = condition.absence === 'satisfies' ? groupLeaves(leaves) : undefined;
  for (const membership of memberships) {
    if (reached.size > mostMemberships) break;
    extend(membership, hitGroup, reach);
    if (present !== undefined && !fits(membership, present)) reach(membership);
  }
  return [...reached.values()];
}
