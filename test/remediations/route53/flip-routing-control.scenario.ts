import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';
import {
  endpoints,
  nameCheck,
  primaryAddress,
  primaryControl,
  shopBehindControls,
  standbyCheck,
  standbyControl,
} from './shop';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'endpoint-unhealthy',
    parameters: { endpoints, off: [primaryControl], on: [standbyControl], standby: standbyCheck },
    takes: 15,
    build(on: Bench): Resource {
      shopBehindControls(on);
      return on.resource('health-check', nameCheck);
    },
    recover({ account }: Bench): void {
      account.services.route53.befall({ address: primaryAddress, is: 'back' });
    },
  },
];
