import type { SimulatedAccount } from '../../simulator/world';
import { tags, type AssumedSickness, type Sick } from './sickness';

export function ofDatabase(
  { services: { rds } }: SimulatedAccount,
  { resource: { id }, condition }: Sick,
): AssumedSickness {
  return {
    ensure: () => {
      if (rds.holds(id)) return undefined;
      rds.addDatabase({ id, tags });
      return `database ${id} is Multi-AZ, its standby well`;
    },
    sicken: () => {
      if (condition === 'db-storage-low') rds.setFreeStorage(id, 1);
      else if (condition === 'db-overloaded') rds.sicken(id, { kind: 'overloaded' });
      else if (condition === 'db-instance-impaired') rds.sicken(id);
    },
    recover: () => {
      if (rds.holds(id)) rds.cure(id);
    },
  };
}

export function ofCluster(
  { services: { rds } }: SimulatedAccount,
  { resource: { id }, condition }: Sick,
): AssumedSickness {
  return {
    ensure: () => {
      if (rds.holds(id)) return undefined;
      rds.addCluster({ id, tags, members: [1, 2].map((place) => ({ id: `${id}-${place}`, tags })) });
      return `cluster ${id} has a writer and a reader of one size, the reader well`;
    },
    sicken: () => {
      if (condition === 'db-overloaded') rds.sicken(id, { kind: 'overloaded' });
      else if (condition === 'db-writer-unhealthy') rds.sicken(id);
    },
    recover: () => {
      if (rds.holds(id)) rds.cure(id);
    },
  };
}
