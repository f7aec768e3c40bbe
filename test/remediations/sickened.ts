import { assumedSickness } from '../../replay/assumed-sickness';
import type { Resource } from '../../signals/signal';
import type { SimulatedAccount } from '../../simulator/world';

/** Puts an ordinary resource of this kind and id into the account, sick in this way, as a replay makes one up; answers it. */
export function sickened(account: SimulatedAccount, resource: Resource, condition: string): Resource {
  const signal = {
    kind: 'unhealthy',
    condition,
    dedupKey: '',
    eventId: '',
    source: '',
    resource,
    at: account.clock.now(),
    detail: '',
    evidence: {},
    tags: {},
  } as const;
  const sickness = assumedSickness(account, signal, undefined);
  if (!sickness)
    throw new Error(`replay/assumed-sickness.ts makes up no ${resource.kind}: say there how one falls sick`);
  sickness.ensure();
  sickness.sicken();
  return resource;
}
