import type { Scenario } from '../scenario';
import { hosts, lost } from './hosts';
import { checkout } from './service';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'container-instance-disconnected',
    takes: 60,
    build(bench) {
      const [first] = hosts(bench, 3);
      checkout(bench, { launch: 'EC2' });
      return lost(bench, first);
    },
    recover({ account }, { id }) {
      account.services.ecs.instances.setAgent(id.split('/')[1] ?? '', 'connected');
    },
  },
];
