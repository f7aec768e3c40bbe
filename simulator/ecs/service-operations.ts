import type * as sdk from '@aws-sdk/client-ecs';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import type { Answers } from './answers';
import { clusterOf, nameOf, type Inventory } from './inventory';
import type { Scheduler } from './scheduler';

type Answer<Output> = Omit<Output, '$metadata'>;

/** Operations on services. */
export function serviceOperations(
  account: SimulatedAccount,
  inventory: Inventory,
  scheduler: Scheduler,
  answers: Answers,
): Readonly<Record<string, (input: never) => object>> {
  return {
    DescribeServices: (input: sdk.DescribeServicesCommandInput): Answer<sdk.DescribeServicesCommandOutput> => {
      const asked = (input.services ?? []).map((given) => ({ given, found: inventory.find(input.cluster, given) }));
      return {
        services: asked.flatMap(({ found }) => (found ? [answers.service(found, input.include)] : [])),
        failures: asked.flatMap(({ given, found }) =>
          found
            ? []
            : [
                {
                  arn: account.arn('ecs', `service/${clusterOf(input.cluster)}/${nameOf(given)}`),
                  reason: 'MISSING',
                },
              ],
        ),
      };
    },
    UpdateService: (input: sdk.UpdateServiceCommandInput): Answer<sdk.UpdateServiceCommandOutput> => {
      const service = inventory.known(input.cluster, input.service);
      if (service.controller !== 'ECS' && (input.forceNewDeployment || input.taskDefinition !== undefined)) {
        throw new Refusal(
          'InvalidParameterException',
          `Unable to update task definition on services with a ${service.controller} deployment controller.`,
        );
      }
      if (input.desiredCount !== undefined) Object.assign(service, { desired: input.desiredCount });
      scheduler.settle(service);
      const wanted = input.taskDefinition === undefined ? undefined : nameOf(input.taskDefinition);
      const current = service.deployments[0]?.taskDefinition ?? service.taskDefinition;
      if (input.forceNewDeployment || (wanted !== undefined && wanted !== current)) {
        scheduler.deploy(service, wanted ?? current);
      }
      return { service: answers.service(service) };
    },
  };
}
