import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';
import { mounted, type Befalls } from './mounted';

function scenario(happening: Befalls, ...more: readonly Befalls[]): Scenario {
  return {
    condition: 'file-system-unreachable',
    takes: 120,
    build(on: Bench): Resource {
      const resource = mounted(on);
      for (const one of [happening, ...more]) {
        on.account.services.elasticfilesystem.befall({ id: resource.id, ...one });
      }
      return resource;
    },
    putToWork({ account }: Bench, { id }: Resource): void {
      account.services.elasticfilesystem.putToWork(id, 5);
    },
    recover(on: Bench): void {
      mounted(on);
    },
  };
}

const [a, b, c] = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];

/** What it is held to its contract with: one is missing, one lets nobody in, and both at once. */
export const scenarios: readonly Scenario[] = [
  scenario({ unmount: b }),
  scenario({ regroup: a, securityGroups: ['sg-00000000000000bad'] }),
  scenario({ unmount: b }, { unmount: c }, { regroup: a, securityGroups: ['sg-00000000000000bad'] }),
];
