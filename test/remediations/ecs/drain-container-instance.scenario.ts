import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';
import { hosts, lost } from './hosts';
import { checkout } from './service';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'container-instance-disconnected',
    takes: 60,
    build(bench: Bench): Resource {
      const [first] = hosts(bench, 3);
      checkout(bench, { launch: 'EC2' });
      return lost(bench, first);
    },
    recover({ account }: Bench, { id }: Resource): void {
      account.services.ecs.instances.setAgent(id.split('/')[1] ?? '', 'connected');
    },
  },
];
