import type { EmrClusterInput, EmrHappening } from '../../../simulator/elasticmapreduce/cluster';
import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';

/** What befalls the cluster. */
export type Befalls = OfThat<EmrHappening>;
type OfThat<Happening> = Happening extends unknown ? Omit<Happening, 'id'> : never;

const id = 'j-1YONHTCP3YZKC';
const subnet = 'subnet-0aaaaaaaaaaaaaaa1';

/** A cluster with two core nodes and two task nodes; one that was there before is replaced. */
export function emrCluster({ account, resource }: Bench, described: Partial<EmrClusterInput> = {}): Resource {
  account.services.ec2.addSubnet({ id: subnet, zone: 'eu-central-1a' });
  account.services.elasticmapreduce.add({
    id,
    subnet,
    groups: [
      { id: 'ig-1MASTER', role: 'MASTER', nodes: 1 },
      { id: 'ig-2CORE', role: 'CORE' },
      { id: 'ig-3TASK', role: 'TASK' },
    ],
    ...described,
  });
  return resource('emr-cluster', id);
}
