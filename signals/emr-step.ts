import { z } from 'zod';
import type { KnownCondition } from './conditions';
import { plainText } from './plain-text';
import { resourceOf } from './resource-id';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';

const name = 'emr-step';
const failed: KnownCondition = 'emr-step-failed';

/** How the name of a step ends that was run again here. Whoever runs it again looks how it ends. */
const isRunAgain = /-homeostat-[0-9a-f]{8}$/;

/** A step of an EMR cluster is in another state. One that was cancelled was so by people, or with one that failed before it. */
export const emrStep = defineSource({
  name,
  pattern: { source: ['aws.emr'], 'detail-type': ['EMR Step Status Change'] },
  tells: [failed],
  tellsProgress: true,
  detail: z.object({
    clusterId: nameText,
    stepId: nameText,
    state: nameText,
    name: z.string().optional(),
    message: z.string().optional(),
  }),
  read: ({ clusterId, stepId, state, name: stepName = '', message = '' }, event) => {
    const id = `${clusterId}/${stepId}`;
    const resource = resourceOf('emr-step', id, event);
    if (!resource) return ignored(`the event names "${plainText(id, 80)}", which is not the id of a step`);
    const told = telling(event, {
      source: name,
      resource,
      fact: state,
      detail: `${stepName || stepId} of ${clusterId} is ${state}${message && `: ${message}`}`,
    });
    const isSick = state === 'FAILED' && !isRunAgain.test(stepName);
    return {
      kind: 'signals',
      signals: [isSick ? { kind: 'unhealthy', condition: failed, ...told } : { kind: 'progress', ...told }],
    };
  },
});
