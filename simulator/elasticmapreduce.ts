import type * as sdk from '@aws-sdk/client-emr';
import { clusterAnswer, groupAnswer } from './elasticmapreduce/answers';
import {
  clusterMetric,
  emrClusterSchema,
  stepOf,
  workersOf,
  type Cluster,
  type EmrClusterInput,
  type EmrHappening,
  type Group,
} from './elasticmapreduce/cluster';
import { Steps } from './elasticmapreduce/steps';
import { page } from './page';
import { Refusal } from './refusal';
import type { SimulatedAccount } from './world';

const minute = 60_000;
/** How long nodes take to come, and how long EMR takes to replace those that are not well. */
const resizing = 5 * minute;
const replacing = 10 * minute;

/** EMR of one account: clusters, their groups of nodes and their steps. */
export class ElasticMapReduce {
  readonly #clusters = new Map<string, Cluster>();
  readonly #steps: Steps;
  readonly operations;

  constructor(private readonly account: SimulatedAccount) {
    this.#steps = new Steps(account, (id) => this.#known(id));
    account.services.cloudwatch.provide('AWS/ElasticMapReduce', (name, { JobFlowId: id = '' }) => {
      const found = this.#clusters.get(id);
      return found && clusterMetric(name, found);
    });
    this.operations = { ...this.#steps.operations, ...this.#operations };
  }

  /** Adds a cluster, as if it had always been there, or replaces the one of that id. */
  add(input: EmrClusterInput): void {
    const { groups, steps, managedScaling, subnet, ...described } = emrClusterSchema.parse(input);
    this.#clusters.set(described.id, {
      ...described,
      arn: this.account.arn('elasticmapreduce', `cluster/${described.id}`),
      subnet,
      groups: groups.map(({ nodes, running = nodes, ...group }) => ({ ...group, requested: nodes, running })),
      steps: steps.map((step) => ({ ...stepOf(step.id ?? this.account.newId('s-', 13), step), state: step.state })),
      scaling: managedScaling && { ...managedScaling, maxOnDemand: managedScaling.maxOnDemand },
    });
    this.#changed(described.id);
  }

  /** A cluster as it is now; undefined when there is none. */
  find(id: string): Cluster | undefined {
    return this.#clusters.get(id);
  }

  holds(id: string): boolean {
    return this.#clusters.has(id);
  }

  /** Somebody has EMR at work on one of its groups. */
  putToWork(id: string, group: string): void {
    this.#resize(this.#known(id), this.#group(this.#known(id), group));
  }

  /** Lets it come about. */
  befall(happening: EmrHappening): void {
    const cluster = this.#known(happening.id);
    if ('failStep' in happening) this.#steps.fail(cluster, happening.failStep);
    else if ('load' in happening) cluster.load = happening.load;
    else if ('data' in happening) cluster.data = happening.data;
    else if ('arrest' in happening) this.#arrive(cluster, this.#group(cluster, happening.arrest), 'ARRESTED');
    else if ('lose' in happening) this.#group(cluster, happening.lose).running -= happening.nodes;
    else this.#group(cluster, happening.unhealthy).unhealthy = happening.nodes;
    this.#changed(cluster.id);
  }

  readonly #operations = {
    DescribeCluster: ({ ClusterId }: sdk.DescribeClusterInput): sdk.DescribeClusterOutput => {
      const found = this.#known(ClusterId);
      const subnet = this.account.services.ec2.network.subnets().find(({ id }) => id === found.subnet);
      return { Cluster: clusterAnswer(found, subnet?.zone) };
    },
    ListInstanceGroups: ({ ClusterId, Marker }: sdk.ListInstanceGroupsInput): sdk.ListInstanceGroupsOutput => {
      const { groups, fleets } = this.#known(ClusterId);
      if (fleets) {
        throw new Refusal('InvalidRequestException', 'Instance fleets and instance groups are mutually exclusive.');
      }
      const { items, next } = page(groups, this.account.pageSize, Marker, 'InvalidRequestException');
      return { InstanceGroups: items.map(groupAnswer), Marker: next };
    },
    GetManagedScalingPolicy: ({ ClusterId }: sdk.GetManagedScalingPolicyInput): sdk.GetManagedScalingPolicyOutput => {
      const { scaling } = this.#known(ClusterId);
      if (!scaling) return {};
      const { min, max, maxOnDemand } = scaling;
      return {
        ManagedScalingPolicy: {
          ComputeLimits: {
            UnitType: 'Instances',
            MinimumCapacityUnits: min,
            MaximumCapacityUnits: max,
            ...(maxOnDemand !== undefined && { MaximumOnDemandCapacityUnits: maxOnDemand }),
          },
        },
      };
    },
    PutManagedScalingPolicy: ({ ClusterId, ManagedScalingPolicy }: sdk.PutManagedScalingPolicyInput): object => {
      const cluster = this.#modifiable(ClusterId);
      const { MinimumCapacityUnits: min = 0, MaximumCapacityUnits: max = 0 } =
        ManagedScalingPolicy?.ComputeLimits ?? {};
      if (max < min) throw new Refusal('ValidationException', 'The maximum is below the minimum.');
      const maxOnDemand = ManagedScalingPolicy?.ComputeLimits?.MaximumOnDemandCapacityUnits;
      cluster.scaling = { min, max, maxOnDemand };
      this.#scale(cluster);
      return {};
    },
    ModifyInstanceGroups: ({ ClusterId, InstanceGroups = [] }: sdk.ModifyInstanceGroupsInput): object => {
      const cluster = this.#modifiable(ClusterId);
      for (const { InstanceGroupId, InstanceCount } of InstanceGroups) {
        const group = this.#group(cluster, InstanceGroupId ?? '');
        if (group.role === 'MASTER') {
          throw new Refusal('InvalidRequestException', 'The master instance group may not be resized.');
        }
        group.requested = InstanceCount ?? group.requested;
        this.#resize(cluster, group);
      }
      return {};
    },
    SetUnhealthyNodeReplacement: (input: sdk.SetUnhealthyNodeReplacementInput): object => {
      for (const id of input.JobFlowIds ?? []) {
        const cluster = this.#modifiable(id);
        cluster.replacesUnhealthyNodes = input.UnhealthyNodeReplacement ?? false;
        if (!cluster.replacesUnhealthyNodes) continue;
        this.account.clock.after(replacing, () => {
          for (const group of cluster.groups) if (group.role === 'CORE') group.unhealthy = 0;
          this.#changed(cluster.id);
        });
      }
      return {};
    },
  };

  /** EMR gives a cluster what its work needs, up to its limit. */
  #scale(cluster: Cluster): void {
    const { scaling, groups } = cluster;
    const grows = groups.find(({ role }) => role === 'TASK') ?? groups.find(({ role }) => role === 'CORE');
    if (!scaling || !grows) return;
    const needed = Math.min(scaling.max, Math.ceil(cluster.load * 1.2));
    if (needed <= workersOf(cluster)) return;
    grows.requested += needed - workersOf(cluster);
    this.#resize(cluster, grows);
  }

  #resize(cluster: Cluster, group: Group): void {
    group.state = 'RESIZING';
    this.#changed(cluster.id);
    this.account.clock.after(resizing, () => {
      if (group.newNodes === 'start') group.running = group.requested;
      this.#arrive(cluster, group, group.newNodes === 'start' ? 'RUNNING' : 'ARRESTED');
    });
  }

  /** The group comes to a state, and EMR tells. */
  #arrive({ id, name }: Cluster, group: Group, state: Group['state']): void {
    group.state = state;
    const { id: groupId, role, requested, running } = group;
    this.account.bus.emit('aws.emr', 'EMR Instance Group State Change', [], {
      market: 'ON_DEMAND',
      severity: state === 'RUNNING' ? 'INFO' : 'ERROR',
      requestedInstanceCount: requested,
      runningInstanceCount: running,
      instanceType: 'm7g.xlarge',
      instanceGroupType: role,
      instanceGroupId: groupId,
      clusterId: id,
      state,
      message: `The instance group ${groupId} in Amazon EMR cluster ${id} (${name}) is ${state}.`,
    });
    this.#changed(id);
  }

  #changed(id: string): void {
    this.account.services.cloudwatch.changed('AWS/ElasticMapReduce', { JobFlowId: id });
  }

  #known(id: string | undefined): Cluster {
    const found = this.#clusters.get(id ?? '');
    if (!found) throw new Refusal('InvalidRequestException', `Cluster id '${String(id)}' is not valid.`);
    return found;
  }

  #modifiable(id: string | undefined): Cluster {
    const found = this.#known(id);
    if (!found.state.startsWith('TERMINATED')) return found;
    throw new Refusal(
      'InvalidRequestException',
      'A job flow that is shutting down, terminated, or finished may not be modified.',
    );
  }

  #group({ id: clusterId, groups }: Cluster, group: string): Group {
    const found = groups.find(({ id }) => id === group);
    if (!found) throw new Refusal('InvalidRequestException', `Instance group '${group}' of ${clusterId} is not valid.`);
    return found;
  }
}
