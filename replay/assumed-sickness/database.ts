import type { SimulatedAccount } from '../../simulator/world';
import type { RecordedAlarm } from '../recorded-alarm';
import { tags, type AssumedSickness, type Sick } from './sickness';

export function ofDatabase(
  { services: { rds } }: SimulatedAccount,
  { resource: { id }, condition }: Sick,
): AssumedSickness {
  return {
    ensure: () => {
      if (rds.holds(id)) return undefined;
      if (condition === 'db-source-lost' || condition === 'db-replication-broken') {
        rds.addDatabase({ id, multiAz: false, replicaOf: `${id}-source`, tags });
        return `database ${id} is a read replica of ${id}-source, and well`;
      }
      rds.addDatabase({ id, tags });
      return `database ${id} is Multi-AZ, its standby well`;
    },
    sicken: () => {
      if (condition === 'db-instance-stopped') rds.halt(id);
      // What a description of the account says of it already is left so.
      if (rds.isSick(id)) return;
      if (condition === 'db-storage-low') rds.setFreeStorage(id, 1);
      else if (condition === 'db-overloaded') rds.sicken(id, { kind: 'overloaded' });
      else if (condition === 'db-instance-impaired') rds.sicken(id);
      else if (condition === 'db-instance-failed') rds.fail(id);
    },
    recover: () => {
      if (rds.holds(id)) rds.cure(id);
    },
  };
}

export function ofCluster(
  { services: { rds } }: SimulatedAccount,
  { resource: { id }, condition }: Sick,
  alarm: RecordedAlarm | undefined,
): AssumedSickness {
  const isSecondary = condition === 'db-source-lost';
  const isServerless = /^(ACUUtilization|ServerlessDatabaseCapacity)$/.test(alarm?.measures?.metric.name ?? '');
  return {
    ensure: () => {
      if (rds.holds(id)) return undefined;
      const members = [1, 2].map((place) => ({
        id: `${id}-${place}`,
        tags,
        ...(isServerless && { class: 'db.serverless' }),
      }));
      rds.addCluster({
        id,
        tags,
        members,
        globalSecondary: isSecondary,
        ...(isServerless && { capacity: { least: 0.5, most: 8 } }),
      });
      if (isSecondary) return `cluster ${id} is a secondary of a global database, its two members well`;
      if (isServerless) return `cluster ${id} has a writer and a reader that may grow to 8 ACU`;
      return `cluster ${id} has a writer and a reader of one size, the reader well`;
    },
    sicken: () => {
      if (rds.isSick(id)) return;
      if (isSecondary) rds.setPrimaryOf(id, 'lost');
      else if (condition === 'db-overloaded') rds.sicken(id, { kind: 'overloaded' });
      else if (condition === 'db-writer-unhealthy') rds.sicken(id);
    },
    recover: () => {
      if (!rds.holds(id)) return;
      if (isSecondary) rds.setPrimaryOf(id, 'well');
      else rds.cure(id);
    },
  };
}
