import type * as sdk from '@aws-sdk/client-cloudwatch-logs';
import { functionName } from './lambda/permissions';
import {
  logGroupMetric,
  logGroupSchema,
  retentions,
  type LogGroup,
  type LogGroupInput,
  type LogsHappening,
} from './logs/log-group';
import { page } from './page';
import { Refusal } from './refusal';
import { tellOfCall } from './trail';
import type { SimulatedAccount } from './world';

const day = 24 * 60 * 60_000;
const mostFilters = 2;

/** CloudWatch Logs of one account: log groups, what they keep, and where they deliver it. */
export class Logs {
  readonly #groups = new Map<string, LogGroup>();
  readonly #described = new Map<string, LogGroupInput>();
  /** ARNs of destinations that take nothing. */
  readonly #failing = new Set<string>();

  constructor(private readonly account: SimulatedAccount) {
    account.services.cloudwatch.provide('AWS/Logs', (name, { LogGroupName = '', FilterName }) => {
      const group = this.#groups.get(LogGroupName);
      return group && logGroupMetric(name, group, FilterName, (destination) => !this.#failing.has(destination));
    });
  }

  readonly operations = {
    DescribeLogGroups: (input: sdk.DescribeLogGroupsRequest): sdk.DescribeLogGroupsResponse => {
      const prefix = input.logGroupNamePrefix ?? '';
      const found = [...this.#groups.values()].filter(({ name }) => name.startsWith(prefix));
      const limit = Math.min(input.limit ?? 50, this.account.pageSize);
      const { items, next } = page(found.sort(byName), limit, input.nextToken, 'InvalidParameterException');
      return {
        logGroups: items.map(({ name, arn, retention, createdAt, kmsKeyId }) => ({
          logGroupName: name,
          arn: `${arn}:*`,
          logGroupArn: arn,
          creationTime: createdAt,
          storedBytes: 0,
          metricFilterCount: 0,
          ...(retention !== undefined && { retentionInDays: retention }),
          ...(kmsKeyId !== undefined && { kmsKeyId }),
        })),
        nextToken: next,
      };
    },
    CreateLogGroup: (input: sdk.CreateLogGroupRequest): Record<string, never> => {
      const parsed = logGroupSchema.safeParse({ name: input.logGroupName, tags: input.tags ?? {}, ageDays: 0 });
      if (!parsed.success) throw invalid(`'logGroupName' is not valid`);
      if (this.#groups.has(parsed.data.name)) {
        throw new Refusal('ResourceAlreadyExistsException', 'The specified log group already exists');
      }
      this.#put(parsed.data, input.kmsKeyId);
      return {};
    },
    PutRetentionPolicy: (input: sdk.PutRetentionPolicyRequest): Record<string, never> => {
      const group = this.#known(input.logGroupName);
      const { retentionInDays: days = 0 } = input;
      if (!retentions.includes(days))
        throw invalid(`1 validation error detected: Value '${days}' at 'retentionInDays'`);
      group.retention = days;
      return {};
    },
    DescribeSubscriptionFilters: (
      input: sdk.DescribeSubscriptionFiltersRequest,
    ): sdk.DescribeSubscriptionFiltersResponse => {
      const { name: logGroupName, filters, createdAt } = this.#known(input.logGroupName);
      const found = filters.filter(({ name }) => name.startsWith(input.filterNamePrefix ?? ''));
      const limit = Math.min(input.limit ?? 50, this.account.pageSize);
      const { items, next } = page(found, limit, input.nextToken, 'InvalidParameterException');
      return {
        subscriptionFilters: items.map(({ name, pattern, destination, role }) => ({
          filterName: name,
          logGroupName,
          filterPattern: pattern,
          destinationArn: destination,
          distribution: 'ByLogStream',
          creationTime: createdAt,
          ...(role !== undefined && { roleArn: role }),
        })),
        nextToken: next,
      };
    },
    PutSubscriptionFilter: (input: sdk.PutSubscriptionFilterRequest): Record<string, never> => {
      const group = this.#known(input.logGroupName);
      const { filterName: name = '', filterPattern: pattern = '', destinationArn: destination = '', roleArn } = input;
      const others = group.filters.filter((filter) => filter.name !== name);
      if (others.length >= mostFilters) throw new Refusal('LimitExceededException', 'Resource limit exceeded.');
      this.#test(destination, roleArn, group);
      group.filters = [...others, { name, pattern, destination, role: roleArn }];
      this.#changed(group.name);
      return {};
    },
    ListTagsForResource: ({ resourceArn = '' }: sdk.ListTagsForResourceRequest): sdk.ListTagsForResourceResponse => {
      const group = [...this.#groups.values()].find(({ arn }) => arn === resourceArn);
      if (!group) throw new Refusal('ResourceNotFoundException', 'The specified resource does not exist.');
      return { tags: { ...group.tags } };
    },
  };

  /** Adds a log group, as if it had always been there, or replaces the one of that name. */
  add(input: LogGroupInput): void {
    this.#described.set(input.name, input);
    this.#put(logGroupSchema.parse(input), undefined);
  }

  holds(name: string): boolean {
    return this.#groups.has(name);
  }

  /** Takes from a log group what it delivers, or how long it keeps what is written to it, without a word. */
  strip(name: string, of: 'filters' | 'retention'): void {
    const group = this.#known(name);
    if (of === 'filters') group.filters = [];
    else group.retention = undefined;
    this.#changed(name);
  }

  /** Makes it as it was described, without a word; false where none of that name was. */
  giveBack(name: string): boolean {
    const described = this.#described.get(name);
    if (described) this.add(described);
    return described !== undefined;
  }

  /** Takes a log group away without a word. */
  forget(name: string): void {
    this.#groups.delete(name);
  }

  /** Lets something befall a log group, and CloudTrail tell of it; a name that there is not is a mistake of whoever described it. */
  befall(happening: LogsHappening): void {
    if ('destination' in happening) {
      if (happening.is === 'failing') this.#failing.add(happening.destination);
      else this.#failing.delete(happening.destination);
      this.account.services.cloudwatch.changed('AWS/Logs');
      return;
    }
    const group = this.#known('delete' in happening ? happening.delete : groupOf(happening));
    if ('delete' in happening) {
      this.#groups.delete(group.name);
      tellOfCall(this.account, 'logs', 'DeleteLogGroup', { logGroupName: group.name });
    } else if ('deleteFilter' in happening) {
      const { deleteFilter: filterName } = happening;
      group.filters = group.filters.filter(({ name }) => name !== filterName);
      tellOfCall(this.account, 'logs', 'DeleteSubscriptionFilter', { logGroupName: group.name, filterName });
    } else {
      group.retention = undefined;
      tellOfCall(this.account, 'logs', 'DeleteRetentionPolicy', { logGroupName: group.name });
    }
    this.#changed(group.name);
  }

  #put({ ageDays, ...described }: ReturnType<typeof logGroupSchema.parse>, kmsKeyId: string | undefined): void {
    const arn = this.account.arn('logs', `log-group:${described.name}`);
    this.#groups.set(described.name, {
      ...described,
      arn,
      kmsKeyId,
      createdAt: this.account.clock.now() - ageDays * day,
    });
    this.#changed(described.name);
  }

  /** CloudWatch Logs sends a message to the destination before it takes the filter. */
  #test(destination: string, role: string | undefined, { arn }: LogGroup): void {
    const isFunction = destination.includes(':lambda:');
    // A destination of Logs puts on a role of its own.
    const hasItsOwn = isFunction || destination.includes(':destination:');
    if (!hasItsOwn && role === undefined) throw invalid('The role ARN must be given for this destination');
    const name = functionName(destination);
    const { lambda } = this.account.services;
    const mayCall = !lambda.holds(name) || lambda.permissions.permits(name, 'logs.amazonaws.com', `${arn}:*`);
    if (this.#failing.has(destination) || (isFunction && !mayCall)) {
      throw invalid(
        isFunction
          ? 'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.'
          : 'Could not deliver test message to specified destination. Check if the destination is valid.',
      );
    }
  }

  #changed(LogGroupName: string): void {
    this.account.services.cloudwatch.changed('AWS/Logs', { LogGroupName });
  }

  #known(name = ''): LogGroup {
    const found = this.#groups.get(name);
    if (!found) throw new Refusal('ResourceNotFoundException', 'The specified log group does not exist.');
    return found;
  }
}

function groupOf(happening: { readonly of: string } | { readonly deleteRetention: string }): string {
  return 'of' in happening ? happening.of : happening.deleteRetention;
}

function byName(one: LogGroup, other: LogGroup): number {
  return one.name < other.name ? -1 : 1;
}

function invalid(message: string): Refusal {
  return new Refusal('InvalidParameterException', message);
}
