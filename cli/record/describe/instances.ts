import type { AutoScalingInstanceDetails } from '@aws-sdk/client-auto-scaling';
import type { Instance } from '@aws-sdk/client-ec2';
import { objectionToAgent } from '../../../vitals/systems-manager/agent';
import { everyItem } from '../../../vitals/pages';
import { readVolumesOf, type Volume } from '../../../vitals/ec2/volume';
import { type Describer, type Describing, eachOf, type Entry, item, missing, type Named, pairs } from './describer';

/** EC2 instances, with the group that each belongs to. */
export const instances: Describer = {
  atOnce: 50,
  describe: async (ids, describing) => {
    const { ec2, autoscaling } = describing.aws;
    // By a filter: one that is gone would else be an error for all.
    const Filters = [{ Name: 'instance-id', Values: [...ids] }];
    const reservations = await everyItem(
      (token) => ec2.describeInstances({ Filters, ...token }),
      ({ Reservations }) => Reservations,
    );
    const there = reservations
      .flatMap(({ Instances }) => Instances ?? [])
      .filter(({ State }) => State?.Name !== 'terminated' && State?.Name !== 'shutting-down');
    const members = await everyItem(
      (token) => autoscaling.describeAutoScalingInstances({ InstanceIds: [...ids], ...token }),
      ({ AutoScalingInstances }) => AutoScalingInstances,
    );
    const described = await eachOf(there, async (instance) => {
      const member = members.find(({ InstanceId }) => InstanceId === instance.InstanceId);
      return entryOf(instance, member, describing);
    });
    const entries = described.map(({ entry }) => entry);
    return { entries: [...entries, ...missing(ids, entries)], leads: described.flatMap(({ leads }) => leads) };
  },
};

async function entryOf(
  instance: Instance,
  member: AutoScalingInstanceDetails | undefined,
  { aws, redaction }: Describing,
): Promise<{ readonly entry: Entry; readonly leads: readonly Named[] }> {
  const group = member?.AutoScalingGroupName;
  const { InstanceId: id = '', Placement, SubnetId: subnet, InstanceType: type } = instance;
  const protection = await protectionOf(id, aws.ec2);
  const volumes = await volumesOf(instance, aws.ec2);
  return {
    entry: {
      of: id,
      item: item({
        id: redaction.name(id),
        zone: Placement?.AvailabilityZone,
        subnet: redaction.ifNamed(subnet),
        type,
        group: redaction.ifNamed(group),
        tags: redaction.tags(pairs(instance.Tags)),
        lifecycle: instance.InstanceLifecycle === 'spot' ? 'spot' : undefined,
        instanceStore: instance.RootDeviceType === 'instance-store' || undefined,
        ...protection,
        ...membershipOf(member),
        tenancy: Placement?.Tenancy,
        publicAddress: addressOf(instance),
        state: isStopped(instance) ? 'stopped' : undefined,
        agent: (await isUnreached(instance, aws.ssm)) ? 'lost' : undefined,
        volumes: volumes.map((volume) => volumeItem(volume, instance, redaction)),
      }),
    },
    leads: [
      ...(group === undefined ? [] : [{ kind: 'groups', id: group } as const]),
      ...(subnet === undefined ? [] : [{ kind: 'subnets', id: subnet } as const]),
    ],
  };
}

/** How its group has it. */
function membershipOf(member: AutoScalingInstanceDetails | undefined): object {
  return {
    scaleInProtected: member?.ProtectedFromScaleIn || undefined,
    standby: member?.LifecycleState === 'Standby' || undefined,
  };
}

/** The one that it boots from first. How full they are, AWS does not tell. */
async function volumesOf(
  { InstanceId = '', RootDeviceName }: Instance,
  ec2: Describing['aws']['ec2'],
): Promise<readonly Volume[]> {
  const volumes = await readVolumesOf(InstanceId, { ec2, now: () => 0 });
  const isRoot = ({ attachments }: Volume): boolean => attachments.some(({ device }) => device === RootDeviceName);
  return [...volumes.filter(isRoot), ...volumes.filter((volume) => !isRoot(volume))];
}

function volumeItem(
  { id, sizeGiB, type, attachments, tags }: Volume,
  { RootDeviceName }: Instance,
  redaction: Describing['redaction'],
): object {
  const device = attachments[0]?.device;
  return item({
    id: redaction.name(id),
    device,
    // Where it is mounted is known of the first one only.
    path: device === RootDeviceName ? undefined : device,
    sizeGiB,
    type,
    tags: redaction.tags(Object.entries(tags)),
  });
}

/** Whether Systems Manager does not get to one that runs: there it could. */
async function isUnreached({ InstanceId = '', State }: Instance, ssm: Describing['aws']['ssm']): Promise<boolean> {
  return State?.Name === 'running' && (await objectionToAgent(InstanceId, { ssm, now: () => 0 })) !== undefined;
}

function isStopped({ State }: Instance): boolean {
  return State?.Name === 'stopped' || State?.Name === 'stopping';
}

async function protectionOf(
  InstanceId: string,
  ec2: Describing['aws']['ec2'],
): Promise<{ readonly protected: true | undefined; readonly stopProtected: true | undefined }> {
  const { DisableApiTermination } = await ec2.describeInstanceAttribute({
    InstanceId,
    Attribute: 'disableApiTermination',
  });
  const { DisableApiStop } = await ec2.describeInstanceAttribute({ InstanceId, Attribute: 'disableApiStop' });
  return { protected: DisableApiTermination?.Value || undefined, stopProtected: DisableApiStop?.Value || undefined };
}

/** An elastic address belongs to somebody; others are Amazon's, and go with a stop. */
function addressOf({ PublicIpAddress, NetworkInterfaces = [] }: Instance): 'ephemeral' | 'elastic' | undefined {
  if (PublicIpAddress === undefined || PublicIpAddress === '') return undefined;
  const owners = NetworkInterfaces.flatMap(({ Association }) => Association?.IpOwnerId ?? []);
  return owners.some((owner) => owner !== 'amazon') ? 'elastic' : 'ephemeral';
}
