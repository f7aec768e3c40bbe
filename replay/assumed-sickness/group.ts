import type { SimulatedAccount } from '../../simulator/world';
import { tags, type AssumedSickness, type Sick } from './sickness';

/** CPU percent of one member's worth of work that leaves a group at ease, and that overloads it. */
const load = { easy: 40, heavy: 97 };
/** By how much an overloaded group is beyond its alarm's threshold: one more member in three can carry it. */
const overload = 1.2;
const members = 3;

export function ofGroup(
  { services: { autoscaling } }: SimulatedAccount,
  { resource: { id }, condition }: Sick,
  threshold: number | undefined,
): AssumedSickness {
  const heavy =
    threshold === undefined || threshold <= load.easy ? load.heavy : Math.min(load.heavy, overload * threshold);
  const size = (): number => autoscaling.group(id)?.desired ?? members;
  return {
    ensure: () => {
      if (autoscaling.group(id)) return undefined;
      autoscaling.addGroup({ name: id, desired: members, min: 1, max: 2 * members, load: members * load.easy, tags });
      return `group ${id} has ${members} healthy members and may have ${2 * members}`;
    },
    sicken: () => {
      if (condition === 'group-overloaded') autoscaling.setLoad(id, size() * heavy);
      else if (condition === 'group-process-suspended' && autoscaling.group(id)?.suspended.size === 0)
        autoscaling.setSuspended(id, ['ReplaceUnhealthy']);
      else if (condition === 'group-launch-failing') autoscaling.setLaunches(id, 'fail');
    },
    recover: () => {
      if (!autoscaling.group(id)) return;
      autoscaling.setLoad(id, size() * load.easy);
      autoscaling.setLaunches(id, 'succeed');
      autoscaling.setSuspended(id, []);
    },
  };
}
