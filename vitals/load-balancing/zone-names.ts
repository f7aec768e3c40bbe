import type { Calls } from '../aws';

/** The action of `readZoneNames`. */
export const zoneNameReads = ['ec2:DescribeAvailabilityZones'] as const;

/** Name and id of each of the region's zones: `eu-central-1a` is the account's own name of `euc1-az2`. */
export interface ZoneNames {
  /** By id or name; undefined of a zone that EC2 does not tell. */
  nameOf(zone: string | undefined): string | undefined;
  idOf(name: string): string | undefined;
}

/** Also of zones that the account has not opted into: they have a name as well. */
export async function readZoneNames(aws: Calls<(typeof zoneNameReads)[number]>): Promise<ZoneNames> {
  const { AvailabilityZones = [] } = await aws.ec2.describeAvailabilityZones({ AllAvailabilityZones: true });
  const names = new Map<string | undefined, string>();
  const ids = new Map<string, string>();
  for (const { ZoneId, ZoneName } of AvailabilityZones) {
    if (ZoneName === undefined) continue;
    names.set(ZoneId, ZoneName).set(ZoneName, ZoneName);
    if (ZoneId !== undefined) ids.set(ZoneName, ZoneId);
  }
  return { nameOf: (zone) => (zone === undefined ? undefined : names.get(zone)), idOf: (name) => ids.get(name) };
}
