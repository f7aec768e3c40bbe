import type * as sdk from '@aws-sdk/client-ecs';
import { z } from 'zod';
import { page } from '../page';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';

/** A container instance as a description of an account writes it. */
export const containerInstanceSchema = z.strictObject({
  cluster: z.string().regex(/^[\w-]{1,255}$/),
  /** 32 hexadecimal digits. */
  id: z.string().regex(/^[0-9a-f]{32}$/, 'a container instance has 32 hexadecimal digits'),
  /** Id of its EC2 instance. */
  instance: z.string(),
  agent: z.enum(['connected', 'lost']).default('connected'),
  status: z.enum(['ACTIVE', 'DRAINING']).default('ACTIVE'),
  tags: z.record(z.string(), z.string()).default({}),
});

export interface ContainerInstance extends Omit<z.infer<typeof containerInstanceSchema>, 'agent' | 'status'> {
  readonly arn: string;
  agent: 'connected' | 'lost';
  status: 'ACTIVE' | 'DRAINING';
  version: number;
}

/** What an instance has to give; what tasks take of it is not kept here. */
const resources = [
  { name: 'CPU', type: 'INTEGER', integerValue: 2048 },
  { name: 'MEMORY', type: 'INTEGER', integerValue: 3767 },
];

type Answer<Output> = Omit<Output, '$metadata'>;

/** Instances that tasks of a cluster are put on. */
export class ContainerInstances {
  readonly #instances = new Map<string, ContainerInstance>();

  constructor(
    private readonly account: SimulatedAccount,
    private readonly drained: (instance: ContainerInstance) => void,
    private readonly tasksOn: (instance: ContainerInstance) => number,
    private readonly clusterOf: (given: string | undefined) => string,
  ) {}

  readonly operations = {
    ListContainerInstances: (
      input: sdk.ListContainerInstancesCommandInput,
    ): Answer<sdk.ListContainerInstancesCommandOutput> => {
      const cluster = this.clusterOf(input.cluster);
      const found = this.inCluster(cluster).filter(
        ({ status }) => input.status === undefined || status === input.status,
      );
      const limit = Math.min(input.maxResults ?? 100, this.account.pageSize);
      const { items, next } = page(found, limit, input.nextToken, 'InvalidParameterException');
      return { containerInstanceArns: items.map(({ arn }) => arn), ...(next !== undefined && { nextToken: next }) };
    },
    DescribeContainerInstances: (
      input: sdk.DescribeContainerInstancesCommandInput,
    ): Answer<sdk.DescribeContainerInstancesCommandOutput> => {
      const cluster = this.clusterOf(input.cluster);
      const asked = (input.containerInstances ?? []).map((given) => ({ given, found: this.find(cluster, given) }));
      return {
        containerInstances: asked.flatMap(({ found }) => (found ? [this.#described(found, input.include)] : [])),
        failures: asked.flatMap(({ given, found }) => (found ? [] : [{ arn: given, reason: 'MISSING' }])),
      };
    },
    UpdateContainerInstancesState: (
      input: sdk.UpdateContainerInstancesStateCommandInput,
    ): Answer<sdk.UpdateContainerInstancesStateCommandOutput> => {
      const cluster = this.clusterOf(input.cluster);
      const { status } = input;
      if (status !== 'ACTIVE' && status !== 'DRAINING') {
        throw new Refusal('InvalidParameterException', 'Container instance status should be one of [DRAINING,ACTIVE]');
      }
      const asked = (input.containerInstances ?? []).map((given) => ({ given, found: this.find(cluster, given) }));
      for (const { found } of asked) {
        if (!found || found.status === status) continue;
        found.status = status;
        this.#tell(found);
        if (status === 'DRAINING') this.drained(found);
      }
      return {
        containerInstances: asked.flatMap(({ found }) => (found ? [this.#described(found)] : [])),
        failures: asked.flatMap(({ given, found }) => (found ? [] : [{ arn: given, reason: 'MISSING' }])),
      };
    },
  };

  /** Adds one, as if it had always been there, or replaces the one of that id. */
  add(described: z.input<typeof containerInstanceSchema>): void {
    const one = containerInstanceSchema.parse(described);
    const arn = this.account.arn('ecs', `container-instance/${one.cluster}/${one.id}`);
    this.#instances.set(arn, { ...one, arn, version: 1 });
  }

  inCluster(cluster: string): ContainerInstance[] {
    return [...this.#instances.values()].filter((one) => one.cluster === cluster);
  }

  /** By its id or its ARN. */
  find(cluster: string, given: string): ContainerInstance | undefined {
    return this.inCluster(cluster).find(({ id, arn }) => id === given || arn === given);
  }

  /** Its agent connects, or is lost: ECS then hears nothing of what becomes of its tasks. */
  setAgent(id: string, agent: 'connected' | 'lost'): void {
    const found = [...this.#instances.values()].find((one) => one.id === id);
    if (!found) throw new Error(`there is no container instance ${id}`);
    if (found.agent === agent) return;
    found.agent = agent;
    this.#tell(found);
  }

  #tell(one: ContainerInstance): void {
    one.version += 1;
    this.account.bus.emit('aws.ecs', 'ECS Container Instance State Change', [one.arn], {
      agentConnected: one.agent === 'connected',
      clusterArn: this.account.arn('ecs', `cluster/${one.cluster}`),
      containerInstanceArn: one.arn,
      ec2InstanceId: one.instance,
      status: one.status,
      version: one.version,
      versionInfo: { agentVersion: '1.98.0', dockerVersion: 'DockerVersion: 25.0.8' },
      registeredResources: resources,
      remainingResources: resources,
      updatedAt: new Date(this.account.clock.now()).toISOString(),
    });
  }

  #described(one: ContainerInstance, include: readonly string[] = []): sdk.ContainerInstance {
    return {
      containerInstanceArn: one.arn,
      ec2InstanceId: one.instance,
      status: one.status,
      agentConnected: one.agent === 'connected',
      runningTasksCount: this.tasksOn(one),
      pendingTasksCount: 0,
      version: one.version,
      ...(include.includes('TAGS') && { tags: Object.entries(one.tags).map(([key, value]) => ({ key, value })) }),
    };
  }
}
