import type { SimulatedAccount } from '../../simulator/world';
import { tags, type AssumedSickness, type Sick } from './sickness';

export function ofBucket({ services: { s3 } }: SimulatedAccount, { resource: { id } }: Sick): AssumedSickness {
  return {
    ensure: () => {
      if (s3.holds(id)) return undefined;
      s3.add({ name: id, policy: 'private', tags });
      return `bucket ${id} serves no website, and nothing blocks public access to it`;
    },
    // The events that tell of it are in the recording.
    sicken: () => {
      if (s3.holds(id) && !s3.isPublic(id)) s3.open(id, 'public');
    },
    recover: () => {
      if (s3.holds(id)) s3.open(id, 'private');
    },
  };
}

/** Where requests go instead, for an access point in any other Region. */
const [standby, otherwise] = ['us-west-2', 'us-east-1'] as const;

export function ofAccessPoint(
  { services: { s3 }, region }: SimulatedAccount,
  { resource: { id } }: Sick,
): AssumedSickness {
  const away = region === standby ? otherwise : standby;
  const [own, other] = [`assumed-${region}`, `assumed-${away}`];
  return {
    ensure: () => {
      if (s3.accessPoints.holds(id)) return undefined;
      s3.add({ name: own, replicatedInto: [other] });
      s3.add({ name: other, replicatedInto: [own] });
      s3.accessPoints.add({
        alias: id,
        routes: [
          { bucket: own, region, active: true },
          { bucket: other, region: away, active: false },
        ],
      });
      return `${id} sends all requests to ${region}, and could send them to ${away}: its buckets are copied both ways`;
    },
    sicken: () => {
      s3.accessPoints.fail(region, true);
    },
    recover: () => {
      s3.accessPoints.fail(region, false);
    },
  };
}
