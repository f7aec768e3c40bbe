import type { Publish } from '../../runtime/escalation/channels';
import { Refusal } from '../../simulator/refusal';
import type { Faults } from '../faults';
import { publishHere } from './network';
import type { Sandbox } from './sandbox';

/** SNS as one process reaches it: through the real client, over a wire that may fail either way. */
export function publisherOf(sandbox: Sandbox, { faults }: { readonly faults: Faults }): Publish {
  return (message) =>
    sandbox.cross({ what: 'sns:Publish', changes: true }, async () => {
      if (faults.hits('topic-down')) throw new Refusal('InternalError', 'SNS is not available.', 503);
      await publishHere(message);
      if (faults.hits('publish-unknown')) throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
    });
}
