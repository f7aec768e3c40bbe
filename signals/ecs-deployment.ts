import { z } from 'zod';
import { serviceOfArn } from './ecs/resource';
import { plainText } from './plain-text';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';

const name = 'ecs-deployment';

/** Deployments that ECS carries out begin, end and fail; that they fail is told of services with a circuit breaker only. */
export const ecsDeployment = defineSource({
  name,
  pattern: { source: ['aws.ecs'], 'detail-type': ['ECS Deployment State Change'] },
  tells: ['service-deployment-failed'],
  tellsProgress: true,
  detail: z.object({ eventName: nameText, deploymentId: nameText, reason: z.string().optional() }),
  read: ({ eventName, deploymentId, reason }, event) => {
    const [arn] = event.resources;
    const resource = serviceOfArn(arn, event);
    if (!resource) return ignored(`ECS tells ${plainText(eventName, 60)} of no service of a cluster`);
    const told = telling(event, {
      source: name,
      resource,
      fact: `${eventName}/${deploymentId}`,
      detail: `${eventName} of ${resource.id}${reason === undefined ? '' : `: ${reason}`}`,
    });
    if (eventName === 'SERVICE_DEPLOYMENT_FAILED') {
      return { kind: 'signals', signals: [{ kind: 'unhealthy', condition: 'service-deployment-failed', ...told }] };
    }
    if (eventName === 'SERVICE_DEPLOYMENT_COMPLETED' || eventName === 'SERVICE_DEPLOYMENT_IN_PROGRESS') {
      return { kind: 'signals', signals: [{ kind: 'progress', ...told }] };
    }
    return ignored(`${plainText(eventName, 60)} of ${resource.id} asks nothing of us`);
  },
});
