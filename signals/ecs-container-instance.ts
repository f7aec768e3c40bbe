import { z } from 'zod';
import { clusterName } from './ecs/resource';
import { plainText } from './plain-text';
import { resourceOf } from './resource-id';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';

const name = 'ecs-container-instance';

/** The agent of a container instance is lost, or connects again. */
export const ecsContainerInstance = defineSource({
  name,
  pattern: { source: ['aws.ecs'], 'detail-type': ['ECS Container Instance State Change'] },
  tells: ['container-instance-disconnected'],
  tellsProgress: true,
  detail: z.object({
    agentConnected: z.boolean(),
    clusterArn: nameText,
    containerInstanceArn: nameText,
    ec2InstanceId: z.string().optional(),
    status: nameText,
    version: z.int().optional(),
  }),
  read: ({ agentConnected, clusterArn, containerInstanceArn, ec2InstanceId, status, version }, event) => {
    const own = containerInstanceArn.split('/').at(-1) ?? '';
    const resource = resourceOf('container-instance', `${clusterName(clusterArn)}/${own}`, event);
    if (!resource) return ignored(`${plainText(containerInstanceArn, 100)} is no container instance of a cluster`);
    const host = ec2InstanceId === undefined ? '' : ` (${ec2InstanceId})`;
    const told = telling(event, {
      source: name,
      resource,
      fact: `${agentConnected ? 'connected' : 'lost'}/${status}/${version ?? event.id}`,
      detail: `the agent of ${resource.id}${host} is ${agentConnected ? 'connected' : 'not connected'}; it is ${status}`,
    });
    // One that drains or goes is looked after already.
    if (status !== 'ACTIVE') return { kind: 'signals', signals: [{ kind: 'progress', ...told }] };
    const kind = agentConnected ? ('recovered' as const) : ('unhealthy' as const);
    return { kind: 'signals', signals: [{ kind, condition: 'container-instance-disconnected', ...told }] };
  },
});
