import { defineVitals } from '../vitals';
import { containerInstanceReads, readContainerInstance } from './container-instance';

/**
 * A container instance is well while its agent answers and it takes tasks. One that drains and carries none any more harms
 * nobody: what is left is its EC2 instance.
 */
export const containerInstanceVitals = defineVitals({
  kind: 'container-instance',
  reads: containerInstanceReads,
  sees: ['container-instance-disconnected'],
  async health({ id }, _condition, aws) {
    const found = await readContainerInstance(id, aws);
    if (found.kind === 'absent') return { kind: 'gone', detail: `the container instance ${id} is gone` };
    if (found.status === 'DRAINING' && found.running === 0) {
      return { kind: 'healthy', detail: `${id} is drained: no task is on it` };
    }
    if (!found.isConnected) return { kind: 'unhealthy', detail: `the agent of ${id} is not connected to ECS` };
    return { kind: 'healthy', detail: `${id} is ${found.status}, and its agent is connected` };
  },
  async tags({ id }, aws) {
    const found = await readContainerInstance(id, aws);
    return found.kind === 'absent' ? {} : found.tags;
  },
  place: () => Promise.resolve({ groups: [] }),
  async busy({ id }, aws) {
    const found = await readContainerInstance(id, aws);
    const isMoving = found.kind !== 'absent' && found.status === 'DRAINING' && found.running > 0;
    return isMoving ? `${id} drains: ${found.running} tasks are still on it` : undefined;
  },
});
