import type { EmrClusterInput } from '../../../simulator/elasticmapreduce/cluster';
import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';

const id = 'j-1YONHTCP3YZKC';
const step = 's-2L0P3YZKC1YON';

type Step = NonNullable<EmrClusterInput['steps']>[number];

/** A cluster whose last step has failed; one that was there before is replaced. `after`: steps that were added since. */
export function failedStep(
  { account, resource }: Bench,
  cluster: Partial<EmrClusterInput> = {},
  described: Partial<Step> = {},
  after: readonly Step[] = [],
): Resource {
  account.services.elasticmapreduce.add({
    id,
    steps: [
      { id: 's-1FIRST', name: 'fetch-orders', state: 'COMPLETED' },
      { id: step, name: 'load-orders', args: ['spark-submit', 's3://shop/load.py'], ...described },
      ...after,
    ],
    tags: { 'homeostat:idempotent-steps': 'yes' },
    ...cluster,
  });
  return resource('emr-step', `${id}/${step}`);
}
