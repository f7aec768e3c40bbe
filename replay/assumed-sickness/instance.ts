import type { SicknessKind } from '../../simulator/ec2/sickness';
import type { SimulatedAccount } from '../../simulator/world';
import { tags, type AssumedSickness, type Sick } from './sickness';

const spotNotice = 2 * 60_000;

/** What ails an instance by each condition; any other is told of the guest. */
const kinds: ReadonlyMap<string, SicknessKind> = new Map([
  ['ec2-host-impaired', 'system'],
  ['ec2-instance-retiring', 'retiring'],
  ['process-down', 'process'],
]);

export function ofInstance(
  { services: { ec2 }, clock }: SimulatedAccount,
  { resource: { id }, condition }: Sick,
): AssumedSickness {
  const isSpot = condition.startsWith('spot-');
  const kind = kinds.get(condition) ?? 'instance';
  return {
    ensure: () => {
      if (ec2.instance(id)) return undefined;
      const volumes = [{ id: `vol-${id.slice(2)}`, tags }];
      ec2.addInstance({ id, lifecycle: isSpot ? 'spot' : 'on-demand', tags, volumes });
      return `${id} runs ${isSpot ? 'as a Spot instance' : 'from an EBS volume'}, in no group`;
    },
    sicken: () => {
      if (condition === 'volume-full') {
        for (const volume of ec2.volumes.of(id)) fillUp(ec2, volume.id);
        return;
      }
      // Whoever described it as sick has said what helps.
      if (!isSpot && !ec2.instance(id)?.sicknesses.has(kind)) ec2.sicken(id, { kind });
      // AWS takes it, whatever we do.
      if (condition === 'spot-instance-interrupted') {
        clock.after(spotNotice, () => {
          terminateIfThere(ec2, id);
        });
      }
    },
    recover: () => {
      for (const volume of ec2.volumes.of(id)) ec2.volumes.fill(volume.id, 0);
      if (ec2.instance(id)) ec2.cure(id);
    },
  };
}

/** An EBS volume is that of an instance: no other has a filesystem that anybody can see. */
export function ofVolume(
  { services: { ec2 } }: SimulatedAccount,
  { resource: { id }, condition }: Sick,
): AssumedSickness {
  return {
    ensure: () => {
      if (ec2.volumes.find(id)) return undefined;
      const { id: instance } = ec2.addInstance({ tags, volumes: [{ id, tags }] });
      return `volume ${id} is the only one of ${instance}`;
    },
    sicken: () => {
      if (condition === 'volume-full') fillUp(ec2, id);
      if (condition === 'volume-lost') ec2.volumes.lose(id);
    },
    recover: () => {
      if (ec2.volumes.find(id)) ec2.volumes.fill(id, 0);
    },
  };
}

/** Whoever described it as nearly full has said how full it is. */
function fillUp(ec2: SimulatedAccount['services']['ec2'], id: string): void {
  const volume = ec2.volumes.find(id);
  if (volume) ec2.volumes.fill(id, Math.max(volume.usedGiB, volume.filesystemGiB * 0.95));
}

function terminateIfThere(ec2: SimulatedAccount['services']['ec2'], id: string): void {
  if (ec2.instance(id)?.power === 'running') ec2.terminate(id);
}
