import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import type { Resource } from '../../signals/signal';
import { readerReads, troubleOf } from '../../vitals/monitoring/reader';
import { isTopicName } from '../../vitals/monitoring/topic';
import { derivedName } from '../named-creation';
import { defineRemediation } from '../remediation';
import { checkOfSteps, dueAmong } from '../steps';
import { carryOut } from './repair-sns-delivery/carry-out';
import {
  objectionToQueue,
  readDelivery,
  repair,
  repairInWords,
  repairsOf,
  repairStanding,
  wantedReader,
  type Repair,
} from './repair-sns-delivery/repair';

const planned = z.object({
  topic: z.object({ id: z.string(), account: z.string(), region: z.string() }),
  repairs: z.array(repair).min(1),
  /** Name of the statement by which a function lets SNS call it: two of one name there cannot be. */
  statement: z.string(),
});

const topics = 'arn:*:sns:*:*:*';

/** Lets a topic reach those who subscribe to it, and keeps what it can't deliver. A queue is to let SNS send to it already. */
export const repairSnsDelivery = defineRemediation({
  name: 'repair-sns-delivery',
  title: 'Repair the deliveries of a topic',
  when: 'A function lets SNS call it no more, a subscription was deleted, or what cannot be delivered is lost.',
  whenNot: 'A person has to confirm a subscription, or the endpoint is gone: nothing here can bring that back.',
  heals: ['topic-delivery-failing'],
  takes: ['topic'],
  risk: 'low',
  needsApproval: false,
  parameters: z.strictObject({
    /** ARN of the queue that keeps what cannot be delivered. If absent, that is lost as before. */
    deadLetterQueue: z
      .string()
      .regex(/^arn:[a-z-]+:sqs:[a-z0-9-]+:\d{12}:[\w-]+(\.fifo)?$/, 'a queue is named by its ARN')
      .optional(),
    /** Name of each topic whose subscriptions may be made anew, and who should be subscribed. */
    subscriptions: z.record(z.string(), z.array(wantedReader)).default({}),
  }),
  permissions: {
    read: [...readerReads],
    write: [
      { action: 'sns:Subscribe', on: topics, tagged: true },
      // A subscription is no resource of IAM: what may be changed are those of the topic.
      { action: 'sns:SetSubscriptionAttributes', on: topics, tagged: true },
      {
        action: 'lambda:AddPermission',
        on: 'arn:*:lambda:*:*:function:*',
        tagged: true,
        condition: { StringEquals: { 'lambda:Principal': 'sns.amazonaws.com' } },
      },
    ],
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 15, giveUpAfter: 300 },
  planned,

  async plan({ resource, attemptKey }, { deadLetterQueue: queue, subscriptions }, aws) {
    const { id, account, region } = resource;
    if (!isTopicName(id)) return { kind: 'refused', reason: `${plainText(id)} is not the name of a topic` };
    const unfit = queue === undefined ? undefined : objectionToQueue(queue, resource);
    if (unfit) return { kind: 'refused', reason: unfit };
    const wanted = Object.hasOwn(subscriptions, id) ? (subscriptions[id] ?? []) : [];
    const delivery = await readDelivery(resource, wanted, aws);
    if (!delivery) return { kind: 'refused', reason: `there is no topic ${id} any more` };
    const repairs = repairsOf(delivery, wanted, queue);
    if (repairs.length === 0) {
      const gone = delivery.gone.map((endpoint) => `${endpoint} no longer exists`);
      const trouble = [...delivery.readers.flatMap((one) => troubleOf(one) ?? []), ...gone];
      const found = trouble.join(', ') || 'its subscriptions show no fault: look at their delivery logs';
      return { kind: 'refused', reason: `nothing can be repaired of ${id} from here: ${found}` };
    }
    return {
      kind: 'planned',
      plan: { topic: { id, account, region }, repairs: [...repairs], statement: derivedName(id, attemptKey, 100) },
      summary: `repair the deliveries of ${id}: ${repairs.map(repairInWords).join(', ')}`,
      touches: [resource, ...repairs.flatMap((one) => functionOf(one, resource))],
      group: 'alone',
    };
  },

  async start({ topic, repairs, statement }, aws) {
    const delivery = await readDelivery(topic, wantedIn(repairs), aws);
    if (!delivery) return { kind: 'refused', reason: `there is no topic ${topic.id} any more` };
    const next = dueAmong(repairs, (one) => repairStanding(one, delivery), deliveryOf(topic.id));
    if ('answer' in next) return next.answer;
    await carryOut(next.due, topic, statement, aws);
    return { kind: 'started' };
  },

  async check({ topic: { id, ...where }, repairs }, _handle, aws) {
    const delivery = await readDelivery({ id, ...where }, wantedIn(repairs), aws);
    if (!delivery) return { kind: 'failed', detail: `there is no topic ${id} any more` };
    return checkOfSteps(repairs, (one) => repairStanding(one, delivery), deliveryOf(id));
  },
});

function deliveryOf(id: string): string {
  return `whom ${id} reaches`;
}

function wantedIn(repairs: readonly Repair[]) {
  return repairs.flatMap((one) => (one.how === 'subscribe' ? [one.reader] : []));
}

/** The function whose policy a repair changes: its owner is asked, too. */
function functionOf(one: Repair, { account, region }: Resource): readonly Resource[] {
  return one.how === 'allow' ? [{ kind: 'function', id: one.function, account, region }] : [];
}
