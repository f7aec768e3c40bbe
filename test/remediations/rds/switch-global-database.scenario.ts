import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'db-source-lost',
    takes: 200,
    build: secondary('late'),
    putToWork,
  },
  {
    condition: 'db-source-lost',
    parameters: { how: 'failover' },
    takes: 200,
    build: secondary('lost'),
    putToWork,
    loses:
      /^what shop-primary in us-east-1 wrote and had not copied to shop: all after [-\d]+T[:\d]+Z, as far as CloudWatch knows$/,
  },
];

function secondary(primary: 'late' | 'lost'): Scenario['build'] {
  return ({ account, resource }) => {
    account.services.rds.addCluster({ id: 'shop', globalSecondary: true, primary });
    return resource('db-cluster', 'shop');
  };
}

/** Its people switch over, away from a primary that is well. */
function putToWork({ account }: Bench, { id }: Resource): void {
  const { rds } = account.services;
  rds.setPrimaryOf(id, 'well');
  rds.operations.SwitchoverGlobalCluster({
    GlobalClusterIdentifier: `${id}-global`,
    TargetDbClusterIdentifier: account.arn('rds', `cluster:${id}`),
  });
}
