import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { Calls } from '../aws';

/** The action of `readWeightedSets`. */
export const recordReads = ['route53:ListResourceRecordSets'] as const;

/** One of the record sets of a name among which Route 53 divides the answers by weight. */
export interface WeightedSet {
  /** Its set identifier. */
  readonly id: string;
  readonly weight: number;
  /** Id of the health check that it is answered by, if there is one. */
  readonly healthCheck?: string;
  /** All of it, as Route 53 tells it and wants it back. */
  readonly whole: ResourceRecordSet;
}

/** As many as Route 53 gives at once; a name has no more weighted sets. */
const most = 100;

/** As Route 53 writes it: in small letters, and with the dot of the root. */
export function writtenName(name: string): string {
  return name.toLowerCase().replace(/\.?$/, '.');
}

/** The weighted record sets of a name and type, in the order of their ids; or why they are none, in one line. */
export async function readWeightedSets(
  zone: string,
  name: string,
  type: ResourceRecordSet['Type'],
  aws: Calls<(typeof recordReads)[number]>,
): Promise<readonly WeightedSet[] | string> {
  const written = writtenName(name);
  const { ResourceRecordSets: all = [] } = await aws.route53.listResourceRecordSets({
    HostedZoneId: zone,
    StartRecordName: written,
    StartRecordType: type,
    MaxItems: most,
  });
  const own = all.filter(({ Name, Type }) => Name === written && Type === type);
  if (own.length === 0) return `the zone ${zone} has no ${String(type)} record ${name}`;
  const weighted = own.flatMap((whole) => {
    const { SetIdentifier: id, Weight: weight, HealthCheckId: healthCheck } = whole;
    return id === undefined || weight === undefined
      ? []
      : [{ id, weight, ...(healthCheck !== undefined && { healthCheck }), whole }];
  });
  if (weighted.length < own.length) return `${name} is not divided by weight: there is no other set to send clients to`;
  return weighted.sort((one, other) => (one.id < other.id ? -1 : 1));
}
