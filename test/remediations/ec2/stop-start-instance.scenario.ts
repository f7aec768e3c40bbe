import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'ec2-host-impaired',
    takes: 120,
    build({ account, resource }: Bench): Resource {
      const { id } = account.services.ec2.addInstance({ sick: { kind: 'system' } });
      return resource('ec2-instance', id);
    },
    putToWork: reboot,
    recover({ account }: Bench, { id }: Resource): void {
      account.services.ec2.cure(id);
    },
  },
  {
    condition: 'ec2-instance-retiring',
    parameters: { mayChangePublicAddress: true, force: true, mayLoseLocalData: true },
    takes: 700,
    loses: /^the instance store of i-[0-9a-f]{17}$/,
    build({ account, resource }: Bench): Resource {
      const { id } = account.services.ec2.addInstance({
        type: 'm5d.large',
        sick: { kind: 'retiring' },
        publicAddress: 'ephemeral',
        stopsOnlyByForce: true,
      });
      return resource('ec2-instance', id);
    },
    putToWork: reboot,
  },
];

function reboot({ account }: Bench, { id }: Resource): void {
  account.call('ec2', 'RebootInstances', { InstanceIds: [id] });
}
