import { z } from 'zod';
import type { Calls } from '../../../vitals/aws';
import type { Service } from '../../../vitals/ecs/service';
import { readBounds, scalableTarget } from '../../../vitals/ecs/service-scaling';

/** What says how many tasks there are: `tasks` of a service that nothing scales, else the bounds of what scales it. */
export const size = z.union([z.object({ tasks: z.number() }), z.object({ min: z.number(), max: z.number() })]);
export type Size = z.infer<typeof size>;

export function nameOfSize(id: string): string {
  return `the number of tasks of ${id}`;
}

/** Its size now. */
export async function readSize(
  service: Service,
  aws: Calls<'application-autoscaling:DescribeScalableTargets'>,
): Promise<Size> {
  const bounds = await readBounds(service, aws);
  return bounds ? { min: bounds.min, max: bounds.max } : { tasks: service.desired };
}

/** Tasks that it comes to by itself: what scales it raises it to its least sooner or later, and that is never lowered. */
export function leastOf(from: Size, desired: number): number {
  return 'min' in from ? Math.max(from.min, desired) : desired;
}

/** The size by which it comes to so many tasks. What scales it keeps to its bounds: the least that it keeps is what is raised. */
export function sizeFor(tasks: number, from: Size): Size {
  return 'max' in from ? { min: tasks, max: Math.max(tasks, from.max) } : { tasks };
}

export async function setSize(
  service: Service,
  to: Size,
  aws: Calls<'ecs:UpdateService' | 'application-autoscaling:RegisterScalableTarget'>,
): Promise<void> {
  if ('tasks' in to) {
    await aws.ecs.updateService({ cluster: service.cluster, service: service.name, desiredCount: to.tasks });
    return;
  }
  const target = scalableTarget(service);
  await aws['application-autoscaling'].registerScalableTarget({ ...target, MinCapacity: to.min, MaxCapacity: to.max });
}
