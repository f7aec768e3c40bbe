import { machineId } from '../../statemachines/incident';
import type { Invariant } from './invariant';

export const ownRelease: Invariant = {
  id: 'I24',
  promise: 'a release goes on with what its own machine has begun, and leaves the rest alone',
  onCommit: ({ before, release, sandbox }) => {
    const own = machineId.version + release;
    return before && before.machine.version !== own
      ? `${before.id} of machine ${before.machine.version} is advanced by ${sandbox}, whose machine is ${own}`
      : undefined;
  },
};
