import { plainText } from '../../signals/plain-text';
import type { Calls } from '../aws';
import { everyItem } from '../pages';
import { readZoneNames, zoneNameReads } from './zone-names';

/** The actions of `readShiftedZones`. */
export const autoshiftReads = ['arc-zonal-shift:ListAutoshifts', ...zoneNameReads] as const;
type AutoshiftReads = (typeof autoshiftReads)[number];

/**
 * Names of the region's zones that AWS is shifting traffic away from by itself. Throws when they cannot be read, and for a zone
 * that has no name in this account: it might be any.
 */
export async function readShiftedZones(aws: Calls<AutoshiftReads>): Promise<readonly string[]> {
  const autoshifts = await everyItem(
    async ({ NextToken }) => {
      const page = await aws['arc-zonal-shift'].listAutoshifts({
        status: 'ACTIVE',
        ...(NextToken !== undefined && { nextToken: NextToken }),
      });
      return { items: page.items, NextToken: page.nextToken };
    },
    ({ items }) => items,
  );
  const zones = new Set(autoshifts.filter(({ status }) => status !== 'COMPLETED').map(({ awayFrom }) => awayFrom));
  if (zones.size === 0) return [];
  const names = await readZoneNames(aws);
  return [...zones].map((zone) => {
    const name = names.nameOf(zone);
    if (name === undefined) {
      throw new Error(
        `AWS shifts traffic away from the zone ${plainText(zone ?? 'without a name')}, and EC2 does not tell which it is`,
      );
    }
    return name;
  });
}
