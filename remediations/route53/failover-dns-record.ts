import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import { isHostedZoneId, readHostedZone, workOnZone, zoneReads } from '../../vitals/route53/hosted-zone';
import { readWeightedSets, recordReads } from '../../vitals/route53/record-sets';
import { answerBefore, checkOf, standingOf } from '../absolute-change';
import { defineRemediation } from '../remediation';
import { unlessFailing } from './health-check/failing-check';
import { changes, moved, objectionReads, objectionTo, weights, weightsOf } from './failover-dns-record/weights';

const parameters = z.strictObject({
  hostedZone: z.string().refine(isHostedZoneId, 'a hosted zone is named by its id'),
  /** Name of the record that clients ask for. */
  record: z.string().regex(/^[a-z0-9_-]+(\.[a-z0-9_-]+)+\.?$/i, 'a record is written like www.shop.example'),
  type: z.enum(['A', 'AAAA', 'CNAME']).default('A'),
  /** Set identifier of the record set that takes over: it is there already, with a weight of 0, and a health check asks it. */
  to: z.string().min(1),
});

const planned = parameters.extend({
  /** Set identifier → weight: as it was, and as it is to be. */
  from: weights,
  set: weights,
});

/** Sends clients to another record set of a name, by their weights. */
export const failoverDnsRecord = defineRemediation({
  name: 'failover-dns-record',
  title: 'Fail a DNS record over by weight',
  when: 'What a name leads to does not answer, a standby record set of the name does, and no routing control stands before them.',
  whenNot:
    'Routing controls could do it, which need no control plane; or Route 53 fails over by itself, by a health check of the record.',
  heals: ['endpoint-unhealthy'],
  takes: ['health-check'],
  risk: 'high',
  needsApproval: true,
  parameters,
  permissions: {
    read: [...zoneReads, ...recordReads, ...objectionReads, 'route53:GetChange'],
    write: [
      {
        action: 'route53:ChangeResourceRecordSets',
        on: 'arn:*:route53:::hostedzone/*',
        tagged: false,
        namedIn: ['hostedZone'],
        condition: { 'ForAllValues:StringEquals': { 'route53:ChangeResourceRecordSetsActions': 'UPSERT' } },
      },
    ],
  },
  // All servers of Route 53 have it within a minute; resolvers keep the old answer for as long as it lives.
  patience: { checkEvery: 30, giveUpAfter: 900 },
  planned,
  snapshots: 'losesNoData',

  async plan({ resource }, chosen, aws) {
    const { id, account, region } = resource;
    const noNeed = await unlessFailing(id, aws);
    if (noNeed) return noNeed;
    const { hostedZone, record, to } = chosen;
    const zone = await readHostedZone(hostedZone, aws);
    if (!zone) return { kind: 'refused', reason: `the hosted zone ${hostedZone} no longer exists` };
    const work = workOnZone(zone);
    if (work) return { kind: 'busy', reason: work };
    const sets = await readWeightedSets(hostedZone, record, chosen.type, aws);
    if (typeof sets === 'string') return { kind: 'refused', reason: sets };
    const objection = await objectionTo(sets, chosen, aws);
    if (objection) return { kind: 'refused', reason: objection };
    const from = weightsOf(sets);
    const lives = Math.max(0, ...sets.map(({ whole }) => whole.TTL ?? 0));
    return {
      kind: 'planned',
      plan: { ...chosen, from, set: moved(from, to) },
      summary: `give all weight of ${record} to ${plainText(to)}; resolvers keep the old answer for up to ${lives} seconds`,
      touches: [{ kind: 'hosted-zone', id: hostedZone, account, region }],
      // What takes over has been asked, and nothing of what fails is touched.
      group: 'alone',
    };
  },

  async start(plan, aws) {
    const { hostedZone, record, from, set } = plan;
    const zone = await readHostedZone(hostedZone, aws);
    if (!zone) return { kind: 'refused', reason: `the hosted zone ${hostedZone} no longer exists` };
    const sets = await readWeightedSets(hostedZone, record, plan.type, aws);
    if (typeof sets === 'string') return { kind: 'refused', reason: sets };
    const answer = answerBefore(standingOf({ from, to: set }, weightsOf(sets)), weightsAt(record));
    if (answer) return answer;
    const objection = workOnZone(zone) ?? (await objectionTo(sets, plan, aws));
    if (objection) return { kind: 'refused', reason: objection };
    const { ChangeInfo } = await aws.route53.changeResourceRecordSets({
      HostedZoneId: hostedZone,
      ChangeBatch: changes(sets, set),
    });
    return { kind: 'started', ...(ChangeInfo?.Id !== undefined && { handle: ChangeInfo.Id.replace('/change/', '') }) };
  },

  async check({ hostedZone, record, type, from, set }, handle, aws) {
    const sets = await readWeightedSets(hostedZone, record, type, aws);
    if (typeof sets === 'string') return { kind: 'failed', detail: sets };
    const { ChangeInfo } = handle === undefined ? {} : await aws.route53.getChange({ Id: handle });
    const work =
      ChangeInfo?.Status === 'PENDING' ? `not all servers of Route 53 have the new ${record} yet` : undefined;
    return checkOf(standingOf({ from, to: set }, weightsOf(sets)), weightsAt(record), work);
  },

  async undo({ hostedZone, record, type, from, set }, aws) {
    const sets = await readWeightedSets(hostedZone, record, type, aws);
    if (typeof sets === 'string') return { kind: 'refused', reason: sets };
    const answer = answerBefore(standingOf({ from: set, to: from }, weightsOf(sets)), weightsAt(record));
    if (answer) return answer;
    await aws.route53.changeResourceRecordSets({ HostedZoneId: hostedZone, ChangeBatch: changes(sets, from) });
    return { kind: 'started' };
  },
});

const weightsAt = (record: string): string => `the division of ${record} by weight`;
