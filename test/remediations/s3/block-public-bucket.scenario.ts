import type { Resource } from '../../../signals/signal';
import type { BucketInput } from '../../../simulator/s3/bucket';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

const open = (described: Partial<BucketInput>): Scenario => ({
  condition: 'bucket-public',
  takes: 15,
  build({ account, resource }: Bench): Resource {
    account.services.s3.add({ name: 'shop-images', ...described });
    return resource('bucket', 'shop-images');
  },
  recover({ account }: Bench, { id }: Resource): void {
    account.services.s3.befall({ name: id, policy: 'none', list: 'private' });
  },
});

/** What it is held to its contract with: each way by which everybody gets in, and both. */
export const scenarios: readonly Scenario[] = [
  open({ policy: 'public' }),
  open({ list: 'public' }),
  open({ policy: 'public', list: 'public', block: { BlockPublicAcls: true, BlockPublicPolicy: true } }),
];
