import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';
import { nameCheck, primaryAddress, shopByWeight } from './shop';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'endpoint-unhealthy',
    parameters: { hostedZone: 'Z0123456789ABCDEFGHIJ', record: 'www.shop.example', to: 'standby' },
    takes: 70,
    build(on: Bench): Resource {
      shopByWeight(on);
      return on.resource('health-check', nameCheck);
    },
    putToWork({ account }: Bench): void {
      account.services.route53.recover('Z0123456789ABCDEFGHIJ', 'ENABLING_HOSTED_ZONE_LOCKED');
    },
    recover({ account }: Bench): void {
      account.services.route53.befall({ address: primaryAddress, is: 'back' });
    },
  },
];
