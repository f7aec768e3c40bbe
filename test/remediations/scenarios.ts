import type { Resource } from '../../signals/signal';
import type { Bench } from './account';

/** An account in which a remediation has something to do. */
export interface Scenario {
  readonly remediation: string;
  readonly condition: string;
  /** What the policy says; nothing leaves every default. */
  readonly parameters?: object;
  /** Fills the account and answers what is sick. */
  build(bench: Bench): Resource;
  /** Seconds after which AWS is done with what `start` asked for; each further step of a `continue` takes as long. */
  readonly takes: number;
}

/** At least one of every remediation. */
export const scenarios: readonly Scenario[] = [
  {
    remediation: 'failover-db-instance',
    condition: 'db-instance-impaired',
    takes: 90,
    build({ account, resource }: Bench): Resource {
      account.services.rds.addDatabase({ id: 'orders', sick: { kind: 'host' } });
      return resource('db-instance', 'orders');
    },
  },
  {
    remediation: 'failover-db-cluster',
    condition: 'db-writer-unhealthy',
    takes: 60,
    build({ account, resource }: Bench): Resource {
      account.services.rds.addCluster({ id: 'shop' });
      account.services.rds.sicken('shop');
      return resource('db-cluster', 'shop');
    },
  },
  {
    remediation: 'run-ssm-automation',
    condition: 'db-overloaded',
    parameters: {
      document: 'Acme-ShedLoad',
      version: '3',
      assumeRole: 'arn:aws:iam::111122223333:role/homeostat-runbooks',
      inputs: { DBInstanceIdentifier: ['{{resource.id}}'] },
      changeCalendars: ['releases'],
    },
    takes: 60,
    build({ account, resource }: Bench): Resource {
      const { rds, ssm } = account.services;
      const parameters = [{ name: 'DBInstanceIdentifier' }, { name: 'AutomationAssumeRole', default: '' }];
      ssm.addDocument({ name: 'Acme-ShedLoad', version: '3', parameters });
      ssm.addCalendar({ name: 'releases', state: 'OPEN' });
      rds.addDatabase({ id: 'orders', sick: { kind: 'overloaded' } });
      return resource('db-instance', 'orders');
    },
  },
];
