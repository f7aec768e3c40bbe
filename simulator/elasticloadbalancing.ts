import type * as sdk from '@aws-sdk/client-elastic-load-balancing-v2';
import { page } from './page';
import { Refusal } from './refusal';
import {
  describeReason,
  healthCheckOf,
  namespaceOf,
  targetKey,
  type LoadBalancer,
  type Target,
  type TargetGroup,
  type TargetGroupDescription,
} from './elasticloadbalancing/target-group';
import { TargetHealth } from './elasticloadbalancing/target-health';
import type { SimulatedAccount } from './world';

type Answer<Output> = Omit<Output, '$metadata'>;
type Nothing = Record<string, never>;

/** Errors that one erring target gives in a minute. */
const errorsPerMinute = 60;

/** Elastic Load Balancing of one account: load balancers, target groups and the health of their targets. */
export class ElasticLoadBalancing {
  readonly health: TargetHealth;
  readonly #groups = new Map<string, TargetGroup>();
  readonly #byDimension = new Map<string, TargetGroup>();
  readonly #byName = new Map<string, TargetGroup>();
  readonly #loadBalancers = new Map<string, LoadBalancer>();

  constructor(private readonly account: SimulatedAccount) {
    this.health = new TargetHealth(account);
    for (const namespace of ['AWS/ApplicationELB', 'AWS/NetworkELB', 'AWS/GatewayELB']) {
      account.services.cloudwatch.provide(namespace, (name, dimensions) => {
        const group = this.#byDimension.get(dimensions.TargetGroup ?? '');
        if (!group || namespaceOf(group) !== namespace) return undefined;
        const { LoadBalancer, AvailabilityZone } = dimensions;
        if (LoadBalancer !== undefined && LoadBalancer !== group.loadBalancer?.dimension) return undefined;
        return this.#measure(name, group, ({ zone }) => AvailabilityZone === undefined || zone === AvailabilityZone);
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
      loadBalancer: this.#loadBalancer(described),
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
      const tell = input.Include?.length ? this.#anomalyOf(group) : () => ({});
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
    DescribeLoadBalancers: (input: sdk.DescribeLoadBalancersInput): Answer<sdk.DescribeLoadBalancersCommandOutput> => {
      const all = [...this.#loadBalancers.values()];
      for (const arn of input.LoadBalancerArns ?? []) {
        if (!this.#loadBalancers.has(arn)) refuseLoadBalancer(arn);
      }
      for (const wanted of input.Names ?? []) if (!all.some(({ name }) => name === wanted)) refuseLoadBalancer(wanted);
      const found = all.filter(
        ({ arn, name }) =>
          (!input.LoadBalancerArns?.length || input.LoadBalancerArns.includes(arn)) &&
          (!input.Names?.length || input.Names.includes(name)),
      );
      const { items, next } = this.#page(found, input.PageSize, input.Marker);
      const { network } = this.account.services.ec2;
      return {
        LoadBalancers: items.map(({ arn, name, type }) => ({
          LoadBalancerArn: arn,
          LoadBalancerName: name,
          Type: type,
          VpcId: network.vpc,
          State: { Code: 'active' },
          AvailabilityZones: network.subnets().map(({ id, zone }) => ({ ZoneName: zone, SubnetId: id })),
        })),
        NextMarker: next,
      };
    },
    DescribeLoadBalancerAttributes: ({
      LoadBalancerArn: arn = '',
    }: sdk.DescribeLoadBalancerAttributesInput): Answer<sdk.DescribeLoadBalancerAttributesCommandOutput> => {
      const { type } = this.#loadBalancers.get(arn) ?? refuseLoadBalancer(arn);
      // An Application Load Balancer always does it; the others do not unless they are told to.
      const crossZone = String(type === 'application');
      return {
        Attributes: [
          { Key: 'deletion_protection.enabled', Value: 'false' },
          { Key: 'load_balancing.cross_zone.enabled', Value: crossZone },
        ],
      };
    },
    DescribeTags: (input: sdk.DescribeTagsInput): Answer<sdk.DescribeTagsCommandOutput> => ({
      TagDescriptions: (input.ResourceArns ?? []).map((arn) => {
        const tags = this.#loadBalancers.has(arn) ? {} : this.#group(arn).tags;
        return { ResourceArn: arn, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
      }),
    }),
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

  /** What a load balancer makes of errors: nothing with fewer than three healthy targets, or where it sees no requests. */
  #anomalyOf(group: TargetGroup): (target: Target) => Pick<sdk.TargetHealthDescription, 'AnomalyDetection'> {
    const healthy = [...group.targets.values()].filter(({ state }) => state === 'healthy');
    if (group.loadBalancer?.type !== 'application' || healthy.length < 3) return () => ({});
    const erring = this.health.erring(group);
    return (target) => ({
      AnomalyDetection: { Result: erring.includes(target) ? 'anomalous' : 'normal', MitigationInEffect: 'no' },
    });
  }

  #measure(name: string, group: TargetGroup, counts: (target: Target) => boolean): number | undefined {
    const inState = (state: Target['state']): number => {
      let count = 0;
      for (const target of group.targets.values()) if (target.state === state && counts(target)) count += 1;
      return count;
    };
    switch (name) {
      case 'HealthyHostCount':
        return inState('healthy');
      case 'UnHealthyHostCount':
        return inState('unhealthy');
      case 'HTTPCode_Target_5XX_Count':
        return this.health.erring(group).filter(counts).length * errorsPerMinute;
      default:
        return undefined;
    }
  }

  #loadBalancer({ name, loadBalancer }: TargetGroupDescription): LoadBalancer | undefined {
    if (loadBalancer === 'none') return undefined;
    const end = (loadBalancer ?? `app/${name}/${this.account.newId('', 16)}`).replace(/^.*:loadbalancer\//, '');
    const arn = loadBalancer?.startsWith('arn:') ? loadBalancer : this.#arn(`loadbalancer/${end}`);
    const known = this.#loadBalancers.get(arn);
    if (known) return known;
    const [kind, called = name] = end.split('/');
    const type = kind === 'net' ? 'network' : kind === 'gwy' ? 'gateway' : 'application';
    const made: LoadBalancer = { arn, name: called, type, dimension: end };
    this.#loadBalancers.set(arn, made);
    return made;
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

function absent(id: string, port: number): Target {
  return { id, port, zone: undefined, state: 'unused', reason: 'Target.NotRegistered', pending: undefined };
}

function describeHealth({ id, port, zone, state, reason }: Target): sdk.TargetHealthDescription {
  const why = reason === undefined ? {} : { Reason: reason, Description: describeReason(reason) };
  return {
    Target: { Id: id, Port: port, ...(zone === undefined && { AvailabilityZone: 'all' }) },
    HealthCheckPort: String(port),
    TargetHealth: { State: state, ...why },
  };
}

function refuseLoadBalancer(name: string): never {
  throw new Refusal('LoadBalancerNotFoundException', `Load balancers '[${name}]' not found`);
}
