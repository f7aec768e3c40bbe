import type * as sdk from '@aws-sdk/client-elastic-load-balancing-v2';
import type * as classic from '@aws-sdk/client-elastic-load-balancing';
import { page } from './page';
import { Refusal } from './refusal';
import {
  healthCheckOf,
  namespaceOf,
  targetKey,
  type Target,
  type TargetGroup,
  type TargetGroupDescription,
} from './elasticloadbalancing/target-group';
import { ClassicLoadBalancers } from './elasticloadbalancing/classic';
import { LoadBalancers } from './elasticloadbalancing/load-balancer';
import { measureBalancer, measureGroup } from './elasticloadbalancing/measures';
import { absent, describeHealth, furtherOf } from './elasticloadbalancing/target-answer';
import { TargetHealth } from './elasticloadbalancing/target-health';
import type { SimulatedAccount } from './world';

type Answer<Output> = Omit<Output, '$metadata'>;
type Nothing = Record<string, never>;

/** Elastic Load Balancing of one account: load balancers, target groups and the health of their targets. */
export class ElasticLoadBalancing {
  readonly health: TargetHealth;
  /** The classic ones, which IAM knows by the same prefix. */
  readonly classic: ClassicLoadBalancers;
  readonly balancers: LoadBalancers;
  readonly #groups = new Map<string, TargetGroup>();
  readonly #byDimension = new Map<string, TargetGroup>();
  readonly #byName = new Map<string, TargetGroup>();

  constructor(private readonly account: SimulatedAccount) {
    this.health = new TargetHealth(account);
    this.classic = new ClassicLoadBalancers(account);
    this.balancers = new LoadBalancers(account);
    for (const namespace of ['AWS/ApplicationELB', 'AWS/NetworkELB', 'AWS/GatewayELB']) {
      account.services.cloudwatch.provide(namespace, (name, dimensions) => {
        const { LoadBalancer, AvailabilityZone } = dimensions;
        if (dimensions.TargetGroup === undefined) {
          const balancer = this.balancers.find(LoadBalancer ?? '');
          const groups = [...this.#groups.values()].filter(({ loadBalancer }) => loadBalancer === balancer);
          return balancer && measureBalancer(account, name, balancer, groups, AvailabilityZone);
        }
        const group = this.#byDimension.get(dimensions.TargetGroup);
        if (!group || namespaceOf(group) !== namespace) return undefined;
        if (LoadBalancer !== undefined && LoadBalancer !== group.loadBalancer?.dimension) return undefined;
        return measureGroup(
          account,
          name,
          group,
          ({ zone }) => AvailabilityZone === undefined || zone === AvailabilityZone,
        );
      });
    }
  }

  /** Adds a target group and, unless it has none, its load balancer. Targets named here have long been registered. */
  addTargetGroup(described: TargetGroupDescription): TargetGroup {
    const { name } = described;
    const arn = described.arn ?? this.#arn(`targetgroup/${name}/${this.account.newId('', 16)}`);
    const group: TargetGroup = {
      name,
      arn,
      dimension: arn.split(':').slice(5).join(':'),
      loadBalancer:
        described.loadBalancer === 'none'
          ? undefined
          : this.balancers.add({ arn: described.loadBalancer ?? `app/${name}/${this.account.newId('', 16)}` }),
      deregistrationDelay: described.deregistrationDelay ?? 300,
      crossZone: described.crossZone ?? 'as the load balancer',
      port: described.port ?? 80,
      healthCheck: healthCheckOf(described.healthCheck ?? {}),
      tags: described.tags ?? {},
      targets: new Map(),
    };
    this.#groups.set(arn, group);
    this.#byDimension.set(group.dimension, group);
    this.#byName.set(name, group);
    for (const { id, port } of described.targets ?? []) this.health.register(group, id, port ?? group.port, 'settled');
    return group;
  }

  /** The traffic of a load balancer goes elsewhere now. */
  shifted(arn: string): void {
    const balancer = this.balancers.find(arn);
    if (balancer) this.account.services.cloudwatch.changed(balancer.namespace, { LoadBalancer: balancer.dimension });
  }

  /** The target group of that ARN or name; undefined when there is none. */
  targetGroup(arnOrName: string): TargetGroup | undefined {
    return this.#groups.get(arnOrName) ?? this.#byName.get(arnOrName);
  }

  readonly operations = {
    DescribeTargetGroups: (input: sdk.DescribeTargetGroupsInput): Answer<sdk.DescribeTargetGroupsCommandOutput> => {
      const arns = input.TargetGroupArns?.map((arn) => this.#group(arn));
      const names = input.Names?.map((name) => this.#group(this.targetGroup(name)?.arn ?? name));
      const named = arns?.length ? arns : names?.length ? names : [...this.#groups.values()];
      const found = named.filter(
        ({ loadBalancer }) => input.LoadBalancerArn === undefined || loadBalancer?.arn === input.LoadBalancerArn,
      );
      const { items, next } = this.#page(found, input.PageSize, input.Marker);
      return { TargetGroups: items.map((group) => this.#describe(group)), NextMarker: next };
    },
    DescribeTargetHealth: (input: sdk.DescribeTargetHealthInput): Answer<sdk.DescribeTargetHealthCommandOutput> => {
      const group = this.#group(input.TargetGroupArn);
      const tell = input.Include?.length ? furtherOf(this.account, group) : () => ({});
      const targets: readonly Target[] = input.Targets?.length
        ? input.Targets.map(
            ({ Id = '', Port = group.port }) => group.targets.get(targetKey(Id, Port)) ?? absent(Id, Port),
          )
        : [...group.targets.values()];
      return {
        TargetHealthDescriptions: targets.map((target) => ({ ...describeHealth(target), ...tell(target) })),
      };
    },
    DescribeTargetGroupAttributes: (
      input: sdk.DescribeTargetGroupAttributesInput,
    ): Answer<sdk.DescribeTargetGroupAttributesCommandOutput> => {
      const group = this.#group(input.TargetGroupArn);
      return {
        Attributes: [
          { Key: 'deregistration_delay.timeout_seconds', Value: String(group.deregistrationDelay) },
          {
            Key: 'load_balancing.cross_zone.enabled',
            Value: typeof group.crossZone === 'boolean' ? String(group.crossZone) : 'use_load_balancer_configuration',
          },
        ],
      };
    },
    DescribeLoadBalancers: (input: sdk.DescribeLoadBalancersInput & classic.DescribeAccessPointsInput): object =>
      input.LoadBalancerNames
        ? this.classic.operations.DescribeLoadBalancers(input)
        : this.balancers.operations.DescribeLoadBalancers(input),
    DescribeLoadBalancerAttributes: (input: sdk.DescribeLoadBalancerAttributesInput): object =>
      this.balancers.operations.DescribeLoadBalancerAttributes(input),
    DescribeInstanceHealth: (input: classic.DescribeEndPointStateInput): object =>
      this.classic.operations.DescribeInstanceHealth(input),
    DeregisterInstancesFromLoadBalancer: (input: classic.DeregisterEndPointsInput): object =>
      this.classic.operations.DeregisterInstancesFromLoadBalancer(input),
    RegisterInstancesWithLoadBalancer: (input: classic.RegisterEndPointsInput): object =>
      this.classic.operations.RegisterInstancesWithLoadBalancer(input),
    DescribeTags: (input: Partial<sdk.DescribeTagsInput> & Partial<classic.DescribeTagsInput>): object =>
      input.LoadBalancerNames
        ? this.classic.operations.DescribeTags({ LoadBalancerNames: input.LoadBalancerNames })
        : this.#describeTags(input.ResourceArns ?? []),
    RegisterTargets: (input: sdk.RegisterTargetsInput): Nothing => {
      const group = this.#group(input.TargetGroupArn);
      const targets = input.Targets ?? [];
      const absent = targets.filter(({ Id = '' }) => Id.startsWith('i-') && !this.#isRunning(Id));
      if (absent.length > 0) {
        const ids = absent.map(({ Id }) => `'${String(Id)}'`).join(', ');
        const message = `The following targets are not in a running state and cannot be registered: ${ids}`;
        throw new Refusal('InvalidTargetException', message);
      }
      for (const { Id = '', Port } of targets) this.health.register(group, Id, Port ?? group.port, 'new');
      return {};
    },
    DeregisterTargets: (input: sdk.DeregisterTargetsInput): Nothing => {
      const group = this.#group(input.TargetGroupArn);
      for (const { Id = '', Port } of input.Targets ?? []) this.health.deregister(group, Id, Port ?? group.port);
      return {};
    },
  };

  #describeTags(arns: readonly string[]): Answer<sdk.DescribeTagsCommandOutput> {
    return {
      TagDescriptions: arns.map((arn) => {
        const { tags } = this.balancers.find(arn) ?? this.#group(arn);
        return { ResourceArn: arn, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
      }),
    };
  }

  #describe(group: TargetGroup): sdk.TargetGroup {
    const { every, healthyAfter, unhealthyAfter } = group.healthCheck;
    const isInstances = [...group.targets.values()].every(({ id }) => id.startsWith('i-'));
    return {
      TargetGroupArn: group.arn,
      TargetGroupName: group.name,
      Protocol: group.loadBalancer?.type === 'network' ? 'TCP' : 'HTTP',
      Port: group.port,
      VpcId: this.account.services.ec2.network.vpc,
      HealthCheckEnabled: true,
      HealthCheckIntervalSeconds: every,
      HealthyThresholdCount: healthyAfter,
      UnhealthyThresholdCount: unhealthyAfter,
      LoadBalancerArns: group.loadBalancer ? [group.loadBalancer.arn] : [],
      TargetType: isInstances ? 'instance' : 'ip',
    };
  }

  #isRunning(id: string): boolean {
    return this.account.services.ec2.instance(id)?.power === 'running';
  }

  #group(arn: string | undefined): TargetGroup {
    const group = this.#groups.get(arn ?? '');
    if (!group) throw new Refusal('TargetGroupNotFoundException', `Target groups '[${String(arn)}]' not found`);
    return group;
  }

  #page<T>(items: readonly T[], size: number | undefined, marker: string | undefined): ReturnType<typeof page<T>> {
    return page(items, Math.min(size ?? 400, this.account.pageSize), marker, 'ValidationError');
  }

  #arn(resource: string): string {
    return this.account.arn('elasticloadbalancing', resource);
  }
}
