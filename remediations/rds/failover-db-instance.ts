import { z } from 'zod';
import type { Resource } from '../../signals/signal';
import { readDbInstance, serves, type DbInstance } from '../../vitals/rds/db-instance';
import { readFailovers } from '../../vitals/rds/failovers';
import { startRefused } from '../hindrance';
import { defineRemediation } from '../remediation';
import { cannotCheck, cannotPlan } from '../unread';
import { hindranceTo } from './failover-db-instance/objections';

const planned = z.object({
  account: z.string(),
  region: z.string(),
  instance: z.string(),
  /** Zone that it served from when the plan was made. A second failover would bring it back here. */
  fromZone: z.string(),
  /** Zone of the standby then. */
  toZone: z.string(),
});
type Plan = z.infer<typeof planned>;

/** Moves a Multi-AZ database instance to its standby. */
export const failoverDbInstance = defineRemediation({
  name: 'failover-db-instance',
  title: 'Fail a database over to its standby',
  when: 'The primary of a Multi-AZ instance, or its Availability Zone, is degraded and RDS has not failed over by itself.',
  whenNot:
    'The load comes from queries, there is no standby, a failover was lately, or the instance belongs to a cluster.',
  heals: ['db-instance-impaired'],
  takes: ['db-instance'],
  risk: 'medium',
  needsApproval: true,
  parameters: z.object({
    /** Names of Availability Zones that must not be failed over to, such as one that is impaired. */
    avoidZones: z.array(z.string().min(1)).default([]),
  }),
  permissions: {
    read: ['rds:DescribeDBInstances', 'rds:DescribeEvents'],
    write: [{ action: 'rds:RebootDBInstance', on: 'arn:*:rds:*:*:db:*', tagged: true }],
  },
  // The standby has all that was committed.
  snapshots: 'losesNoData',
  patience: { checkEvery: 30, giveUpAfter: 900 },
  planned,

  async plan({ resource }, { avoidZones }, aws) {
    const reading = await readDbInstance(resource.id, aws);
    if (reading.kind !== 'found') return cannotPlan(reading, resource.id);
    const { instance } = reading;
    const hindrance = await hindranceTo(instance, aws);
    if (hindrance) return hindrance;
    const zones = zonesOf(instance);
    if (!zones) {
      return { kind: 'refused', reason: `RDS does not say in which zones ${instance.id} and its standby are` };
    }
    const { fromZone, toZone } = zones;
    if (avoidZones.includes(toZone)) {
      return {
        kind: 'refused',
        reason: `the standby of ${instance.id} is in ${toZone}, which the policy says to avoid`,
      };
    }
    const { account, region } = resource;
    const touched: Resource = { kind: 'db-instance', id: instance.id, account, region };
    return {
      kind: 'planned',
      plan: { account, region, instance: instance.id, fromZone, toZone },
      summary: `fail ${instance.id} over from ${fromZone} to its standby in ${toZone}`,
      touches: [touched],
      // The primary and its standby stand in for each other.
      group: { resource: touched, size: 2, healthyOthers: 1 },
    };
  },

  async start(plan, aws) {
    const reading = await readDbInstance(plan.instance, aws);
    if (reading.kind !== 'found') return { kind: 'refused', reason: `${plan.instance} can't be read any more` };
    const { instance } = reading;
    const changed = change(plan, instance);
    if (changed) return { kind: 'refused', reason: changed };
    const hindrance = await hindranceTo(instance, aws);
    if (hindrance) return startRefused(hindrance);
    try {
      await aws.rds.rebootDBInstance({ DBInstanceIdentifier: plan.instance, ForceFailover: true });
    } catch (error) {
      if (!(error instanceof Error && error.name === 'InvalidDBInstanceStateFault')) throw error;
      return { kind: 'refused', reason: `${plan.instance} is busy, maybe failing over already: ${error.message}` };
    }
    return { kind: 'started' };
  },

  async check(plan, _handle, aws) {
    const reading = await readDbInstance(plan.instance, aws);
    if (reading.kind !== 'found') return cannotCheck(reading, plan.instance);
    const { id, status, zone } = reading.instance;
    if (!serves(status)) return { kind: 'pending', detail: `${id} is ${status}` };
    if (zone !== undefined && zone !== plan.fromZone) {
      return { kind: 'done', detail: `${id} is ${status} in ${zone}, no longer in ${plan.fromZone}` };
    }
    const { messages, givenUp } = await readFailovers(id, 'db-instance', aws);
    if (givenUp) return { kind: 'failed', detail: `RDS gave the failover of ${id} up: ${givenUp}` };
    const last = messages.at(-1);
    // RDS shows the new zone some minutes after the failover; `start` made sure that any event is of after it.
    if (last) return { kind: 'pending', detail: `RDS says of ${id}: ${last}; it still shows zone ${plan.fromZone}` };
    return { kind: 'notStarted', detail: `${id} is ${status} in ${plan.fromZone}, and RDS knows of no failover` };
  },
});

function zonesOf({ zone, standbyZone }: DbInstance): Pick<Plan, 'fromZone' | 'toZone'> | undefined {
  return zone && standbyZone && zone !== standbyZone ? { fromZone: zone, toZone: standbyZone } : undefined;
}

/** What has changed since the plan; undefined when nothing has. */
function change(plan: Plan, { id, zone, standbyZone }: DbInstance): string | undefined {
  if (zone !== plan.fromZone) {
    return `${id} serves from ${zone ?? 'no zone'} and not from ${plan.fromZone} any more: it has failed over already`;
  }
  if (standbyZone !== plan.toZone) {
    return `the standby of ${id} is in ${standbyZone ?? 'no zone'} and not in ${plan.toZone} any more`;
  }
  return undefined;
}
