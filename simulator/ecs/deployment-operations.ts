import type * as sdk from '@aws-sdk/client-ecs';
import { page } from '../page';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import type { Answers } from './answers';
import { serviceDeployments, type Inventory } from './inventory';
import type { Scheduler } from './scheduler';

type Answer<Output> = Omit<Output, '$metadata'>;

/** Operations on the deployments of services, and on their revisions. */
export function deploymentOperations(
  account: SimulatedAccount,
  inventory: Inventory,
  scheduler: Scheduler,
  answers: Answers,
): Readonly<Record<string, (input: never) => object>> {
  return {
    ListServiceDeployments: (
      input: sdk.ListServiceDeploymentsCommandInput,
    ): Answer<sdk.ListServiceDeploymentsCommandOutput> => {
      const service = inventory.known(input.cluster, input.service);
      const wanted = input.status ?? [];
      const found = serviceDeployments(service).filter(({ status }) => wanted.length === 0 || wanted.includes(status));
      const { items, next } = page(
        found,
        Math.min(input.maxResults ?? 20, account.pageSize),
        input.nextToken,
        'InvalidParameterException',
      );
      return {
        serviceDeployments: items.map((one) => {
          const {
            deploymentConfiguration: _,
            sourceServiceRevisions: _revisions,
            targetServiceRevision,
            ...brief
          } = answers.serviceDeployment(service, one);
          return { ...brief, targetServiceRevisionArn: targetServiceRevision?.arn };
        }),
        ...(next !== undefined && { nextToken: next }),
      };
    },
    DescribeServiceDeployments: (
      input: sdk.DescribeServiceDeploymentsCommandInput,
    ): Answer<sdk.DescribeServiceDeploymentsCommandOutput> => {
      const asked = (input.serviceDeploymentArns ?? []).map((arn) => ({ arn, found: inventory.deployment(arn) }));
      return {
        serviceDeployments: asked.flatMap(({ found }) =>
          found ? [answers.serviceDeployment(found.service, found.deployment)] : [],
        ),
        failures: asked.flatMap(({ arn, found }) => (found ? [] : [{ arn, reason: 'MISSING' }])),
      };
    },
    DescribeServiceRevisions: (
      input: sdk.DescribeServiceRevisionsCommandInput,
    ): Answer<sdk.DescribeServiceRevisionsCommandOutput> => {
      const asked = (input.serviceRevisionArns ?? []).map((arn) => ({ arn, found: inventory.revision(arn) }));
      return {
        serviceRevisions: asked.flatMap(({ arn, found }) =>
          found
            ? [
                {
                  serviceRevisionArn: arn,
                  serviceArn: found.service.arn,
                  taskDefinition: answers.taskDefinition(found.taskDefinition),
                },
              ]
            : [],
        ),
        failures: asked.flatMap(({ arn, found }) => (found ? [] : [{ arn, reason: 'MISSING' }])),
      };
    },
    StopServiceDeployment: (
      input: sdk.StopServiceDeploymentCommandInput,
    ): Answer<sdk.StopServiceDeploymentCommandOutput> => {
      const found = inventory.deployment(input.serviceDeploymentArn ?? '');
      if (!found)
        throw new Refusal(
          'ServiceDeploymentNotFoundException',
          'The service deploy ARN that you specified was not found.',
        );
      const { service, deployment } = found;
      if (deployment.status !== 'IN_PROGRESS') {
        throw new Refusal('ConflictException', `The service deployment is ${deployment.status}.`);
      }
      if ((input.stopType ?? 'ROLLBACK') === 'ROLLBACK') scheduler.rollBack(service, deployment);
      else Object.assign(deployment, { status: 'STOPPED', finishedAt: account.clock.now() });
      return { serviceDeploymentArn: input.serviceDeploymentArn };
    },
  };
}
