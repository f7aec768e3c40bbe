import type { Deployment as Described, Service as DescribedService, Tag } from '@aws-sdk/client-ecs';
import { plainText } from '../../signals/plain-text';
import type { EpochMillis } from '../../signals/signal';
import type { Calls } from '../aws';

/** A set of tasks of one task definition, as a service shows it. */
export interface Deployment {
  /** `ecs-svc/…`. */
  readonly id: string;
  /** The one whose tasks there should be; others end. */
  readonly isPrimary: boolean;
  readonly taskDefinition: string;
  readonly createdAt: EpochMillis;
  /** `COMPLETED`, `IN_PROGRESS` or `FAILED`; a service whose deployments ECS does not carry out has none. */
  readonly rollout: string | undefined;
}

/** An ECS service, as far as healing it needs. */
export interface Service {
  readonly kind: 'service';
  /** `cluster/name`. */
  readonly id: string;
  readonly cluster: string;
  readonly name: string;
  readonly arn: string;
  /** Number of tasks that there should be. */
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  /** Who carries out its deployments: `ECS`, `CODE_DEPLOY` or `EXTERNAL`. */
  readonly controller: string;
  /** `REPLICA`, or `DAEMON`: one task on each instance. */
  readonly strategy: string;
  /** Percent of `desired` that a deployment keeps running, and that it may reach. */
  readonly minPercent: number;
  readonly maxPercent: number;
  /** The primary first. */
  readonly deployments: readonly Deployment[];
  readonly tags: Readonly<Record<string, string>>;
}

/** The action of `readService`. */
export const serviceReads = ['ecs:DescribeServices'] as const;
type Reads = Calls<(typeof serviceReads)[number]>;

/** Cluster and name of a service by its id; undefined when the text is none. */
export function serviceParts(id: string): { readonly cluster: string; readonly name: string } | undefined {
  const [, cluster, name] = /^([\w-]{1,255})\/([\w-]{1,255})$/.exec(id) ?? [];
  return cluster === undefined || name === undefined ? undefined : { cluster, name };
}

/** Reads a service; `absent` when there is none, or it is deleted. Throws when the answer makes no sense. */
export async function readService(id: string, aws: Reads): Promise<Service | { readonly kind: 'absent' }> {
  const parts = serviceParts(id);
  if (!parts) throw new Error(`${plainText(id)} is not the cluster and name of a service`);
  try {
    const { services = [], failures = [] } = await aws.ecs.describeServices({
      cluster: parts.cluster,
      services: [parts.name],
      include: ['TAGS'],
    });
    const found = services.find(({ serviceName }) => serviceName === parts.name);
    if (found) return found.status === 'INACTIVE' ? { kind: 'absent' } : service(id, parts, found);
    if (failures.some(({ reason }) => reason === 'MISSING')) return { kind: 'absent' };
    throw new Error(`ECS answered nothing about ${id}`);
  } catch (error) {
    if (error instanceof Error && error.name === 'ClusterNotFoundException') return { kind: 'absent' };
    throw error;
  }
}

/** The service; or why there is none to do something to, in one line. */
export async function serviceOrReason(id: string, aws: Reads): Promise<Service | string> {
  if (!serviceParts(id)) return `${plainText(id)} is not the cluster and name of a service`;
  const found = await readService(id, aws);
  return found.kind === 'absent' ? `${id} no longer exists` : found;
}

function service(
  id: string,
  parts: { readonly cluster: string; readonly name: string },
  given: DescribedService,
): Service {
  const { serviceArn: arn, desiredCount: desired, runningCount: running, pendingCount: pending = 0 } = given;
  const { deploymentController, schedulingStrategy: strategy = 'REPLICA', tags = [] } = given;
  const { deployments: told = [] } = given;
  const deployments = told.flatMap((one) => deployment(one) ?? []);
  if (!arn || desired === undefined || running === undefined || deployments.length !== told.length) {
    throw new Error(`ECS answered ${id} without its ARN, its counts, or all of its deployments`);
  }
  // What ECS takes where a service says nothing.
  const { minimumHealthyPercent: minPercent = 100, maximumPercent: maxPercent = 200 } =
    given.deploymentConfiguration ?? {};
  return {
    kind: 'service',
    id,
    ...parts,
    arn,
    desired,
    running,
    pending,
    controller: deploymentController?.type ?? 'ECS',
    strategy,
    minPercent,
    maxPercent,
    deployments: [...deployments].sort((one, other) => Number(other.isPrimary) - Number(one.isPrimary)),
    tags: tagsOf(tags),
  };
}

function tagsOf(tags: readonly Tag[]): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value]));
}

function deployment({
  id,
  status,
  taskDefinition,
  createdAt,
  rolloutState: rollout,
}: Described): Deployment | undefined {
  if (!id || !taskDefinition || !createdAt) return undefined;
  return { id, isPrimary: status === 'PRIMARY', taskDefinition, createdAt: createdAt.getTime(), rollout };
}

/** The deployment whose tasks there should be. Throws where there is none: such a service is not ECS's to deploy. */
export function primaryOf({ id, deployments }: Service): Deployment {
  const found = deployments.find(({ isPrimary }) => isPrimary);
  if (!found) throw new Error(`ECS shows no primary deployment of ${id}`);
  return found;
}

/** What is under way in it, in one line. */
export function workOnService(service: Service): string | undefined {
  const { id, deployments } = service;
  const rolling = deployments.find(({ rollout }) => rollout === 'IN_PROGRESS');
  if (rolling) return `a deployment of ${id} is in progress (${rolling.id})`;
  // Where the latest is given up, tasks of an earlier one stay.
  if (isGivenUp(service)) return undefined;
  return deployments.length > 1 ? `tasks of an earlier deployment of ${id} still end` : undefined;
}

/** Whether ECS has given its latest deployment up: it begins no task of that any more, whatever ends. */
export function isGivenUp({ deployments }: Service): boolean {
  return deployments.some(({ isPrimary, rollout }) => isPrimary && rollout === 'FAILED');
}

/** Says so when ECS would begin no task of it, neither a further one nor one in the place of another. */
export function startsNoTask(service: Service): string | undefined {
  if (!isGivenUp(service)) return undefined;
  return `ECS has given up the latest deployment of ${service.id}, and begins no task of it: take it back, or deploy it anew`;
}

/** Whether it may run neither a task more nor one less than it should, so that ECS can exchange none: it rounds the least up, and the most down. */
export function isStuck({ desired, minPercent, maxPercent }: Service): boolean {
  const least = Math.ceil((desired * minPercent) / 100);
  const most = Math.floor((desired * maxPercent) / 100);
  return least >= desired && most <= desired;
}

/** `family:revision` of the ARN of a task definition. */
export function revisionOf(taskDefinition: string): string {
  return taskDefinition.split('/').at(-1) ?? taskDefinition;
}
