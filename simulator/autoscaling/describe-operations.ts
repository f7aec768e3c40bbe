import type * as sdk from '@aws-sdk/client-auto-scaling';
import { page } from '../page';
import { describeGroup, describeInstance, describeTags } from './answer';
import { invalid } from './refusal';
import { describeActivity } from './scaling-activity';
import type { ScalingGroup } from './scaling-group';

type Answer<Output> = Omit<Output, '$metadata'>;

/** Where groups are found. */
export interface GroupBook {
  all(): readonly ScalingGroup[];
  find(name: string): ScalingGroup | undefined;
  groupOf(instanceId: string): ScalingGroup | undefined;
  /** Refuses a name that no group has. */
  known(name: string | undefined): ScalingGroup;
  /** The most items of a page. */
  pageSize(): number;
}

/** What Auto Scaling tells of its groups, by operation. */
export interface DescribeOperations {
  DescribeAutoScalingGroups(
    input: sdk.DescribeAutoScalingGroupsCommandInput,
  ): Answer<sdk.DescribeAutoScalingGroupsCommandOutput>;
  DescribeAutoScalingInstances(
    input: sdk.DescribeAutoScalingInstancesCommandInput,
  ): Answer<sdk.DescribeAutoScalingInstancesCommandOutput>;
  DescribeScalingActivities(
    input: sdk.DescribeScalingActivitiesCommandInput,
  ): Answer<sdk.DescribeScalingActivitiesCommandOutput>;
  DescribeInstanceRefreshes(
    input: sdk.DescribeInstanceRefreshesCommandInput,
  ): Answer<sdk.DescribeInstanceRefreshesCommandOutput>;
  DescribePolicies(input: sdk.DescribePoliciesCommandInput): Answer<sdk.DescribePoliciesCommandOutput>;
  DescribeLifecycleHooks(
    input: sdk.DescribeLifecycleHooksCommandInput,
  ): Answer<sdk.DescribeLifecycleHooksCommandOutput>;
  DescribeTags(input: sdk.DescribeTagsCommandInput): Answer<sdk.DescribeTagsCommandOutput>;
}

/** Answers them from the book. */
export function describeOperations(book: GroupBook): DescribeOperations {
  const paged = <T>(items: readonly T[], size: number | undefined, token: string | undefined) =>
    page(items, Math.min(size ?? 50, book.pageSize()), token, 'InvalidNextToken');
  return {
    DescribeAutoScalingGroups: (
      input: sdk.DescribeAutoScalingGroupsCommandInput,
    ): Answer<sdk.DescribeAutoScalingGroupsCommandOutput> => {
      const names = input.AutoScalingGroupNames;
      // A name that no group has is no error here: it is left out of the answer.
      const named = names?.length ? names.map((name) => book.find(name)) : book.all();
      const found = named.filter((group) => group !== undefined).filter((group) => fits(group, input.Filters));
      const { items, next } = paged(found, input.MaxRecords, input.NextToken);
      return { AutoScalingGroups: items.map(describeGroup), NextToken: next };
    },
    DescribeAutoScalingInstances: (
      input: sdk.DescribeAutoScalingInstancesCommandInput,
    ): Answer<sdk.DescribeAutoScalingInstancesCommandOutput> => {
      const ids = input.InstanceIds?.length
        ? input.InstanceIds
        : book.all().flatMap((group) => [...group.members.keys()]);
      const found = ids.flatMap((id) => {
        const group = book.groupOf(id);
        const member = group?.members.get(id);
        return group && member ? [describeInstance(group, member)] : [];
      });
      const { items, next } = paged(found, input.MaxRecords, input.NextToken);
      return { AutoScalingInstances: items, NextToken: next };
    },
    DescribeScalingActivities: (
      input: sdk.DescribeScalingActivitiesCommandInput,
    ): Answer<sdk.DescribeScalingActivitiesCommandOutput> => {
      const name = input.AutoScalingGroupName;
      const groups = name === undefined ? book.all() : [book.known(name)];
      const newestFirst = groups.flatMap(({ activities }) => activities).toReversed();
      const ids = input.ActivityIds;
      const found = ids?.length ? newestFirst.filter(({ id }) => ids.includes(id)) : newestFirst;
      const { items, next } = paged(found, input.MaxRecords, input.NextToken);
      return { Activities: items.map(describeActivity), NextToken: next };
    },
    DescribeInstanceRefreshes: (
      input: sdk.DescribeInstanceRefreshesCommandInput,
    ): Answer<sdk.DescribeInstanceRefreshesCommandOutput> => {
      const { refreshes } = book.known(input.AutoScalingGroupName);
      const ids = input.InstanceRefreshIds;
      const found = refreshes.filter(({ InstanceRefreshId: id = '' }) => !ids?.length || ids.includes(id)).reverse();
      const { items, next } = paged(found, input.MaxRecords, input.NextToken);
      return { InstanceRefreshes: items, NextToken: next };
    },
    DescribePolicies: (input: sdk.DescribePoliciesCommandInput): Answer<sdk.DescribePoliciesCommandOutput> => {
      const name = input.AutoScalingGroupName;
      const groups = name === undefined ? book.all() : [book.known(name)];
      const found = groups.flatMap(({ policies }) => policies);
      const { items, next } = paged(found, input.MaxRecords, input.NextToken);
      return { ScalingPolicies: items, NextToken: next };
    },
    DescribeLifecycleHooks: (
      input: sdk.DescribeLifecycleHooksCommandInput,
    ): Answer<sdk.DescribeLifecycleHooksCommandOutput> => ({
      LifecycleHooks: [...book.known(input.AutoScalingGroupName).hooks],
    }),
    DescribeTags: (input: sdk.DescribeTagsCommandInput): Answer<sdk.DescribeTagsCommandOutput> => {
      const wanted = input.Filters?.find(({ Name }) => Name === 'auto-scaling-group')?.Values;
      const groups = wanted ? wanted.map((name) => book.find(name)) : book.all();
      const tags = groups.flatMap((group) => (group ? describeTags(group) : []));
      const { items, next } = paged(tags, input.MaxRecords, input.NextToken);
      return { Tags: items, NextToken: next };
    },
  };
}

function fits({ tags }: ScalingGroup, filters: readonly sdk.Filter[] | undefined): boolean {
  return (filters ?? []).every(({ Name = '', Values = [] }) => {
    if (Name === 'tag-key') return Values.some((key) => key in tags);
    if (!Name.startsWith('tag:')) throw invalid(`Filter type ${Name} is not correct.`);
    return Values.includes(tags[Name.slice(4)] ?? '');
  });
}
