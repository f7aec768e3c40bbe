import type { SimulatedAccount } from '../../simulator/world';
import { tags, type AssumedSickness, type Sick } from './sickness';

/** MiB/s that its clients move while it is at ease, and once its credits are used up: its size gives it 4.9. */
const load = { easy: 1, hard: 6 };
/** What a new file system may move above what its size gives it, in MiB. */
const fullCredits = 2.1 * 1024 ** 2;

export function ofFileSystem(
  { services: { elasticfilesystem, ec2 }, region }: SimulatedAccount,
  { resource: { id }, condition }: Sick,
): AssumedSickness {
  const zones = [`${region}a`, `${region}b`];
  const [, second = ''] = zones;
  /** What was described as short already is as short as that. */
  const tire = (): void => {
    const found = elasticfilesystem.find(id);
    if (!found) return;
    const { mode, credits, provisioned = 0 } = found;
    if (mode === 'provisioned' && found.load < provisioned) elasticfilesystem.setLoad(id, provisioned * 1.3);
    if (mode !== 'bursting' || credits < fullCredits) return;
    elasticfilesystem.setCredits(id, 0);
    elasticfilesystem.setLoad(id, load.hard);
  };
  return {
    ensure: () => {
      if (elasticfilesystem.find(id)) return undefined;
      const subnets = zones.map((zone) => ec2.network.subnetFor(zone).id);
      const mountTargets = zones.map((zone) => ({ zone }));
      elasticfilesystem.add({ id, mountTargets, tags: { ...tags, 'homeostat:mount-subnets': subnets.join(' ') } });
      return `file system ${id} is bursting, of 100 GiB, and its tags say that it is mounted in ${zones.join(' and ')}`;
    },
    sicken: () => {
      if (condition === 'file-system-throttled') tire();
      if (condition === 'file-system-unreachable' && elasticfilesystem.isReached(id)) {
        elasticfilesystem.befall({ id, unmount: second });
      }
    },
    recover: () => {
      if (!elasticfilesystem.find(id)) return;
      if (condition === 'file-system-unreachable') elasticfilesystem.befall({ id, mount: second });
      elasticfilesystem.setLoad(id, load.easy);
      elasticfilesystem.setCredits(id, fullCredits);
    },
  };
}
