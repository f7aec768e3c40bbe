import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import { groupWithTargets } from '../group-with-targets';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'target-unhealthy',
    takes: 240,
    build: (on: Bench): Resource => on.resource('target-group', groupWithTargets(on).arn),
    putToWork({ account }: Bench): void {
      account.services.autoscaling.group('web')?.refreshes.push({
        InstanceRefreshId: 'refresh-1',
        Status: 'InProgress',
      });
    },
    recover({ account: { services } }: Bench, { id }: Resource): void {
      const group = services.elasticloadbalancing.targetGroup(id);
      const [first] = group?.targets.values() ?? [];
      if (group && first) services.elasticloadbalancing.health.ail(group, first.id, 'well');
    },
  },
];
