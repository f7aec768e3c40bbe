import type { Resource } from '../../signals/signal';
import { serves, workOnDatabase } from '../../vitals/rds/db-instance';
import { momentText } from '../../vitals/moment-text';
import { momentToRestore } from '../../vitals/rds/db-restore';
import { derivedName } from '../named-creation';
import { defineRemediation } from '../remediation';
import { longestIdentifier } from './creation/created-instance';
import { leaveToEncrypt, leaveToMake, leaveToTag } from './creation/leave';
import { checkCluster, startCluster } from './restore-db-to-point-in-time/cluster';
import { checkInstance, startInstance } from './restore-db-to-point-in-time/instance';
import { parameters, planned, reads } from './restore-db-to-point-in-time/plan';
import { objectionTo, readSource, restorableOf, tooMany } from './restore-db-to-point-in-time/source';

/** Restores the backups of a database beside it, under a new name. What is sick stays as it is, for people to judge. */
export const restoreDbToPointInTime = defineRemediation({
  name: 'restore-db-to-point-in-time',
  title: 'Restore a database beside itself from its backups',
  when: 'A database has failed for good, or its data is lost or wrong, and a copy of an earlier moment is needed.',
  whenNot:
    'It may come back by itself, it has no automated backups, or nobody is there to look at the copy and cut over to it.',
  heals: ['db-instance-failed', 'db-data-lost'],
  takes: ['db-instance', 'db-cluster'],
  risk: 'medium',
  needsApproval: true,
  parameters,
  permissions: {
    read: reads,
    write: [
      { action: 'rds:RestoreDBInstanceToPointInTime', on: 'arn:*:rds:*:*:db:*', tagged: true },
      ...leaveToMake('rds:RestoreDBInstanceToPointInTime', 'db', ['og', 'pg', 'subgrp']),
      { action: 'rds:RestoreDBClusterToPointInTime', on: 'arn:*:rds:*:*:cluster:*', tagged: true },
      ...leaveToMake('rds:RestoreDBClusterToPointInTime', 'cluster', ['og', 'cluster-pg', 'subgrp']),
      // The restored cluster has the tags of its source by then.
      { action: 'rds:CreateDBInstance', on: 'arn:*:rds:*:*:cluster:*-homeostat-*', tagged: true },
      ...leaveToMake('rds:CreateDBInstance', 'db', ['og', 'pg', 'subgrp']),
    ],
    implied: [...leaveToTag('db', 'cluster'), ...leaveToEncrypt],
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 120, giveUpAfter: 21_600 },
  planned,

  async plan({ resource, condition, attemptKey, since }, chosen, aws) {
    const source = await readSource(resource.kind, resource.id, aws);
    if ('refused' in source) return { kind: 'refused', reason: source.refused };
    const { id, status } = source.of;
    if (condition === 'db-instance-failed' && serves(status)) {
      return { kind: 'notNeeded', reason: `${id} is ${status}: it has not failed` };
    }
    const work = workOnDatabase(source.of);
    if (work) return { kind: 'busy', reason: work };
    const objection = objectionTo(source, condition, chosen) ?? (await tooMany(source, chosen, aws));
    if (objection) return { kind: 'refused', reason: objection };
    const at = momentToRestore(id, await restorableOf(source, aws), chosen.minutesBack, since ?? aws.now());
    if (typeof at === 'string') return { kind: 'refused', reason: at };
    const touched: Resource = { ...resource, id };
    const copy = derivedName(id, attemptKey, longestIdentifier);
    return {
      kind: 'planned',
      plan: { ...chosen, attemptKey, condition, kind: source.kind, source: id, copy, at },
      summary: `restore ${id} as of ${momentText(at)} beside it, as ${copy}; people must then cut over to that`,
      touches: [touched],
      // Nothing is taken from what is there.
      group: 'alone',
    };
  },

  async start(plan, aws) {
    const source = await readSource(plan.kind, plan.source, aws);
    if ('refused' in source) return { kind: 'refused', reason: source.refused };
    // Said against a copy that is still to be made: one that is there gets its writer, however its source fares meanwhile.
    const objection = workOnDatabase(source.of) ?? objectionTo(source, plan.condition, plan);
    return source.kind === 'db-instance'
      ? startInstance(plan, source.of, objection, aws)
      : startCluster(plan, source.of, objection, aws);
  },

  check: (plan, _handle, aws) => (plan.kind === 'db-instance' ? checkInstance(plan, aws) : checkCluster(plan, aws)),
});
