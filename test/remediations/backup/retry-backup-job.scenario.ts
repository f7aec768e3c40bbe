import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';
import { arns, busy } from './protected';

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'backup-failed',
    takes: 900,
    build({ account, resource }: Bench): Resource {
      account.services.backup.add({ arn: arns.DynamoDB, lastJob: { message: busy }, minutes: 8 });
      return resource('protected-resource', arns.DynamoDB);
    },
    putToWork({ account }: Bench, { id }: Resource): void {
      account.services.backup.jobs.begin(id);
    },
    recover({ account }: Bench, { id }: Resource): void {
      account.services.backup.jobs.begin(id);
    },
  },
];
