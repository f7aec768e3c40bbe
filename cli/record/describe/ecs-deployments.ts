import { type Change, readChange, readServiceDeployments } from '../../../vitals/ecs/service-deployments';
import { revisionOf, type Service } from '../../../vitals/ecs/service';
import type { Describing } from './describer';

/** Deployments that are looked at, of a service that is deployed all the time as it is. */
const mostLookedAt = 5;

/** What was deployed last, and when, as an ISO time. */
export interface LastDeployed extends Change {
  readonly at: string;
}

/**
 * The last deployment of a service that brought another task definition, and none that is older: whatever was taken back after it
 * is for the replay to take back.
 */
export async function lastDeployed(
  service: Pick<Service, 'cluster' | 'name' | 'id'>,
  { aws }: Describing,
): Promise<LastDeployed | undefined> {
  const reads = { ...aws, now: () => 0 };
  const deployments = await readServiceDeployments(service, reads);
  for (const deployment of deployments.slice(0, mostLookedAt)) {
    const change = await readChange(deployment, reads);
    if (change && isOnwards(change)) return { ...change, at: new Date(deployment.createdAt).toISOString() };
  }
  return undefined;
}

function isOnwards({ before, after }: Change): boolean {
  const [ofFamily, one] = revisionOf(before).split(':');
  const [family, other] = revisionOf(after).split(':');
  return family !== ofFamily || Number(other) > Number(one);
}
