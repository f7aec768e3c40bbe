/** A place in events that a pattern looks at, or passes on its way to one. */
export interface FieldNode {
  /** Place of the node in the tree's list. */
  readonly id: number;
  /** Names joined with dots. */
  readonly path: string;
  /**
   * Every node below by what its name is from here. Names of several steps are among them because the matcher makes no
   * difference between `{"a": {"b": 1}}` and `{"a.b": 1}`.
   */
  readonly below: ReadonlyMap<string, FieldNode>;
}

/** All the nodes of a pattern: from the top, and by their paths (names joined with dots). */
export interface FieldTree {
  readonly root: FieldNode;
  readonly byPath: ReadonlyMap<string, FieldNode>;
}

/** The tree of the paths that a pattern names. */
export function fieldTree(paths: Iterable<string>): FieldTree {
  const byPath = new Map<string, FieldNode>();
  const root = { id: 0, path: '', below: new Map<string, FieldNode>() };
  const ancestry = new Map<FieldNode, Map<string, FieldNode>>([[root, root.below]]);
  for (const path of paths) {
    const steps = path.split('.');
    const above: { readonly from: number; readonly below: Map<string, FieldNode> }[] = [{ from: 0, below: root.below }];
    for (let end = 1; end <= steps.length; end += 1) {
      const here = steps.slice(0, end).join('.');
      const below = new Map<string, FieldNode>();
      const node = byPath.get(here) ?? { id: byPath.size + 1, path: here, below };
      byPath.set(here, node);
      if (!ancestry.has(node)) ancestry.set(node, below);
      for (const ancestor of above) ancestor.below.set(steps.slice(ancestor.from, end).join('.'), node);
      above.push({ from: end, below: ancestry.get(node) ?? below });
    }
  }
  return { root, byPath };
}
