import { plainText } from '../../signals/plain-text';
import type { Calls } from '../aws';
import { everyItem } from '../pages';

/** An instance that tasks of a cluster are put on. */
export interface ContainerInstance {
  readonly kind: 'container-instance';
  /** `cluster/id`. */
  readonly id: string;
  readonly cluster: string;
  readonly arn: string;
  /** Id of its EC2 instance; undefined of one that is not in EC2. */
  readonly instance: string | undefined;
  /** `ACTIVE`, `DRAINING`, … */
  readonly status: string;
  readonly isConnected: boolean;
  /** Tasks on it, those of services and others. */
  readonly running: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** The action of `readContainerInstance`. */
export const containerInstanceReads = ['ecs:DescribeContainerInstances'] as const;

/** Cluster and id by the id of the resource; undefined when the text is none. */
export function containerInstanceParts(id: string): { readonly cluster: string; readonly own: string } | undefined {
  const [, cluster, own] = /^([\w-]{1,255})\/([0-9a-f-]{32,36})$/.exec(id) ?? [];
  return cluster === undefined || own === undefined ? undefined : { cluster, own };
}

/** Reads one; `absent` when the cluster has it no more. Throws when the answer makes no sense. */
export async function readContainerInstance(
  id: string,
  aws: Calls<'ecs:DescribeContainerInstances'>,
): Promise<ContainerInstance | { readonly kind: 'absent' }> {
  const parts = containerInstanceParts(id);
  if (!parts) throw new Error(`${plainText(id)} is not the cluster and id of a container instance`);
  try {
    const [found] = await describe(parts.cluster, [parts.own], aws);
    return found ?? { kind: 'absent' };
  } catch (error) {
    if (error instanceof Error && error.name === 'ClusterNotFoundException') return { kind: 'absent' };
    throw error;
  }
}

/** The container instance; or why there is none to do something to, in one line. */
export async function instanceOrReason(
  id: string,
  aws: Calls<'ecs:DescribeContainerInstances'>,
): Promise<ContainerInstance | string> {
  if (!containerInstanceParts(id)) return `${plainText(id)} is not the cluster and id of a container instance`;
  const found = await readContainerInstance(id, aws);
  return found.kind === 'absent' ? `${id} is no longer in its cluster` : found;
}

/** The others of its cluster that are active. Those whose agent answers take tasks. */
export async function readOthers(
  { cluster, arn }: ContainerInstance,
  aws: Calls<'ecs:ListContainerInstances' | 'ecs:DescribeContainerInstances'>,
): Promise<readonly ContainerInstance[]> {
  const arns = await everyItem(
    async ({ NextToken }) => {
      const page = await aws.ecs.listContainerInstances({ cluster, status: 'ACTIVE', nextToken: NextToken });
      return { arns: page.containerInstanceArns, NextToken: page.nextToken };
    },
    (page) => page.arns,
  );
  const others = arns.filter((one) => one !== arn);
  const read: ContainerInstance[] = [];
  for (let from = 0; from < others.length; from += 100) {
    read.push(...(await describe(cluster, others.slice(from, from + 100), aws)));
  }
  return read.filter(({ status }) => status === 'ACTIVE');
}

async function describe(
  cluster: string,
  asked: readonly string[],
  aws: Calls<'ecs:DescribeContainerInstances'>,
): Promise<readonly ContainerInstance[]> {
  const { containerInstances = [] } = await aws.ecs.describeContainerInstances({
    cluster,
    containerInstances: [...asked],
    include: ['TAGS'],
  });
  return containerInstances.map((given) => {
    const { containerInstanceArn: arn, status, agentConnected, runningTasksCount: running } = given;
    if (!arn || !status || agentConnected === undefined || running === undefined) {
      throw new Error(`ECS answered a container instance of ${cluster} without its ARN, status, agent or tasks`);
    }
    return {
      kind: 'container-instance' as const,
      id: `${cluster}/${arn.split('/').at(-1) ?? ''}`,
      cluster,
      arn,
      instance: given.ec2InstanceId,
      status,
      isConnected: agentConnected,
      running,
      tags: Object.fromEntries((given.tags ?? []).map(({ key = '', value = '' }) => [key, value])),
    };
  });
}

/** Services, as `cluster/name`, that have tasks on it which are to run; a task of no service is left out. */
export async function readServicesOn(
  { cluster, arn }: Pick<ContainerInstance, 'cluster' | 'arn'>,
  aws: Calls<'ecs:ListTasks' | 'ecs:DescribeTasks'>,
): Promise<readonly string[]> {
  const arns = await everyItem(
    async ({ NextToken }) => {
      const asked = { cluster, containerInstance: arn, desiredStatus: 'RUNNING', nextToken: NextToken } as const;
      const page = await aws.ecs.listTasks(asked);
      return { arns: page.taskArns, NextToken: page.nextToken };
    },
    (page) => page.arns,
  );
  const names: string[] = [];
  for (let from = 0; from < arns.length; from += 100) {
    const { tasks = [] } = await aws.ecs.describeTasks({ cluster, tasks: arns.slice(from, from + 100) });
    names.push(...tasks.flatMap(({ group = '' }) => /^service:(.+)$/.exec(group)?.[1] ?? []));
  }
  return [...new Set(names)].map((name) => `${cluster}/${name}`);
}
