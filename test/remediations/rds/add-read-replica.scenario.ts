import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'db-overloaded',
    takes: 720,
    build({ account, resource }: Bench): Resource {
      account.services.rds.addDatabase({ id: 'orders', sick: { kind: 'overloaded', curedBy: ['reader'] } });
      return resource('db-instance', 'orders');
    },
    putToWork: failOver,
  },
];

function failOver({ account }: Bench, { id }: Resource): void {
  account.services.rds.failOver(id);
}
