import type { SimulatedAccount } from '../../simulator/world';
import { tags, type AssumedSickness, type Sick } from './sickness';

const spotNotice = 2 * 60_000;

export function ofInstance(
  { services: { ec2 }, clock }: SimulatedAccount,
  { resource: { id }, condition }: Sick,
): AssumedSickness {
  const isSpot = condition.startsWith('spot-');
  const kind =
    condition === 'ec2-host-impaired' ? 'system' : condition === 'ec2-instance-retiring' ? 'retiring' : 'instance';
  return {
    ensure: () => {
      if (ec2.instance(id)) return undefined;
      ec2.addInstance({ id, lifecycle: isSpot ? 'spot' : 'on-demand', tags });
      return `${id} runs ${isSpot ? 'as a Spot instance' : 'from an EBS volume'}, in no group`;
    },
    sicken: () => {
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
      if (ec2.instance(id)) ec2.cure(id);
    },
  };
}

function terminateIfThere(ec2: SimulatedAccount['services']['ec2'], id: string): void {
  if (ec2.instance(id)?.power === 'running') ec2.terminate(id);
}
