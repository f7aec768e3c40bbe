import { resourceNamed } from '../../signals/signal';
import { defineGuard } from './guard';
import { resourceName } from './resource-name';

/** One hand at a time on a resource and on every group that it is in, whatever the rule. */
export const lockGuard = defineGuard({
  name: 'lock',
  when: 'while another incident is touching the same resource or one of its groups',
  needs: ['heldByOthers'],
  objections: (_asking, { heldByOthers }) => [
    // A group and its target group are often called the same.
    ...new Set(
      heldByOthers.map(
        ({ resource, incident }) => `${resourceName(resourceNamed(resource))} is being touched by incident ${incident}`,
      ),
    ),
  ],
});
