import { isPrintable } from './plain-text';
import { type Resource, type ResourceKind, resourceKinds } from './signal';

const databaseId = /^[A-Za-z][A-Za-z0-9-]{0,62}$/;
const cacheId = /^[A-Za-z](?:-?[A-Za-z0-9]){0,49}$/;
const loadBalancing = /^arn:[a-z-]+:elasticloadbalancing:[a-z0-9-]+:\d+:/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const functionName = /^[\w-]{1,64}$/;

/** `cluster/name`: what is in an ECS cluster is named after it. */
function inCluster(id: string, shape: RegExp): boolean {
  const [cluster = '', name = '', ...more] = id.split('/');
  return /^[\w-]{1,255}$/.test(cluster) && shape.test(name) && more.length === 0;
}

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
  'automation-execution': (id) => uuid.test(id),
  'ecs-service': (id) => inCluster(id, /^[\w-]{1,255}$/),
  'ecs-task': (id) => inCluster(id, /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/),
  'container-instance': (id) => inCluster(id, /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/),
  'file-system': (id) => /^fs-[0-9a-f]{8,40}$/.test(id),
  'emr-cluster': (id) => /^j-[0-9A-Z]{1,32}$/.test(id),
  'emr-step': (id) => /^j-[0-9A-Z]{1,32}\/s-[0-9A-Z]{1,32}$/.test(id),
  bucket: (id) => /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(id),
  'multi-region-access-point': (id) => /^[a-z0-9]{1,50}\.mrap$/.test(id),
  'health-check': (id) => uuid.test(id),
  'hosted-zone': (id) => /^Z[0-9A-Z]{1,31}$/.test(id),
  'routing-control': (id) =>
    /^arn:[a-z-]+:route53-recovery-control::\d+:controlpanel\/[0-9a-f]{1,64}\/routingcontrol\/[0-9a-f]{1,64}$/.test(id),
  alarm: (id) => id.length > 0 && id.length <= 255 && isPrintable(id),
  'log-group': (id) => /^[\w.\-/#]{1,512}$/.test(id),
  topic: (id) => /^[\w-]{1,256}(?:\.fifo)?$/.test(id),
  'protected-resource': (id) =>
    /^arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:\d*:.+$/.test(id) && id.length <= 512 && isPrintable(id),
  function: (id) => functionName.test(id),
  'function-alias': (id) => {
    const [name = '', alias = '', ...more] = id.split(':');
    return functionName.test(name) && /^(?!\d+$)[\w-]{1,128}$/.test(alias) && more.length === 0;
  },
  'event-source-mapping': (id) => uuid.test(id),
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
