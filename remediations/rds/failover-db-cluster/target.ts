import type { DbCluster, DbClusterMember } from '../../../vitals/rds/db-cluster';
import { workOnDatabase } from '../../../vitals/rds/db-instance';
import type { Parameters } from '../failover-db-cluster';

type Choice =
  | { readonly kind: 'found'; readonly writer: DbClusterMember; readonly target: DbClusterMember }
  | { readonly kind: 'busy' | 'refused'; readonly reason: string };

/** The reader that RDS would take first and that can carry the writer's load, in another zone than the writer if there is one. */
export function chooseTarget(
  { id, members }: DbCluster,
  wishes: Parameters,
  lags: ReadonlyMap<string, number>,
): Choice {
  const [writer, ...more] = members.filter((member) => member.writer);
  if (!writer || more.length > 0) return { kind: 'refused', reason: `RDS does not show exactly one writer in ${id}` };
  const readers = members
    .filter((member) => !member.writer)
    .map((reader) => ({
      reader,
      objection: objectionToReader(reader, writer, wishes) ?? objectionToLag(reader, wishes, lags.get(reader.id)),
    }));
  const [target] = readers
    .flatMap(({ reader, objection }) => (objection ? [] : [reader]))
    .toSorted(
      (a, b) =>
        Number(a.instanceClass !== writer.instanceClass) - Number(b.instanceClass !== writer.instanceClass) ||
        a.promotionTier - b.promotionTier ||
        Number(a.zone === writer.zone) - Number(b.zone === writer.zone) ||
        (a.id < b.id ? -1 : 1),
    );
  if (target) return { kind: 'found', writer, target };
  const reason = `no reader of ${id} can take over: ${readers.flatMap(({ objection }) => objection ?? []).join('; ')}`;
  // One that would do but for what is being done to it.
  const comesSoon = readers.some(
    ({ reader }) =>
      workOnDatabase(reader) !== undefined && !objectionToReader({ ...reader, status: 'available' }, writer, wishes),
  );
  return { kind: comesSoon ? 'busy' : 'refused', reason };
}

function objectionToReader(reader: DbClusterMember, writer: DbClusterMember, wishes: Parameters): string | undefined {
  const { id, status, zone, instanceClass } = reader;
  if (status !== 'available') return `${id} is ${status}`;
  if (!zone) return `RDS does not say in which zone ${id} is`;
  if (wishes.avoidZones.includes(zone)) return `${id} is in ${zone}, which the policy says to avoid`;
  if (!wishes.allowSmaller && instanceClass !== writer.instanceClass) {
    return `${id} is a ${instanceClass} and the writer a ${writer.instanceClass} (allowSmaller would accept it)`;
  }
  return undefined;
}

function objectionToLag({ id }: DbClusterMember, { maxLagSeconds }: Parameters, lag = 0): string | undefined {
  return lag > maxLagSeconds ? `${id} lags ${Math.round(lag)} s behind, more than ${maxLagSeconds} s` : undefined;
}
