import type { SimulatedAccount } from '../../simulator/world';
import { tags, type AssumedSickness, type Sick } from './sickness';

const instances = 3;

/** A classic load balancer that loses sight of one of its instances. */
export function ofClassic({ services }: SimulatedAccount, { resource: { id: name } }: Sick): AssumedSickness {
  const { ec2, elasticloadbalancing } = services;
  const { classic } = elasticloadbalancing;
  const strays = () => classic.backends(name).filter(({ state }) => state === 'OutOfService');
  return {
    ensure: () => {
      if (classic.has(name)) return undefined;
      const ids = Array.from({ length: instances }, () => ec2.addInstance({ tags }).id);
      classic.add({ name, instances: ids.map((id) => ({ id })), tags });
      return `classic load balancer ${name} has ${instances} instances that no group owns`;
    },
    sicken: () => {
      const [first] = classic.backends(name);
      if (first && strays().length === 0) classic.strand(name, first.id);
    },
    recover: () => {
      for (const { id } of strays()) classic.find(name, id);
    },
  };
}
