import { plainText } from '../../signals/plain-text';
import type { Calls } from '../aws';
import { readZoneNames, zoneNameReads } from './zone-names';

/** A shift of the traffic of one load balancer that is active. */
export interface ActiveShift {
  readonly id: string;
  /** Name of the zone that gets no traffic. */
  readonly zone: string;
  readonly comment: string;
  /** `people`: somebody started it, as we do. `aws`: an autoshift, a practice run or an experiment, which ends by itself. */
  readonly by: 'people' | 'aws';
  /** Whether it is in effect; another shift may have precedence. */
  readonly isApplied: boolean;
}

/** The actions of `readShifts`. */
export const shiftReads = ['arc-zonal-shift:GetManagedResource', ...zoneNameReads] as const;

/**
 * What shifts traffic of the load balancer now; `unmanaged` where zonal shifts of it are not enabled, or it does not exist. Throws
 * for a zone that has no name in this account: it might be any.
 */
export async function readShifts(
  arn: string,
  aws: Calls<(typeof shiftReads)[number]>,
): Promise<readonly ActiveShift[] | 'unmanaged'> {
  const managed = await unlessUnmanaged(() => aws['arc-zonal-shift'].getManagedResource({ resourceIdentifier: arn }));
  if (managed === 'unmanaged') return managed;
  const { zonalShifts = [], autoshifts = [] } = managed;
  if (zonalShifts.length + autoshifts.length === 0) return [];
  const names = await readZoneNames(aws);
  const zoneOf = (id: string | undefined): string => {
    const name = names.nameOf(id);
    if (name !== undefined) return name;
    throw new Error(
      `traffic is shifted away from the zone ${plainText(id ?? 'without a name')}, and EC2 does not tell which it is`,
    );
  };
  return [
    ...zonalShifts.map(({ zonalShiftId = '', awayFrom, comment = '', shiftType, appliedStatus }) => ({
      id: zonalShiftId,
      zone: zoneOf(awayFrom),
      comment: plainText(comment),
      by: shiftType === undefined || shiftType === 'ZONAL_SHIFT' ? ('people' as const) : ('aws' as const),
      isApplied: appliedStatus === 'APPLIED',
    })),
    ...autoshifts.map(({ awayFrom, appliedStatus }) => ({
      id: '',
      zone: zoneOf(awayFrom),
      comment: '',
      by: 'aws' as const,
      isApplied: appliedStatus === 'APPLIED',
    })),
  ];
}

async function unlessUnmanaged<T>(read: () => Promise<T>): Promise<T | 'unmanaged'> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return 'unmanaged';
    throw error;
  }
}
