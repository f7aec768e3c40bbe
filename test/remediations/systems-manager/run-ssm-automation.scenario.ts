import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
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
    putToWork({ account }: Bench, { id }: Resource): void {
      const Parameters = { DBInstanceIdentifier: [id] };
      account.call('ssm', 'StartAutomationExecution', {
        DocumentName: 'Acme-ShedLoad',
        DocumentVersion: '3',
        Parameters,
      });
    },
  },
];
