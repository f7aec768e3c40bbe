import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'ec2-instance-impaired',
    takes: 180,
    build({ account, resource }: Bench): Resource {
      const { id } = account.services.ec2.addInstance({ sick: { kind: 'instance' } });
      return resource('ec2-instance', id);
    },
    putToWork: reboot,
    recover({ account }: Bench, { id }: Resource): void {
      account.services.ec2.cure(id);
    },
  },
];

function reboot({ account }: Bench, { id }: Resource): void {
  account.call('ec2', 'RebootInstances', { InstanceIds: [id] });
}
