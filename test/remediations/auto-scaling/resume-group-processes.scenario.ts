import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'group-process-suspended',
    takes: 60,
    build({ account, resource }: Bench): Resource {
      account.services.autoscaling.addGroup({ name: 'web', desired: 3, suspended: ['Launch', 'ReplaceUnhealthy'] });
      return resource('auto-scaling-group', 'web');
    },
    putToWork({ account }: Bench): void {
      account.services.autoscaling.group('web')?.refreshes.push({
        InstanceRefreshId: 'refresh-1',
        Status: 'InProgress',
      });
    },
    recover({ account }: Bench): void {
      account.services.autoscaling.setSuspended('web', []);
    },
  },
];
