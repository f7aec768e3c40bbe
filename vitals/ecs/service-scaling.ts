import type { Calls } from '../aws';
import type { Service } from './service';

/** Between which numbers Application Auto Scaling keeps the tasks of a service. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

interface ScalableTargetName {
  readonly ServiceNamespace: 'ecs';
  readonly ResourceId: string;
  readonly ScalableDimension: 'ecs:service:DesiredCount';
}

/** The name by which Application Auto Scaling knows the number of tasks of a service. */
export function scalableTarget({ cluster, name }: Pick<Service, 'cluster' | 'name'>): ScalableTargetName {
  return {
    ServiceNamespace: 'ecs',
    ResourceId: `service/${cluster}/${name}`,
    ScalableDimension: 'ecs:service:DesiredCount',
  };
}

/** Its bounds; undefined of a service that nothing scales. */
export async function readBounds(
  service: Pick<Service, 'cluster' | 'name'>,
  aws: Calls<'application-autoscaling:DescribeScalableTargets'>,
): Promise<Bounds | undefined> {
  const { ResourceId, ...which } = scalableTarget(service);
  const { ScalableTargets = [] } = await aws['application-autoscaling'].describeScalableTargets({
    ...which,
    ResourceIds: [ResourceId],
  });
  const target = ScalableTargets.find((one) => one.ResourceId === ResourceId);
  if (!target) return undefined;
  const { MinCapacity: min, MaxCapacity: max } = target;
  if (min === undefined || max === undefined)
    throw new Error(`auto scaling does not tell its bounds for ${ResourceId}`);
  return { min, max };
}
