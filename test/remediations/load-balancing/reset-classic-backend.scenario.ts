import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

const ids = ['i-0aaaaaaaaaaaaaaa1', 'i-0aaaaaaaaaaaaaaa2', 'i-0aaaaaaaaaaaaaaa3'];

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'backend-out-of-service',
    takes: 400,
    build({ account: { services }, resource }: Bench): Resource {
      for (const id of ids) services.ec2.addInstance({ id });
      const instances = ids.map((id, place) => ({ id, stuck: place === 0 }));
      services.elasticloadbalancing.classic.add({ name: 'shop', draining: 300, instances });
      return resource('classic-load-balancer', 'shop');
    },
    putToWork({ account }: Bench, { id }: Resource): void {
      account.call('elasticloadbalancing', 'DeregisterInstancesFromLoadBalancer', {
        LoadBalancerName: id,
        Instances: [{ InstanceId: ids[1] }],
      });
    },
    recover({ account }: Bench, { id }: Resource): void {
      account.services.elasticloadbalancing.classic.find(id, ids[0] ?? '');
    },
  },
];
