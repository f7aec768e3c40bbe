import { z } from 'zod';
import { defineApiCallSource } from './api-call';
import { resourceOf } from './resource-id';
import { ignored } from './source';
import { nameText, telling } from './telling';

const name = 'log-delivery';

const meanings = new Map([
  ['DeleteLogGroup', { kind: 'unhealthy', condition: 'log-group-deleted' }],
  ['DeleteSubscriptionFilter', { kind: 'unhealthy', condition: 'log-delivery-broken' }],
  ['DeleteRetentionPolicy', { kind: 'unhealthy', condition: 'log-retention-deleted' }],
  ['CreateLogGroup', { kind: 'recovered', condition: 'log-group-deleted' }],
  ['PutSubscriptionFilter', { kind: 'recovered', condition: 'log-delivery-broken' }],
  ['PutRetentionPolicy', { kind: 'recovered', condition: 'log-retention-deleted' }],
] as const);

/** Somebody takes away what a log group is, keeps or delivers, or gives it back. */
export const logDelivery = defineApiCallSource({
  name,
  service: 'aws.logs',
  calls: [
    'DeleteLogGroup',
    'DeleteSubscriptionFilter',
    'DeleteRetentionPolicy',
    'CreateLogGroup',
    'PutSubscriptionFilter',
    'PutRetentionPolicy',
  ],
  tells: ['log-group-deleted', 'log-delivery-broken', 'log-retention-deleted'],
  parameters: z.object({ logGroupName: nameText.optional(), filterName: nameText.optional() }),
  read: ({ name: call, id, by, parameters: { logGroupName = '', filterName } }, event) => {
    const group = resourceOf('log-group', logGroupName, event);
    const meaning = meanings.get(call as Parameters<typeof meanings.get>[0]);
    if (!group || !meaning) return ignored(`the call of ${call} names no log group`);
    const told = telling(event, {
      source: name,
      resource: group,
      fact: `${call}/${id}`,
      detail: `${call}${filterName === undefined ? '' : ` ${filterName}`} of ${group.id}${by}`,
    });
    return { kind: 'signals', signals: [{ ...meaning, ...told }] };
  },
});
