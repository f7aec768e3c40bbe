import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';

/** So many container instances of the cluster `shop`, opted in; answers their ids. */
export function hosts({ account }: Bench, count: number): readonly [string, ...string[]] {
  const ids = Array.from({ length: count }, (_, place) => `${place + 1}`.padStart(32, '0'));
  for (const id of ids) {
    const instance = account.services.ec2.addInstance({ zone: 'eu-central-1a' }).id;
    account.services.ecs.instances.add({ cluster: 'shop', id, instance, tags: { 'homeostat:heal': 'yes' } });
  }
  return ids as [string, ...string[]];
}

/** ECS no longer hears from the agent of that one. */
export function lost({ account, resource }: Bench, id: string): Resource {
  account.services.ecs.instances.setAgent(id, 'lost');
  return resource('container-instance', `shop/${id}`);
}
