import type { Calls } from '../../../vitals/aws';
import { autoshiftReads, readShiftedZones } from '../../../vitals/load-balancing/autoshift';
import {
  balancerZoneReads,
  readBalancerTargets,
  readBalancerZones,
  standingText,
  worstZone,
  type ZoneStanding,
} from '../../../vitals/load-balancing/balancer-zones';
import { balancerName } from '../../../vitals/load-balancing/load-balancer';
import { targetGroupName } from '../../../vitals/load-balancing/target-group';
import type { ActiveShift } from '../../../vitals/load-balancing/zonal-shifts';
import { busyWith, refusedFor, type Hindrance } from '../../hindrance';

/** The actions of `findZone`. */
export const zoneToLeaveReads = [...balancerZoneReads, ...autoshiftReads] as const;
type Reads = Calls<(typeof zoneToLeaveReads)[number]>;

/** Says so when traffic of this load balancer is shifted already: AWS knows more, and its shifts end by themselves. */
export function hindranceOf(name: string, shifts: readonly ActiveShift[]): Hindrance | undefined {
  const own = shifts.find(({ by }) => by === 'aws');
  const work = own && `AWS itself shifts traffic of ${name} away from ${own.zone}: an autoshift, or a practice run`;
  const shift = shifts.find(({ by }) => by === 'people');
  const objection =
    shift && `traffic of ${name} is shifted away from ${shift.zone} already, "${shift.comment}": extend or end that`;
  return busyWith(work) ?? refusedFor(objection);
}

/** The zone that fails, and how many targets there are, and are healthy in the other zones; or why it can't be left. */
export async function findZone(
  arn: string,
  { keepHealthyPercent }: { readonly keepHealthyPercent: number },
  aws: Reads,
): Promise<{ worst: ZoneStanding; size: number; elsewhere: number } | string> {
  const name = balancerName(arn);
  const zones = await readBalancerZones(arn, await readBalancerTargets(arn, aws), aws);
  const worst = worstZone(zones);
  if (!worst) {
    const told = zones.map(standingText).slice(0, 6).join('; ');
    return `no one zone of ${name} is much worse than the others (${told}): their trouble is shared`;
  }
  // An autoshift away from the same zone that does not move this load balancer says that the zone is bad, and so may we.
  const elsewhereShifted = (await readShiftedZones(aws)).find((zone) => zone !== worst.zone);
  if (elsewhereShifted !== undefined) {
    return `not ${worst.zone} but ${elsewhereShifted} is the zone that AWS shifts traffic away from: both at once leave too little`;
  }
  const others = zones.filter(({ zone }) => zone !== worst.zone);
  const stranded = worst.serving.find((group) => !others.some(({ serving }) => serving.includes(group)));
  if (stranded !== undefined) {
    return `without ${worst.zone} no target of ${targetGroupName(stranded)} behind ${name} would be healthy: add some elsewhere first`;
  }
  const size = zones.reduce((sum, { targets }) => sum + targets, 0);
  const elsewhere = others.reduce((sum, { healthy }) => sum + healthy, 0);
  const percent = Math.floor((elsewhere / size) * 100);
  return percent < keepHealthyPercent
    ? `without ${worst.zone} ${elsewhere} of ${size} targets of ${name} would be healthy, not ${keepHealthyPercent} %: add some first`
    : { worst, size, elsewhere };
}
