import type * as sdk from '@aws-sdk/client-ecs';
import { page } from '../page';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import type { Answers } from './answers';
import { type Inventory } from './inventory';
import type { Scheduler } from './scheduler';

type Answer<Output> = Omit<Output, '$metadata'>;

/** Operations on tasks. */
export function taskOperations(
  account: SimulatedAccount,
  inventory: Inventory,
  scheduler: Scheduler,
  answers: Answers,
): Readonly<Record<string, (input: never) => object>> {
  return {
    ListTasks: (input: sdk.ListTasksCommandInput): Answer<sdk.ListTasksCommandOutput> => {
      const found = inventory.taskArns(input);
      const { items, next } = page(
        found,
        Math.min(input.maxResults ?? 100, account.pageSize),
        input.nextToken,
        'InvalidParameterException',
      );
      return { taskArns: items, ...(next !== undefined && { nextToken: next }) };
    },
    DescribeTasks: (input: sdk.DescribeTasksCommandInput): Answer<sdk.DescribeTasksCommandOutput> => {
      const asked = (input.tasks ?? []).map((given) => ({ given, found: inventory.task(input.cluster, given) }));
      return {
        tasks: asked.flatMap(({ found }) => (found ? [answers.task(found.service, found.task)] : [])),
        failures: asked.flatMap(({ given, found }) => (found ? [] : [{ arn: given, reason: 'MISSING' }])),
      };
    },
    GetTaskProtection: (input: sdk.GetTaskProtectionCommandInput): Answer<sdk.GetTaskProtectionCommandOutput> => {
      const asked = (input.tasks ?? []).map((given) => ({ given, found: inventory.task(input.cluster, given) }));
      return {
        protectedTasks: asked.flatMap(({ found }) =>
          found
            ? [
                {
                  taskArn: answers.taskArn(found.service, found.task),
                  protectionEnabled: found.task.isProtected,
                },
              ]
            : [],
        ),
        failures: asked.flatMap(({ given, found }) => (found ? [] : [{ arn: given, reason: 'TASK_NOT_VALID' }])),
      };
    },
    StopTask: (input: sdk.StopTaskCommandInput): Answer<sdk.StopTaskCommandOutput> => {
      const found = inventory.task(input.cluster, input.task ?? '');
      if (!found) throw new Refusal('InvalidParameterException', 'The referenced task was not found.');
      scheduler.stop(found.service, found.task, 'UserInitiated', input.reason ?? 'Task stopped by user');
      return { task: answers.task(found.service, found.task) };
    },
  };
}
