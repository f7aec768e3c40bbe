import { z } from 'zod';
import type { KnownCondition } from './conditions';
import { plainText } from './plain-text';
import { resourceOf } from './resource-id';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';

const name = 'emr-cluster';

const groupChange = 'EMR Instance Group State Change';

/** EMR gives a group up, in one word or the other, when too many of its nodes fail to start. */
const givenUp = ['ARRESTED', 'SUSPENDED'];
const stuck: KnownCondition = 'emr-group-stuck';

/**
 * A cluster, or a group of its nodes, is in another state. That one group is well says nothing of the others: it is progress.
 * So is the end of a cluster, since nothing can be healed any more.
 */
export const emrCluster = defineSource({
  name,
  pattern: { source: ['aws.emr'], 'detail-type': [groupChange, 'EMR Cluster State Change'] },
  tells: [stuck],
  tellsProgress: true,
  detail: z.object({
    clusterId: nameText,
    state: nameText,
    instanceGroupId: nameText.optional(),
    message: z.string().optional(),
  }),
  read: ({ clusterId, state, instanceGroupId = '', message = '' }, event) => {
    const resource = resourceOf('emr-cluster', clusterId, event);
    if (!resource) return ignored(`the event names "${plainText(clusterId, 60)}", which is not the id of a cluster`);
    const what = instanceGroupId ? `${instanceGroupId} of ${clusterId}` : clusterId;
    const told = telling(event, {
      source: name,
      resource,
      fact: `${instanceGroupId}/${state}/${event.at}`,
      detail: `${what} is ${state}${message && `: ${message}`}`,
    });
    const isStuck = event.detailType === groupChange && givenUp.includes(state);
    return {
      kind: 'signals',
      signals: [isStuck ? { kind: 'unhealthy', condition: stuck, ...told } : { kind: 'progress', ...told }],
    };
  },
});
