import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';
import { zonedBalancer } from '../zoned-balancer';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'zone-impaired',
    takes: 60,
    build(on: Bench): Resource {
      return on.resource('load-balancer', zonedBalancer(on).arn);
    },
    putToWork({ account }: Bench, { id }: Resource): void {
      account.services['arc-zonal-shift'].beginPracticeRun(id, 'eu-central-1b');
    },
    recover({ account: { services } }: Bench): void {
      for (const { id } of services.elasticloadbalancing.targetGroup('shop')?.targets.values() ?? []) {
        services.ec2.cure(id);
      }
    },
  },
  {
    // A Network Load Balancer sees no errors: the health of its targets tells.
    condition: 'zone-impaired',
    takes: 60,
    build(on: Bench): Resource {
      const { arn, instances } = zonedBalancer(on, { arn: 'net/shop/50dc6c495c0c9188', erring: [] });
      const { elasticloadbalancing } = on.account.services;
      const targets = elasticloadbalancing.targetGroup('shop');
      if (!targets) throw new Error('there is no target group');
      for (const id of instances.a) elasticloadbalancing.health.ail(targets, id, 'ill');
      elasticloadbalancing.health.findNow(targets);
      return on.resource('load-balancer', arn);
    },
    putToWork({ account }: Bench, { id }: Resource): void {
      account.services['arc-zonal-shift'].beginPracticeRun(id, 'eu-central-1b');
    },
  },
];
