import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'group-overloaded',
    takes: 120,
    build({ account, resource }: Bench): Resource {
      account.services.autoscaling.addGroup({ name: 'web', desired: 2, max: 4, load: 190 });
      return resource('auto-scaling-group', 'web');
    },
    putToWork: refresh,
  },
];

function refresh({ account }: Bench): void {
  account.services.autoscaling.group('web')?.refreshes.push({ InstanceRefreshId: 'refresh-1', Status: 'InProgress' });
}
