import type { ECS } from '@aws-sdk/client-ecs';
import type { Builders } from './place';

/** Makes a cluster and a service of an emulator with SDK calls. */
export function ecsBuilders(ecs: ECS): Pick<Builders, 'ecsService'> {
  return {
    async ecsService({ tags = {} } = {}) {
      await ecs.createCluster({ clusterName: 'shop' });
      await ecs.registerTaskDefinition({
        family: 'checkout',
        containerDefinitions: [{ name: 'app', image: 'app', memory: 128, essential: true }],
      });
      await ecs.createService({
        cluster: 'shop',
        serviceName: 'checkout',
        taskDefinition: 'checkout:1',
        desiredCount: 1,
        launchType: 'FARGATE',
        tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
      });
    },
  };
}
