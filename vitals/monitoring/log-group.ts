import { partitionOf } from '../../signals/cloudwatch-alarm/alarm-diagnosis';
import type { EpochMillis, Resource } from '../../signals/signal';
import { orAbsent } from '../absent';
import type { Calls } from '../aws';
import { everyItem } from '../pages';

/** Where a log group sends a part of what is written to it. */
export interface SubscriptionFilter {
  readonly name: string;
  /** Empty: all of it. */
  readonly pattern: string;
  readonly destination: string;
  readonly role: string | undefined;
}

export type LogGroup =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'found';
      readonly name: string;
      readonly createdAt: EpochMillis;
      /** Days; undefined where it keeps everything for ever. */
      readonly retention: number | undefined;
      readonly filters: readonly SubscriptionFilter[];
    };

/** The actions of `readLogGroup`. */
export const logGroupReads = ['logs:DescribeLogGroups', 'logs:DescribeSubscriptionFilters'] as const;

/** Whether the text can be the name of a log group. */
export function isLogGroupName(text: string): boolean {
  return /^[\w.\-/#]{1,512}$/.test(text);
}

/** Its ARN as IAM and tags know it, without the `:*` of its streams. */
export function logGroupArn({ id, account, region }: Resource): string {
  return `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:${id}`;
}

/** Reads a log group and all its subscription filters. */
export async function readLogGroup(name: string, aws: Calls<(typeof logGroupReads)[number]>): Promise<LogGroup> {
  const groups = await everyItem(
    async ({ NextToken: nextToken }) => {
      const page = await aws.logs.describeLogGroups({ logGroupNamePrefix: name, ...(nextToken && { nextToken }) });
      return { logGroups: page.logGroups, NextToken: page.nextToken };
    },
    ({ logGroups }) => logGroups,
  );
  const group = groups.find(({ logGroupName }) => logGroupName === name);
  if (!group) return { kind: 'absent' };
  if (group.creationTime === undefined) throw new Error(`CloudWatch Logs does not say when ${name} was created`);
  return {
    kind: 'found',
    name,
    createdAt: group.creationTime,
    retention: group.retentionInDays,
    filters: await readFilters(name, aws),
  };
}

async function readFilters(
  logGroupName: string,
  aws: Calls<'logs:DescribeSubscriptionFilters'>,
): Promise<readonly SubscriptionFilter[]> {
  const found = await everyItem(
    async ({ NextToken: nextToken }) => {
      const page = await aws.logs.describeSubscriptionFilters({ logGroupName, ...(nextToken && { nextToken }) });
      return { filters: page.subscriptionFilters, NextToken: page.nextToken };
    },
    ({ filters }) => filters,
  );
  return found.map(({ filterName, filterPattern = '', destinationArn, roleArn }) => {
    if (!filterName || !destinationArn) throw new Error(`a filter of ${logGroupName} has no name or destination`);
    return { name: filterName, pattern: filterPattern, destination: destinationArn, role: roleArn };
  });
}

/** Its tags; undefined where there is no such log group. */
export async function readLogGroupTags(
  resource: Resource,
  aws: Calls<'logs:ListTagsForResource'>,
): Promise<Readonly<Record<string, string>> | undefined> {
  const asked = aws.logs.listTagsForResource({ resourceArn: logGroupArn(resource) });
  const answer = await orAbsent('ResourceNotFoundException', asked);
  return answer && (answer.tags ?? {});
}
