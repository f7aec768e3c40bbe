import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import { isLogGroupName, logGroupReads, readLogGroup } from '../../vitals/monitoring/log-group';
import { defineRemediation } from '../remediation';
import { checkOfSteps, dueAmong } from '../steps';
import { desired, lostBy, missingOf, objectionTo, step, stepInWords, stepStanding } from './restore-log-delivery/step';

const planned = z.object({ logGroup: z.string(), steps: z.array(step).min(1) });

const logGroups = 'arn:*:logs:*:*:log-group:*';

/** Gives a log group back what was deleted of it, or the log group itself. What was written meanwhile is gone. */
export const restoreLogDelivery = defineRemediation({
  name: 'restore-log-delivery',
  title: 'Restore what a log group keeps and delivers',
  when: 'A log group, its retention or one of its subscription filters was deleted, and the policy says what it was like.',
  whenNot: 'Its filters are there and their destination is what fails; or it was changed rather than deleted.',
  heals: ['log-delivery-broken', 'log-group-deleted', 'log-retention-deleted'],
  takes: ['log-group'],
  risk: 'low',
  needsApproval: false,
  parameters: z.strictObject({
    /** Name of each log group that may be restored, and what it should be like. */
    logGroups: z.record(z.string(), desired),
  }),
  permissions: {
    read: [...logGroupReads],
    write: [
      // It has no tags before it is made.
      { action: 'logs:CreateLogGroup', on: logGroups, tagged: false },
      { action: 'logs:PutRetentionPolicy', on: logGroups, tagged: true },
      { action: 'logs:PutSubscriptionFilter', on: logGroups, tagged: true },
    ],
    implied: [
      { action: 'logs:TagResource', on: logGroups, tagged: false },
      // A filter may deliver to a destination of another account.
      { action: 'logs:PutSubscriptionFilter', on: 'arn:*:logs:*:*:destination:*', tagged: false },
      {
        action: 'iam:PassRole',
        on: 'arn:*:iam::*:role/*',
        tagged: false,
        condition: { StringEquals: { 'iam:PassedToService': 'logs.amazonaws.com' } },
      },
    ],
  },
  snapshots: 'noneCanBeMade',
  patience: { checkEvery: 15, giveUpAfter: 300 },
  planned,

  async plan({ resource, condition }, { logGroups: known }, aws) {
    const { id } = resource;
    if (!isLogGroupName(id)) return { kind: 'refused', reason: `${plainText(id)} is not the name of a log group` };
    const wanted = Object.hasOwn(known, id) ? known[id] : undefined;
    if (!wanted)
      return { kind: 'refused', reason: `the policy does not say what ${id} should be like, under logGroups` };
    const group = await readLogGroup(id, aws);
    if (group.kind === 'absent' && condition !== 'log-group-deleted') {
      return { kind: 'refused', reason: `the log group ${id} no longer exists` };
    }
    const steps = missingOf(wanted, group);
    if (steps.length === 0) {
      return {
        kind: 'refused',
        reason: `nothing of ${id} is missing: look at what it delivers to, and who changed it`,
      };
    }
    const objection = objectionTo(id, steps, group);
    if (objection) return { kind: 'refused', reason: objection };
    const lost = lostBy(steps, group, aws.now());
    return {
      kind: 'planned',
      plan: { logGroup: id, steps: [...steps] },
      summary: `restore the log group ${id}: ${steps.map(stepInWords).join(', ')}`,
      touches: [resource],
      group: 'alone',
      ...(lost && { destroys: [lost] }),
    };
  },

  async start({ logGroup: logGroupName, steps }, aws) {
    const group = await readLogGroup(logGroupName, aws);
    const found = dueAmong(steps, (each) => stepStanding(each, group), `the log group ${logGroupName}`);
    if ('answer' in found) return found.answer;
    const { due: next } = found;
    const objection = objectionTo(logGroupName, [next], group);
    if (objection) return { kind: 'refused', reason: objection };
    if (next.how === 'create') {
      const { key: kmsKeyId } = next;
      // It was the policy that opted it in; the next step asks the log group itself.
      const tags = { 'homeostat:heal': 'yes' };
      await aws.logs.createLogGroup({ logGroupName, tags, ...(kmsKeyId !== undefined && { kmsKeyId }) });
    } else if (group.kind === 'absent') {
      return { kind: 'refused', reason: `the log group ${logGroupName} was deleted since the plan` };
    } else if (next.how === 'retain') {
      await aws.logs.putRetentionPolicy({ logGroupName, retentionInDays: next.days });
    } else {
      const { name: filterName, pattern: filterPattern, destination: destinationArn, role: roleArn } = next.filter;
      const by = roleArn !== undefined && { roleArn };
      await aws.logs.putSubscriptionFilter({ logGroupName, filterName, filterPattern, destinationArn, ...by });
    }
    return { kind: 'started' };
  },

  async check({ logGroup, steps }, _handle, aws) {
    const group = await readLogGroup(logGroup, aws);
    return checkOfSteps(steps, (each) => stepStanding(each, group), `the log group ${logGroup}`);
  },
});
