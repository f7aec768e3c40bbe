import { z } from 'zod';

const count = z.int().nonnegative();

const group = z.strictObject({
  id: z.string(),
  role: z.enum(['MASTER', 'CORE', 'TASK']),
  nodes: count.default(2),
  /** Nodes that there are; as many as there should be, unless it is said. */
  running: count.optional(),
  state: z.enum(['RUNNING', 'RESIZING', 'ARRESTED', 'SUSPENDED']).default('RUNNING'),
  /** Whether nodes that are added come up. */
  newNodes: z.enum(['start', 'fail']).default('start'),
  /** Whether a scaling policy of its own sets its size. */
  scaled: z.boolean().default(false),
  /** Nodes that YARN calls unhealthy. */
  unhealthy: count.default(0),
});

const step = z.strictObject({
  id: z.string().optional(),
  name: z.string(),
  jar: z.string().default('command-runner.jar'),
  args: z.array(z.string()).default([]),
  state: z.enum(['PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED']).default('FAILED'),
  /** ARN of a role that it runs as. */
  role: z.string().optional(),
});

/** A cluster as one describes it. */
export const emrClusterSchema = z.strictObject({
  id: z.string(),
  name: z.string().default('nightly'),
  state: z.enum(['BOOTSTRAPPING', 'RUNNING', 'WAITING', 'TERMINATED', 'TERMINATED_WITH_ERRORS']).default('WAITING'),
  fleets: z.boolean().default(false),
  subnet: z.string().optional(),
  terminationProtected: z.boolean().default(true),
  replacesUnhealthyNodes: z.boolean().default(false),
  groups: z
    .array(group)
    .default([
      group.parse({ id: 'ig-1MASTER', role: 'MASTER', nodes: 1 }),
      group.parse({ id: 'ig-2CORE', role: 'CORE' }),
    ]),
  /** Limits of managed scaling, in instances; absent: EMR does not scale it. */
  managedScaling: z.strictObject({ min: count, max: count, maxOnDemand: count.optional() }).optional(),
  /** Core and task nodes that its work would keep busy. */
  load: z.number().nonnegative().default(1),
  /** Core nodes that its data would fill. */
  data: z.number().nonnegative().default(0.5),
  /** Oldest first. */
  steps: z.array(step).default([]),
  /** How often each step still fails that is added from now on. */
  newStepsFail: count.default(0),
  tags: z.record(z.string(), z.string()).default({}),
});
export type EmrClusterInput = z.input<typeof emrClusterSchema>;
type Described = z.infer<typeof emrClusterSchema>;

/** Something that befalls a cluster. */
export const emrHappeningSchema = z.union([
  z.strictObject({ id: z.string(), load: z.number().nonnegative() }),
  z.strictObject({ id: z.string(), data: z.number().nonnegative() }),
  z.strictObject({ id: z.string(), lose: z.string(), nodes: z.int().positive() }),
  z.strictObject({ id: z.string(), unhealthy: z.string(), nodes: count }),
  z.strictObject({ id: z.string(), arrest: z.string() }),
  z.strictObject({ id: z.string(), failStep: z.string() }),
]);
export type EmrHappening = z.infer<typeof emrHappeningSchema>;

/** A group of nodes as it is now. */
export interface Group {
  readonly id: string;
  readonly role: 'MASTER' | 'CORE' | 'TASK';
  readonly scaled: boolean;
  requested: number;
  running: number;
  state: Described['groups'][number]['state'];
  newNodes: 'start' | 'fail';
  unhealthy: number;
}

/** A step as it is now. */
export interface Step {
  readonly id: string;
  readonly name: string;
  readonly actionOnFailure: string;
  readonly config: {
    readonly Jar: string;
    readonly MainClass?: string | undefined;
    readonly Properties: Record<string, string>;
    readonly Args: string[];
  };
  readonly role: string | undefined;
  state: Described['steps'][number]['state'];
}

/** A step that has failed, as it is described. */
export function stepOf(
  id: string,
  { name, jar, args, role }: Pick<Described['steps'][number], 'name' | 'jar' | 'args' | 'role'>,
): Step {
  const config = { Jar: jar, Properties: {}, Args: args };
  return { id, name, actionOnFailure: 'CONTINUE', config, role, state: 'FAILED' };
}

/** A cluster as it is now. */
export interface Cluster extends Omit<Described, 'groups' | 'steps' | 'managedScaling' | 'subnet'> {
  readonly arn: string;
  readonly subnet: string | undefined;
  readonly groups: readonly Group[];
  readonly steps: Step[];
  scaling: { min: number; max: number; maxOnDemand: number | undefined } | undefined;
}

/** Core and task nodes that do work. */
export function workersOf({ groups }: Cluster): number {
  const workers = groups.filter(({ role }) => role !== 'MASTER');
  return workers.reduce((sum, { running, unhealthy }) => sum + Math.max(0, running - unhealthy), 0);
}

/** A metric of `AWS/ElasticMapReduce`. */
export function clusterMetric(name: string, cluster: Cluster): number | undefined {
  if (cluster.state !== 'RUNNING' && cluster.state !== 'WAITING') return undefined;
  const workers = workersOf(cluster);
  const core = cluster.groups.filter(({ role }) => role === 'CORE').reduce((sum, { running }) => sum + running, 0);
  const sum = (of: (group: Group) => number): number => cluster.groups.reduce((all, each) => all + of(each), 0);
  switch (name) {
    case 'YARNMemoryAvailablePercentage':
      return workers === 0 ? 0 : Math.max(0, 100 * (1 - cluster.load / workers));
    case 'ContainerPendingRatio':
      return Math.max(0, cluster.load / Math.max(1, workers) - 1);
    case 'HDFSUtilization':
      return Math.min(100, (100 * cluster.data) / Math.max(1, core));
    case 'MRUnhealthyNodes':
      return sum(({ unhealthy }) => unhealthy);
    case 'MRLostNodes':
      return sum(({ state, requested, running }) => (state === 'RUNNING' ? Math.max(0, requested - running) : 0));
    default:
      return undefined;
  }
}
