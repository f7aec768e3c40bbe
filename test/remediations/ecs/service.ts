import type { Resource } from '../../../signals/signal';
import type { EcsServiceInput } from '../../../simulator/ecs/service';
import type { Bench } from '../account';

/** The service `checkout` of the cluster `shop`, with four tasks unless told, opted in. */
export function checkout({ account, resource }: Bench, described: Partial<EcsServiceInput> = {}): Resource {
  account.services.ecs.add({
    cluster: 'shop',
    name: 'checkout',
    taskDefinition: 'checkout:7',
    desired: 4,
    tags: { 'homeostat:heal': 'yes' },
    ...described,
  });
  return resource('ecs-service', 'shop/checkout');
}

/** Lets somebody deploy it as it is. */
export function deploy({ account }: Bench): void {
  account.call('ecs', 'UpdateService', { cluster: 'shop', service: 'checkout', forceNewDeployment: true });
}

/** The sickness at once, and not a moment later as in a described account. */
export function sicken({ account }: Bench, sickness: Parameters<typeof account.services.ecs.sicken>[1]): void {
  account.services.ecs.sicken('shop/checkout', sickness);
}

/** ECS has given the latest deployment of it up. */
export function giveUp({ account }: Bench): void {
  Object.assign(account.services.ecs.find('shop/checkout')?.deployments[0] ?? {}, { status: 'STOPPED' });
}
