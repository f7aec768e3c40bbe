import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

const document = 'Acme-GrowFilesystem';

/** An instance whose only volume is nearly full, and the document that grows its filesystem. */
export function withFullDisk({ account }: Bench, parameters: readonly { readonly name: string }[] = []): string {
  const { ec2, ssm } = account.services;
  ssm.addDocument({
    name: document,
    type: 'Command',
    version: '2',
    parameters: [...parameters],
  });
  return ec2.addInstance({ volumes: [{ sizeGiB: 20, usedGiB: 19 }] }).id;
}

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'volume-full',
    parameters: { document, version: '2' },
    takes: 120,
    build: (bench: Bench): Resource => bench.resource('ec2-instance', withFullDisk(bench)),
    putToWork: ({ account }: Bench, { id }: Resource): void => {
      grow(account, account.services.ec2.volumes.of(id)[0]?.id ?? '');
    },
  },
  {
    condition: 'volume-full',
    parameters: { document, version: '2', growByPercent: 100 },
    takes: 120,
    build: (bench: Bench): Resource => {
      const instance = withFullDisk(bench, [{ name: 'VolumeId' }]);
      return bench.resource('volume', bench.account.services.ec2.volumes.of(instance)[0]?.id ?? '');
    },
    putToWork: ({ account }: Bench, { id }: Resource): void => {
      grow(account, id);
    },
  },
];

function grow(account: Bench['account'], VolumeId: string): void {
  account.call('ec2', 'ModifyVolume', { VolumeId, Size: 100 });
}
