import type { EmrClusterInput } from '../../../simulator/elasticmapreduce/cluster';
import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';
import { emrCluster, type Befalls } from './emr-cluster';

const id = 'j-1YONHTCP3YZKC';

function scenario(condition: string, described: Partial<EmrClusterInput>, happening?: Befalls): Scenario {
  return {
    condition,
    takes: 300,
    build(on: Bench): Resource {
      const resource = emrCluster(on, described);
      if (happening) on.account.services.elasticmapreduce.befall({ id, ...happening });
      return resource;
    },
    putToWork({ account }: Bench): void {
      account.services.elasticmapreduce.putToWork(id, 'ig-2CORE');
    },
    recover(on: Bench): void {
      // Its group, or its limits, are as large as the policy allows.
      emrCluster(on, { groups: [{ id: 'ig-2CORE', role: 'CORE', nodes: 20 }], replacesUnhealthyNodes: true });
    },
  };
}

/** What it is held to its contract with: one for each way of acting, and one for each group that gets more nodes. */
export const scenarios: readonly Scenario[] = [
  scenario('emr-cluster-overloaded', { load: 6 }),
  scenario('emr-storage-low', { data: 1.9 }),
  scenario('emr-cluster-overloaded', { load: 6, managedScaling: { min: 2, max: 4, maxOnDemand: 4 } }),
  scenario('emr-nodes-lost', {}, { lose: 'ig-3TASK', nodes: 1 }),
  scenario('emr-nodes-lost', {}, { unhealthy: 'ig-2CORE', nodes: 1 }),
  scenario('emr-group-stuck', {}, { arrest: 'ig-3TASK' }),
];
