import type { FileSystemInput } from '../../../simulator/elasticfilesystem/file-system';
import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

const id = 'fs-0123456789abcdef0';

function scenario(described: Partial<FileSystemInput>, parameters: object = {}): Scenario {
  return {
    condition: 'file-system-throttled',
    parameters,
    takes: 60,
    build({ account, resource }: Bench): Resource {
      account.services.elasticfilesystem.add({ id, load: 40, credits: 0, ...described });
      return resource('file-system', id);
    },
    putToWork({ account }: Bench): void {
      account.services.elasticfilesystem.putToWork(id, 5);
    },
    recover({ account }: Bench): void {
      account.services.elasticfilesystem.setLoad(id, 0);
    },
  };
}

/** What it is held to its contract with: from bursting, from too little that is provisioned, and to elastic. */
export const scenarios: readonly Scenario[] = [
  scenario({}),
  scenario({ mode: 'provisioned', provisioned: 20 }),
  scenario({}, { how: 'elastic' }),
];
