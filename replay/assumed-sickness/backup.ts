import { idIn, typeOf } from '../../simulator/backup/protected';
import type { SimulatedAccount } from '../../simulator/world';
import { tags, type AssumedSickness, type Sick } from './sickness';

/** A job is told of when it ends: so much earlier it was created. */
const lasted = 30 * 60_000;

/** Makes up what an ARN names, if it is of a service whose tags can be read. Answers whether it is there now. */
function madeUp({ services }: SimulatedAccount, arn: string): boolean {
  const id = idIn(arn);
  switch (typeOf(arn)) {
    case 'DynamoDB':
      if (!services.dynamodb.control.holds(id)) services.dynamodb.control.add({ name: id, tags });
      return true;
    case 'EBS':
      if (!services.ec2.volumes.find(id)) services.ec2.addInstance({ tags, volumes: [{ id, tags }] });
      return true;
    case 'EFS':
      if (!services.elasticfilesystem.holds(id)) services.elasticfilesystem.add({ id, tags });
      return true;
    case 'RDS':
      if (!services.rds.holds(id)) services.rds.addDatabase({ id, tags });
      return true;
    default:
      return false;
  }
}

export function ofProtected(account: SimulatedAccount, signal: Sick): AssumedSickness {
  const { backup } = account.services;
  const { id: arn } = signal.resource;
  /** The job that the event tells of, unless it is there already. */
  const ended = (): void => {
    const [state = '', id = ''] = signal.dedupKey.split('/').reverse();
    const message = signal.detail.replace(/^its backup is \w+: /, '');
    if (signal.source === 'backup-job' && backup.holds(arn) && !backup.jobs.knows(id))
      backup.recall(arn, { id, state, message, at: signal.at - lasted });
  };
  return {
    ensure: () => {
      if (backup.holds(arn)) return undefined;
      backup.add({ arn });
      const what = madeUp(account, arn) ? 'is there, and' : 'cannot be looked at by itself, and';
      return `${arn} ${what} has one backup, a day old`;
    },
    sicken: ended,
    recover: ended,
  };
}
