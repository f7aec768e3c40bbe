import type * as sdk from '@aws-sdk/client-elastic-load-balancing';
import { z } from 'zod';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import { ClassicBackend, type ClassicHealthCheck } from './classic-backend';

type Answer<Output> = Omit<Output, '$metadata'>;

/** A classic load balancer as one describes it. What is left out is what the console sets; nothing drains unless told. */
export const classicLoadBalancerSchema = z.strictObject({
  name: z.string(),
  /** Seconds for which an instance in service finishes its requests after it was deregistered. */
  draining: z.number().nonnegative().optional(),
  healthCheck: z
    .strictObject({
      every: z.number().positive().optional(),
      healthyAfter: z.int().positive().optional(),
      unhealthyAfter: z.int().positive().optional(),
    })
    .optional(),
  instances: z
    .array(
      z.strictObject({
        id: z.string(),
        /** It is out of service though it is well, until it is registered anew. */
        stuck: z.boolean().optional(),
      }),
    )
    .optional(),
  tags: z.record(z.string(), z.string()).optional(),
});
type ClassicDescription = z.infer<typeof classicLoadBalancerSchema>;

interface ClassicLoadBalancer {
  readonly name: string;
  /** Seconds. */
  readonly draining: number;
  readonly check: ClassicHealthCheck;
  readonly tags: Readonly<Record<string, string>>;
  /** By the instance's id. */
  readonly backends: Map<string, ClassicBackend>;
}

/** Classic load balancers of one account, and the instances that they send requests to. */
export class ClassicLoadBalancers {
  readonly #all = new Map<string, ClassicLoadBalancer>();

  constructor(private readonly account: SimulatedAccount) {
    const { cloudwatch, ec2 } = account.services;
    ec2.onChange(({ id }) => {
      for (const { backends } of this.#all.values()) backends.get(id)?.weigh();
    });
    cloudwatch.provide('AWS/ELB', (name, { LoadBalancerName = '', AvailabilityZone }) => {
      const state = { HealthyHostCount: 'InService', UnHealthyHostCount: 'OutOfService' }[name];
      const balancer = this.#all.get(LoadBalancerName);
      if (!balancer || state === undefined) return undefined;
      const inZone = ({ id }: ClassicBackend): boolean =>
        AvailabilityZone === undefined || ec2.instance(id)?.zone === AvailabilityZone;
      return [...balancer.backends.values()].filter((one) => one.state === state && inZone(one)).length;
    });
  }

  /** Adds a load balancer whose instances have long been registered. */
  add(described: ClassicDescription): void {
    const { name, healthCheck = {}, instances = [] } = described;
    const { every = 30, healthyAfter = 10, unhealthyAfter = 2 } = healthCheck;
    const check = { every, healthyAfter, unhealthyAfter };
    const { draining = 0, tags = {} } = described;
    this.#all.set(name, { name, draining, check, tags, backends: new Map() });
    for (const { id, stuck = false } of instances) {
      this.#register(this.#known(name), id, 'settled');
      if (stuck) this.strand(name, id);
    }
  }

  has(name: string): boolean {
    return this.#all.has(name);
  }

  /** The instances that are registered, and whether each is in service. */
  backends(name: string): readonly { readonly id: string; readonly state: string }[] {
    return [...this.#known(name).backends.values()];
  }

  /** The load balancer loses sight of an instance that is well: it stays out of service until it is registered anew. */
  strand(name: string, instance: string): void {
    this.#known(name).backends.get(instance)?.strand();
  }

  /** It sees the instance again by itself. */
  find(name: string, instance: string): void {
    this.#known(name).backends.get(instance)?.find();
  }

  readonly operations = {
    DescribeInstanceHealth: (
      input: sdk.DescribeEndPointStateInput,
    ): Answer<sdk.DescribeInstanceHealthCommandOutput> => {
      const { backends } = this.#known(input.LoadBalancerName);
      const ids = input.Instances?.length ? idsOf(input) : [...backends.keys()];
      return {
        InstanceStates: ids.map((id) => {
          if (!this.account.services.ec2.instance(id)) refuseInstance(id);
          return backends.get(id)?.describe() ?? notRegistered(id);
        }),
      };
    },
    DeregisterInstancesFromLoadBalancer: (
      input: sdk.DeregisterEndPointsInput,
    ): Answer<sdk.DeregisterInstancesFromLoadBalancerCommandOutput> => {
      const balancer = this.#known(input.LoadBalancerName);
      const ids = idsOf(input);
      for (const id of ids) if (!this.account.services.ec2.instance(id)) refuseInstance(id);
      for (const id of ids) balancer.backends.get(id)?.drain(balancer.draining);
      return { Instances: registeredIn(balancer) };
    },
    RegisterInstancesWithLoadBalancer: (
      input: sdk.RegisterEndPointsInput,
    ): Answer<sdk.RegisterInstancesWithLoadBalancerCommandOutput> => {
      const balancer = this.#known(input.LoadBalancerName);
      const ids = idsOf(input);
      for (const id of ids) if (!this.account.services.ec2.instance(id)) refuseInstance(id);
      for (const id of ids) this.#register(balancer, id, 'new');
      return { Instances: registeredIn(balancer) };
    },
    DescribeLoadBalancers: ({
      LoadBalancerNames: names = [],
    }: sdk.DescribeAccessPointsInput): Answer<sdk.DescribeLoadBalancersCommandOutput> => ({
      LoadBalancerDescriptions: names.map((name) => {
        const balancer = this.#known(name);
        return {
          LoadBalancerName: balancer.name,
          Instances: registeredIn(balancer),
          HealthCheck: {
            Target: 'TCP:80',
            Interval: balancer.check.every,
            Timeout: 5,
            HealthyThreshold: balancer.check.healthyAfter,
            UnhealthyThreshold: balancer.check.unhealthyAfter,
          },
        };
      }),
    }),
    DescribeTags: ({
      LoadBalancerNames: names = [],
    }: sdk.DescribeTagsInput): Answer<sdk.DescribeTagsCommandOutput> => ({
      TagDescriptions: names.map((name) => {
        const { tags } = this.#known(name);
        return { LoadBalancerName: name, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
      }),
    }),
  };

  #register({ name, check, backends }: ClassicLoadBalancer, id: string, how: 'new' | 'settled'): void {
    if (backends.has(id)) return;
    const changed = (): void => {
      if (backend.isGone) backends.delete(id);
      this.account.services.cloudwatch.changed('AWS/ELB', { LoadBalancerName: name });
    };
    const backend = new ClassicBackend(this.account, id, check, changed);
    backends.set(id, backend);
    backend.enter(how);
  }

  #known(name: string | undefined): ClassicLoadBalancer {
    const found = this.#all.get(name ?? '');
    if (found) return found;
    throw new Refusal('AccessPointNotFoundException', `There is no ACTIVE Load Balancer named '${String(name)}'`);
  }
}

function idsOf({ Instances = [] }: { readonly Instances?: sdk.Instance[] | undefined }): string[] {
  return Instances.map(({ InstanceId = '' }) => InstanceId);
}

function registeredIn({ backends }: ClassicLoadBalancer): sdk.Instance[] {
  return [...backends.values()].filter(({ isDraining }) => !isDraining).map(({ id }) => ({ InstanceId: id }));
}

function notRegistered(InstanceId: string): sdk.InstanceState {
  const Description = 'Instance is not currently registered with the LoadBalancer.';
  return { InstanceId, State: 'OutOfService', ReasonCode: 'Instance', Description };
}

function refuseInstance(id: string): never {
  throw new Refusal('InvalidEndPointException', `Could not find EC2 instance ${id}.`);
}
