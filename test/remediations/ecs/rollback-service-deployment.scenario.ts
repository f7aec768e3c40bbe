import type { EcsServiceInput } from '../../../simulator/ecs/service';
import type { Scenario } from '../scenario';
import { checkout, sicken } from './service';

const deployed = (described: EcsServiceInput['deployed']): Scenario => ({
  condition: 'service-erroring',
  // Only a policy that names the roles of the tasks lets a task definition be deployed.
  parameters: { taskRoles: ['checkout-task'] },
  takes: 240,
  build(bench) {
    const service = checkout(bench, { taskDefinition: 'checkout:8', deployed: described });
    sicken(bench, { endsWith: 'rollback', how: described?.underWay ? 'dying' : 'unhealthy' });
    return service;
  },
});

/** What it is held to its contract with: what is over is deployed back, what goes on is stopped. */
export const scenarios: readonly Scenario[] = [
  deployed({ before: 'checkout:7', minutesAgo: 20 }),
  deployed({ before: 'checkout:7', minutesAgo: 1, underWay: true }),
];
