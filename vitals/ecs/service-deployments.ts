import type { ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import type { EpochMillis } from '../../signals/signal';
import type { Calls } from '../aws';
import type { Service } from './service';

/** One time that a service was deployed, as ECS keeps it for some months. */
export interface ServiceDeployment {
  readonly arn: string;
  /** `PENDING`, `IN_PROGRESS`, `SUCCESSFUL`, `STOPPED`, `ROLLBACK_IN_PROGRESS`, `ROLLBACK_SUCCESSFUL`, … */
  readonly status: string;
  readonly createdAt: EpochMillis;
  readonly finishedAt: EpochMillis | undefined;
  /** ARN of the revision that it brings. */
  readonly target: string;
}

/** The actions of what is read here. */
export const serviceDeploymentReads = [
  'ecs:ListServiceDeployments',
  'ecs:DescribeServiceDeployments',
  'ecs:DescribeServiceRevisions',
] as const;

/** The latest deployments of a service, the newest first; one page of them. */
export async function readServiceDeployments(
  { cluster, name, id }: Pick<Service, 'cluster' | 'name' | 'id'>,
  aws: Calls<'ecs:ListServiceDeployments'>,
): Promise<readonly ServiceDeployment[]> {
  const { serviceDeployments = [] } = await aws.ecs.listServiceDeployments({ cluster, service: name });
  const read = serviceDeployments.flatMap((given) => brief(given) ?? []);
  if (read.length !== serviceDeployments.length) {
    throw new Error(`ECS answered deployments of ${id} without their ARN, status or time`);
  }
  return [...read].sort((one, other) => other.createdAt - one.createdAt);
}

function brief(given: ServiceDeploymentBrief): ServiceDeployment | undefined {
  const { serviceDeploymentArn: arn, status, createdAt, finishedAt, targetServiceRevisionArn: target } = given;
  if (!arn || !status || !createdAt || !target) return undefined;
  return { arn, status, createdAt: createdAt.getTime(), finishedAt: finishedAt?.getTime(), target };
}

/** Task definitions that a deployment replaced and that it brought, by their ARNs. */
export interface Change {
  readonly before: string;
  readonly after: string;
}

/** What a deployment changed; undefined where ECS tells of no single revision before it. */
export async function readChange(
  { arn, target }: ServiceDeployment,
  aws: Calls<'ecs:DescribeServiceDeployments' | 'ecs:DescribeServiceRevisions'>,
): Promise<Change | undefined> {
  const { serviceDeployments = [] } = await aws.ecs.describeServiceDeployments({ serviceDeploymentArns: [arn] });
  const [source, ...others] = serviceDeployments[0]?.sourceServiceRevisions ?? [];
  if (source?.arn === undefined || others.length > 0) return undefined;
  const { serviceRevisions = [] } = await aws.ecs.describeServiceRevisions({
    serviceRevisionArns: source.arn === target ? [target] : [source.arn, target],
  });
  const definition = (revision: string): string | undefined =>
    serviceRevisions.find(({ serviceRevisionArn }) => serviceRevisionArn === revision)?.taskDefinition;
  const before = definition(source.arn);
  const after = definition(target);
  return before === undefined || after === undefined ? undefined : { before, after };
}
