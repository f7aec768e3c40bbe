import { z } from 'zod';
import { resourceOf } from './resource-id';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';

const name = 'ssm-automation';

/** A Systems Manager automation has come to another status. Its steps have events of their own, which nobody waits for. */
export const ssmAutomation = defineSource({
  name,
  pattern: { source: ['aws.ssm'], 'detail-type': ['EC2 Automation Execution Status-change Notification'] },
  tells: [],
  tellsProgress: true,
  detail: z.object({ ExecutionId: nameText, Status: nameText, Definition: z.string().optional() }),
  read: (detail, event) => {
    const id = detail.ExecutionId;
    const resource = resourceOf('automation-execution', id, event);
    if (!resource) return ignored(`the automation is named "${id}", which is not the id of an execution`);
    const what = `${detail.Definition ?? 'the automation'} ${id} is ${detail.Status}`;
    const told = { source: name, resource, fact: `${detail.Status}@${event.at}`, detail: what };
    return { kind: 'signals', signals: [{ kind: 'progress', ...telling(event, told) }] };
  },
});
