import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import { withOneUnhealthy } from '../one-unhealthy';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'target-unhealthy',
    takes: 300,
    build({ account, resource }: Bench): Resource {
      const ids = ['a', 'b', 'c'].map((letter) => {
        return account.services.ec2.addInstance({ zone: `eu-central-1${letter}` }).id;
      });
      return resource('target-group', withOneUnhealthy(account, ids));
    },
    putToWork({ account }: Bench, { id }: Resource): void {
      const [, other] = account.services.elasticloadbalancing.targetGroup(id)?.targets.values() ?? [];
      const Targets = [{ Id: other?.id }];
      account.call('elasticloadbalancing', 'DeregisterTargets', { TargetGroupArn: id, Targets });
    },
  },
];
