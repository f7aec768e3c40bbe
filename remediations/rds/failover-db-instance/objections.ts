import type { Calls } from '../../../vitals/aws';
import { unsettled, workOnDatabase, type DbInstance } from '../../../vitals/rds/db-instance';
import { failedOverLately } from '../../../vitals/rds/failovers';
import { busyWith, refusedFor, type Hindrance } from '../../hindrance';

/** Why this instance is not failed over as it stands; undefined when it may be. */
export async function hindranceTo(
  instance: DbInstance,
  aws: Calls<'rds:DescribeEvents'>,
): Promise<Hindrance | undefined> {
  const work = workOnDatabase(instance);
  return (
    refusedFor(unfitness(instance)) ??
    busyWith(work && `${work}: RDS fails over only what is available`) ??
    refusedFor(unsettled(instance, 'fails over') ?? (await failedOverLately(instance.id, 'db-instance', aws)))
  );
}

/** Why it must not be failed over, whatever state it is in; undefined when it may. */
function unfitness({ id, cluster, engine, multiAz }: DbInstance): string | undefined {
  if (cluster) return `${id} is a member of the cluster ${cluster}: use failover-db-cluster`;
  if (!multiAz) return `${id} has no standby: it is not Multi-AZ`;
  return engine.startsWith('sqlserver')
    ? `${id} runs SQL Server, which RDS says to reboot without failover when it does not answer: a person must`
    : undefined;
}
