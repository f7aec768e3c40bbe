import type { SimulatedAccount } from '../../simulator/world';
import { tags, type AssumedSickness, type Sick } from './sickness';

/** A service of four tasks: those that fail get well when they are begun anew, and what is too much is so until there are more. */
export function ofService(
  { services: { ecs } }: SimulatedAccount,
  { resource: { id }, condition }: Sick,
): AssumedSickness {
  const [cluster = '', name = ''] = id.split('/');
  const isLoad = condition === 'service-overloaded';
  return {
    ensure: () => {
      if (ecs.holds(id)) return undefined;
      ecs.add({ cluster, name, desired: 4, tags });
      return `${id} has four tasks, and was last deployed long ago`;
    },
    sicken: () => {
      if (isLoad) ecs.befall({ service: id, load: 95 });
      else if (ecs.sickOf(id) === 0) ecs.sicken(id, { tasks: 1 });
    },
    recover: () => {
      if (!ecs.holds(id)) return;
      if (isLoad) ecs.befall({ service: id, load: 30 });
      else ecs.cure(id);
    },
  };
}

/** One of two container instances of its cluster, from whose agent ECS does not hear. */
export function ofContainerInstance(
  { services: { ecs, ec2 } }: SimulatedAccount,
  { resource: { id } }: Sick,
): AssumedSickness {
  const [cluster = '', own = ''] = id.split('/');
  const other = own.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
  return {
    ensure: () => {
      if (ecs.instances.find(cluster, own)) return undefined;
      for (const one of [own, other]) ecs.instances.add({ cluster, id: one, instance: ec2.addInstance().id, tags });
      return `${id} is one of two container instances of ${cluster}`;
    },
    sicken: () => {
      if (ecs.instances.find(cluster, own)?.agent !== 'lost') ecs.instances.setAgent(own, 'lost');
    },
    recover: () => {
      if (ecs.instances.find(cluster, own)) ecs.instances.setAgent(own, 'connected');
    },
  };
}
