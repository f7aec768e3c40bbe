import { quotasFor } from '../../../statemachines/admission';
import { known, type Facts } from '../../../statemachines/guards/facts';
import type { Asking } from '../../../statemachines/guards/guard';
import type { OverallLimits } from '../../../statemachines/guards/overall-limits';
import type { Start } from '../../../statemachines/quota';
import { zoneScope } from '../../../statemachines/scope';
import type { Sighting } from '../../../statemachines/storm';
import type { Resource } from '../../../signals/signal';
import { aRule } from '../incident';

export const at = 10_000_000;
const owner = { account: '111122223333', region: 'eu-central-1' } as const;
export const instance: Resource = { kind: 'ec2-instance', id: 'i-0abc', ...owner };
export const group: Resource = { kind: 'auto-scaling-group', id: 'web', ...owner };
export const groupKey = '111122223333/eu-central-1/auto-scaling-group/web';
export const zone = zoneScope(owner, 'eu-central-1a');

export const overall: OverallLimits = {
  account: { atOnce: 3, perHour: 12 },
  group: { perHour: 4 },
  storm: {
    group: 4,
    zone: 6,
    region: 15,
    withinSeconds: 300,
    sickPercent: 40,
    coolDownSeconds: 600,
    paceSeconds: 120,
  },
};

const rule = aRule();

/** A start that nothing stands in the way of. */
export const asking: Asking = {
  at,
  incident: 'inc-1',
  rule,
  overall,
  remediation: 'reboot-instance',
  touches: [instance],
  quotas: quotasFor(rule, overall, owner, [groupKey, zone]),
  group: { name: 'web', size: 4, healthyOthers: 3 },
  memory: { sickSince: at - 60_000, seenSickAt: at, lastStartAt: null, starts: 0, spent: 0 },
};

/** Facts that nothing stands in the way by. */
export const clear: Facts = {
  holds: known([]),
  modeNow: known('act'),
  mutes: known([]),
  bystanders: known([
    { resource: instance, touched: true, tags: { 'homeostat:heal': 'yes' }, zone: 'eu-central-1a' },
    { resource: group, touched: false, tags: {}, members: { size: 4, sick: 1 } },
  ]),
  shiftedZones: known([]),
  sightings: known(new Map([[groupKey, [{ resource: 'one', at }]]])),
  starts: known([]),
  heldByOthers: known([]),
};

/** Starts of others that were made so many seconds ago. */
export const startsIn = (scope: string, count: number, secondsAgo: number, touching = false): Start[] =>
  Array.from({ length: count }, (_none, index) => ({
    incident: `inc-other-${index}`,
    at: at - secondsAgo * 1_000,
    scopes: [scope],
    touching,
  }));

/** Different resources that fell sick so many seconds ago. */
export const sick = (count: number, secondsAgo: number): Sighting[] =>
  Array.from({ length: count }, (_none, index) => ({ resource: `r-${index}`, at: at - secondsAgo * 1_000 }));
