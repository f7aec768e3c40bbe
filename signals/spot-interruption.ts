import { z } from 'zod';
import type { KnownCondition } from './conditions';
import { resourceOf } from './resource-id';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';

const name = 'spot-interruption';
const interruption = 'EC2 Spot Instance Interruption Warning';
const recommendation = 'EC2 Instance Rebalance Recommendation';

/** AWS takes a Spot instance back: two minutes' warning of it, or advice before that when it has become likely. */
export const spotInterruption = defineSource({
  name,
  pattern: { source: ['aws.ec2'], 'detail-type': [interruption, recommendation] },
  tells: ['spot-instance-interrupted', 'spot-instance-at-risk'],
  detail: z.object({ 'instance-id': nameText, 'instance-action': nameText.optional() }),
  read: (detail, event) => {
    const id = detail['instance-id'];
    const resource = resourceOf('ec2-instance', id, event);
    if (!resource) return ignored(`the warning names "${id}", which is not the id of an instance`);
    const warned = event.detailType === interruption;
    const condition: KnownCondition = warned ? 'spot-instance-interrupted' : 'spot-instance-at-risk';
    const what = warned
      ? `AWS will ${detail['instance-action'] ?? 'take back'} the Spot instance ${id} in two minutes`
      : `AWS sees a raised risk that the Spot instance ${id} is taken back`;
    const told = { source: name, resource, fact: `${condition}@${event.at}`, detail: what };
    return { kind: 'signals', signals: [{ kind: 'unhealthy', condition, ...telling(event, told) }] };
  },
});
