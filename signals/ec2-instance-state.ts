import { z } from 'zod';
import { resourceOf } from './resource-id';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';

const name = 'ec2-instance-state';

/**
 * An instance has come to another state. Whether that is good is for whoever waits for it to say: instances are stopped and
 * terminated on purpose every day.
 */
export const ec2InstanceState = defineSource({
  name,
  pattern: { source: ['aws.ec2'], 'detail-type': ['EC2 Instance State-change Notification'] },
  tells: [],
  tellsProgress: true,
  detail: z.object({ 'instance-id': nameText.optional(), state: nameText }),
  read: (detail, event) => {
    const id = detail['instance-id'];
    if (id === undefined) {
      return ignored('the state change names no instance: detail has no "instance-id"');
    }
    const resource = resourceOf('ec2-instance', id, event);
    if (!resource) return ignored(`the state change names "${id}", which is not the id of an instance`);
    // Samples of AWS write the state in upper case, its instances in lower case.
    const state = detail.state.toLowerCase();
    const told = { source: name, resource, fact: `${state}@${event.at}`, detail: `${id} is ${state}` };
    return { kind: 'signals', signals: [{ kind: 'progress', ...telling(event, told) }] };
  },
});
