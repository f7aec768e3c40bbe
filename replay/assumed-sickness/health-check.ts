import type { SimulatedAccount } from '../../simulator/world';
import { tags, type AssumedSickness, type Sick } from './sickness';

/** Of a block that is for documentation. */
const address = '192.0.2.1';

export function ofHealthCheck(
  { services: { route53 } }: SimulatedAccount,
  { resource: { id } }: Sick,
): AssumedSickness {
  return {
    ensure: () => {
      if (route53.isHealthy(id) !== undefined) return undefined;
      route53.addCheck({ id, address, tags });
      return `health check ${id} asks one address, and no record or routing control that is known leads there`;
    },
    sicken: () => {
      route53.fail(id);
    },
    recover: () => {
      route53.mend(id);
    },
  };
}
