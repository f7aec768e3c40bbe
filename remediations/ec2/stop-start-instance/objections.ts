import type { Calls } from '../../../vitals/aws';
import { workOnInstance, type Instance } from '../../../vitals/ec2/instance';
import { hasInstanceStore, instanceStoreReads } from '../../../vitals/ec2/instance-store';
import { movedNow, replacedMeanwhile, type Membership } from '../../../vitals/auto-scaling/membership';
import type { Parameters } from '../stop-start-instance';
import { isWell } from './phase';

export const objectionReads = [...instanceStoreReads, 'ec2:DescribeInstanceAttribute'] as const;
type Reads = Calls<(typeof objectionReads)[number]>;

/** Why it must not be stopped, in the state in which it runs; undefined when it may. */
export async function objectionNow(
  instance: Instance,
  chosen: Parameters,
  membership: Membership,
  aws: Reads,
): Promise<string | undefined> {
  if (isWell(instance)) return `${instance.id} is well again, and AWS plans nothing with it`;
  return (
    workOnInstance(instance, aws.now()) ??
    movedNow(membership) ??
    objectionTo(instance, chosen) ??
    replacedMeanwhile(membership) ??
    (await losses(instance, chosen, aws))
  );
}

function objectionTo(instance: Instance, chosen: Parameters): string | undefined {
  const { id, state, system, guest, scheduled } = instance;
  if (state !== 'running') return `${id} is ${state}: only a running instance is stopped and started`;
  if (instance.root === 'instance-store') return `${id} runs from instance store: EC2 cannot stop it`;
  if (instance.tenancy === 'host') return `${id} is on a dedicated host, to which it would come back`;
  if (instance.lifecycle !== 'on-demand')
    return `${id} is a ${instance.lifecycle} instance: EC2 may not start it again`;
  if (instance.publicAddress === 'changing' && !chosen.mayChangePublicAddress) {
    return `${id} would lose its public IPv4 address: give it an Elastic IP address, or set mayChangePublicAddress`;
  }
  if (scheduled.length > 0 || system.status === 'impaired') return undefined;
  if (system.status === 'initializing' || guest.status === 'initializing') return `${id} is already booting`;
  if (system.status !== 'ok') return `whether the host of ${id} is well cannot be read: its check is ${system.status}`;
  if (guest.status !== 'impaired') return `what ails ${id} cannot be read: its instance check is ${guest.status}`;
  return chosen.evenIfHostIsWell ? undefined : `the host of ${id} is well, only the guest fails: use reboot-instance`;
}

/** What a stop would cost that a start does not give back, or that somebody forbade. */
async function losses(instance: Instance, { mayLoseLocalData }: Parameters, aws: Reads): Promise<string | undefined> {
  const { id, type } = instance;
  if (!mayLoseLocalData && (await hasInstanceStore(instance, aws))) {
    return `${id} (${type}) has instance store, whose data ends with a stop: set mayLoseLocalData if nothing of worth is there`;
  }
  const { DisableApiStop } = await aws.ec2.describeInstanceAttribute({ InstanceId: id, Attribute: 'disableApiStop' });
  return DisableApiStop?.Value === false ? undefined : `${id} is protected from being stopped`;
}
