import { isPrintable } from './plain-text';
import { type Resource, type ResourceKind, resourceKinds } from './signal';

const databaseId = /^[A-Za-z][A-Za-z0-9-]{0,62}$/;
const cacheId = /^[A-Za-z](?:-?[A-Za-z0-9]){0,49}$/;
const loadBalancing = /^arn:[a-z-]+:elasticloadbalancing:[a-z0-9-]+:\d+:/;

/** What the id of each kind looks like, as `Resource.id` says. Nothing else is ever named to AWS. */
const shapes: Readonly<Record<ResourceKind, (id: string) => boolean>> = {
  'ec2-instance': (id) => /^i-[0-9a-f]{8,17}$/.test(id),
  'auto-scaling-group': (id) => id.length > 0 && id.length <= 255 && isPrintable(id),
  'target-group': (id) => loadBalancing.test(id) && /:targetgroup\/[\w-]{1,32}\/[0-9a-f]+$/.test(id),
  'load-balancer': (id) => loadBalancing.test(id) && /:loadbalancer\/(app|net|gwy)\/[\w-]{1,32}\/[0-9a-f]+$/.test(id),
  'db-instance': (id) => databaseId.test(id),
  'db-cluster': (id) => databaseId.test(id),
  volume: (id) => /^vol-[0-9a-f]{8,17}$/.test(id),
  'classic-load-balancer': (id) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/.test(id),
  'cache-group': (id) => cacheId.test(id),
  'cache-cluster': (id) => cacheId.test(id),
  'serverless-cache': (id) => cacheId.test(id),
  table: (id) => /^[A-Za-z0-9_.-]{3,255}$/.test(id),
  'automation-execution': (id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id),
  other: (id) => id.length > 0 && id.length <= 512 && isPrintable(id),
};

/**
 * The resource of that kind and id, or undefined when the id has not the shape of the kind, or is an ARN of another account
 * or region than the event speaks for: what an event says about others' resources is not believed.
 */
export function resourceOf(
  kind: ResourceKind,
  id: string,
  owner: Pick<Resource, 'account' | 'region'>,
): Resource | undefined {
  if (!shapes[kind](id)) return undefined;
  const [arn, , , region, account] = id.split(':');
  if (arn === 'arn' && ((region && region !== owner.region) || (account && account !== owner.account)))
    return undefined;
  return { kind, id, account: owner.account, region: owner.region };
}

/** Whether it is one of `resourceKinds`. */
export function isResourceKind(text: string): text is ResourceKind {
  return resourceKinds.some((kind) => kind === text);
}
