import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import { withOneUnhealthy } from '../one-unhealthy';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'ec2-instance-impaired',
    takes: 240,
    build({ account, resource }: Bench): Resource {
      const { members } = account.services.autoscaling.addGroup({ name: 'web', desired: 4 });
      const [id = ''] = members.keys();
      account.services.ec2.sicken(id, { kind: 'instance' });
      return resource('ec2-instance', id);
    },
    putToWork: refresh,
  },
  {
    condition: 'target-unhealthy',
    parameters: { how: 'terminate', mayLoseLocalData: true },
    takes: 240,
    loses: /^the instance store of i-[0-9a-f]{17} \(c6gd\.large\)$/,
    build({ account, resource }: Bench): Resource {
      const { members } = account.services.autoscaling.addGroup({ name: 'web', desired: 4, type: 'c6gd.large' });
      return resource('target-group', withOneUnhealthy(account, [...members.keys()]));
    },
    putToWork: refresh,
  },
];

function refresh({ account }: Bench): void {
  account.services.autoscaling.group('web')?.refreshes.push({ InstanceRefreshId: 'refresh-1', Status: 'InProgress' });
}
