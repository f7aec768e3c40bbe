import type { Envelope } from '../envelope';
import { resourceOf } from '../resource-id';
import type { Resource } from '../signal';

/**
 * The service that an ARN of ECS names: `…:service/cluster/name`. The old form names no cluster, so that the event must have
 * it. Undefined for an ARN of anything else, or of another account or region.
 */
export function serviceOfArn(arn: string | undefined, event: Envelope): Resource | undefined {
  const [, region, account, id = ''] = /^arn:[a-z-]+:ecs:([a-z0-9-]+):(\d+):service\/(.+)$/.exec(arn ?? '') ?? [];
  return region === event.region && account === event.account ? resourceOf('ecs-service', id, event) : undefined;
}

/** Name of a cluster by its ARN, or its name. */
export function clusterName(given: string): string {
  return given.split('/').at(-1) ?? given;
}
