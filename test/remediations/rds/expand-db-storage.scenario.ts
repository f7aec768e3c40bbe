import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

type Database = Parameters<Bench['account']['services']['rds']['addDatabase']>[0];

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'db-storage-low',
    takes: 60,
    build: full({ maxStorageGiB: 100 }),
    putToWork: reboot,
  },
  {
    condition: 'db-storage-low',
    parameters: { how: 'storage' },
    takes: 400,
    build: full({ status: 'storage-full', freeStorageGiB: 0 }),
    putToWork: grow,
  },
];

function full(more: Partial<Database>): Scenario['build'] {
  return ({ account, resource }) => {
    account.services.rds.addDatabase({ id: 'orders', storageGiB: 100, freeStorageGiB: 5, ...more });
    return resource('db-instance', 'orders');
  };
}

function reboot({ account }: Bench, { id }: Resource): void {
  account.services.rds.operations.RebootDBInstance({ DBInstanceIdentifier: id });
}

function grow({ account }: Bench, { id }: Resource): void {
  account.services.rds.operations.ModifyDBInstance({
    DBInstanceIdentifier: id,
    AllocatedStorage: 500,
    Iops: 12_000,
    ApplyImmediately: true,
  });
}
