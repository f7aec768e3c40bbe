import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import { standingText } from '../../vitals/load-balancing/balancer-zones';
import { balancerName, balancerReads, findBalancer, isBalancerArn } from '../../vitals/load-balancing/load-balancer';
import { readZoneNames } from '../../vitals/load-balancing/zone-names';
import { readShifts, shiftReads, type ActiveShift } from '../../vitals/load-balancing/zonal-shifts';
import { startRefused } from '../hindrance';
import { defineRemediation } from '../remediation';
import { findZone, hindranceOf, zoneToLeaveReads } from './shift-zone-away/zone-to-leave';

const parameters = z.strictObject({
  /** Minutes after which ARC sends traffic to the zone again by itself; three days at the most. */
  expiresInMinutes: z.int().min(10).max(4_320).default(120),
  /** Targets that must be healthy in the other zones, in percent of all targets: they carry everything meanwhile. */
  keepHealthyPercent: z.int().min(1).max(100).default(60),
});

const planned = parameters.extend({
  loadBalancer: z.string(),
  /** Name of the zone, and its id, by which ARC knows it. */
  zone: z.string(),
  zoneId: z.string(),
  /** Marks the shift as this attempt's: ARC takes no token. */
  comment: z.string(),
});
type Plan = z.infer<typeof planned>;

const balancerArns = ['app', 'net'].map((kind) => `arn:*:elasticloadbalancing:*:*:loadbalancer/${kind}/*/*`);

/** Moves the traffic of a load balancer away from the one zone that fails, for a while. */
export const shiftZoneAway = defineRemediation({
  name: 'shift-zone-away',
  title: 'Shift traffic away from a zone',
  when: 'One zone of a load balancer fails while the others are well and can carry its traffic: the zone, or what was deployed to it.',
  whenNot:
    'All zones fail alike, the others have too few healthy targets, or traffic is shifted away from a zone already.',
  heals: ['zone-impaired'],
  // ARC shifts Auto Scaling groups as well, but IAM knows them as no resource of that, so a role could not be held to one.
  takes: ['load-balancer'],
  risk: 'medium',
  needsApproval: false,
  parameters,
  permissions: {
    read: [...new Set([...balancerReads, ...shiftReads, ...zoneToLeaveReads])],
    write: (['StartZonalShift', 'CancelZonalShift'] as const).flatMap((operation) =>
      balancerArns.map((on) => ({ action: `arc-zonal-shift:${operation}` as const, on, tagged: true })),
    ),
  },
  snapshots: 'losesNoData',
  // New connections go elsewhere within a minute; those that are open take longer to end, which is for the symptom to show.
  patience: { checkEvery: 30, giveUpAfter: 600 },
  planned,

  async plan({ resource, attemptKey }, chosen, aws) {
    const arn = resource.id;
    if (!isBalancerArn(arn)) return { kind: 'refused', reason: `${plainText(arn)} is not the ARN of a load balancer` };
    if (!(await findBalancer(arn, aws))) return { kind: 'refused', reason: `${arn} no longer exists` };
    const name = balancerName(arn);
    const shifts = await readShifts(arn, aws);
    if (shifts === 'unmanaged') return { kind: 'refused', reason: notEnabled(name) };
    const hindrance = hindranceOf(name, shifts);
    if (hindrance) return hindrance;
    const found = await findZone(arn, chosen, aws);
    if (typeof found === 'string') return { kind: 'refused', reason: found };
    const { worst, size, elsewhere } = found;
    const zoneId = (await readZoneNames(aws)).idOf(worst.zone);
    if (zoneId === undefined) return { kind: 'refused', reason: `EC2 does not tell the id of ${worst.zone}` };
    const comment = `Homeostat ${attemptKey}`.slice(0, 128);
    return {
      kind: 'planned',
      plan: { ...chosen, loadBalancer: arn, zone: worst.zone, zoneId, comment },
      summary: `shift traffic of ${name} away from ${standingText(worst)}, for ${chosen.expiresInMinutes} minutes`,
      touches: [resource],
      group: { resource, size, healthyOthers: elsewhere },
    };
  },

  async start(plan, aws) {
    const { loadBalancer, zone, zoneId, comment, expiresInMinutes } = plan;
    const name = balancerName(loadBalancer);
    const shifts = await readShifts(loadBalancer, aws);
    if (shifts === 'unmanaged') return { kind: 'refused', reason: notEnabled(name) };
    if (ownAmong(shifts, plan)) return { kind: 'started' };
    const hindrance = hindranceOf(name, shifts);
    if (hindrance) return startRefused(hindrance);
    const found = await findZone(loadBalancer, plan, aws);
    if (typeof found === 'string') return { kind: 'refused', reason: found };
    if (found.worst.zone !== zone) {
      return { kind: 'refused', reason: `not ${zone} but ${found.worst.zone} of ${name} fares worst now` };
    }
    await aws['arc-zonal-shift'].startZonalShift({
      resourceIdentifier: loadBalancer,
      awayFrom: zoneId,
      expiresIn: `${expiresInMinutes}m`,
      comment,
    });
    return { kind: 'started' };
  },

  async check(plan, _handle, aws) {
    const { loadBalancer, zone } = plan;
    const name = balancerName(loadBalancer);
    const shifts = await readShifts(loadBalancer, aws);
    if (shifts === 'unmanaged') return { kind: 'failed', detail: notEnabled(name) };
    const own = ownAmong(shifts, plan);
    if (!own) return { kind: 'notStarted', detail: `no shift of ${name} away from ${zone} is ours` };
    return own.isApplied
      ? { kind: 'done', detail: `traffic of ${name} is shifted away from ${zone}` }
      : { kind: 'pending', detail: `the shift of ${name} away from ${zone} is not applied yet` };
  },

  // It ends by itself as well, when it expires.
  async undo(plan, aws) {
    const shifts = await readShifts(plan.loadBalancer, aws);
    const own = shifts === 'unmanaged' ? undefined : ownAmong(shifts, plan);
    if (!own) return { kind: 'refused', reason: `no shift of ${balancerName(plan.loadBalancer)} is ours any more` };
    await aws['arc-zonal-shift'].cancelZonalShift({ zonalShiftId: own.id });
    return { kind: 'started' };
  },
});

function notEnabled(name: string): string {
  return `zonal shifts of ${name} are not enabled: a person must set its attribute zonal_shift.config.enabled`;
}

function ownAmong(shifts: readonly ActiveShift[], { zone, comment }: Plan): ActiveShift | undefined {
  return shifts.find((shift) => shift.by === 'people' && shift.zone === zone && shift.comment === plainText(comment));
}
