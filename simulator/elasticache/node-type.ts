/** Memory for data in GiB, and the work that it does compared with a `large`; the memory is from ElastiCache's list of node types. */
interface NodeType {
  readonly memoryGiB: number;
  readonly power: number;
}

const nodeTypes: Readonly<Record<string, NodeType>> = {
  'cache.t4g.small': { memoryGiB: 1.37, power: 0.5 },
  'cache.m7g.large': { memoryGiB: 6.38, power: 1 },
  'cache.m7g.xlarge': { memoryGiB: 12.93, power: 2 },
  'cache.m7g.2xlarge': { memoryGiB: 26.04, power: 4 },
  'cache.r7g.large': { memoryGiB: 13.07, power: 1 },
  'cache.r7g.xlarge': { memoryGiB: 26.32, power: 2 },
  'cache.r7g.2xlarge': { memoryGiB: 52.82, power: 4 },
  'cache.r7g.4xlarge': { memoryGiB: 105.81, power: 8 },
};

/** What nodes of a type can do; one that is not in the list is taken for the smallest of those with much memory. */
export function nodeType(name: string): NodeType {
  return nodeTypes[name] ?? { memoryGiB: 13.07, power: 1 };
}

/** Types that a cache of this type may be given, as ListAllowedNodeTypeModifications tells them apart. */
export function allowedTypes(name: string): { readonly up: string[]; readonly down: string[] } {
  const { memoryGiB } = nodeType(name);
  const others = Object.entries(nodeTypes).filter(([other]) => other !== name);
  return {
    up: others.filter(([, type]) => type.memoryGiB > memoryGiB).map(([other]) => other),
    down: others.filter(([, type]) => type.memoryGiB < memoryGiB).map(([other]) => other),
  };
}
