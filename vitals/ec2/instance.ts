import type { Instance as Described, InstanceStatus } from '@aws-sdk/client-ec2';
import { plainText } from '../../signals/plain-text';
import type { EpochMillis } from '../../signals/signal';
import type { Calls } from '../aws';
import { failureDomainsOf } from '../auto-scaling/group';
import { membershipReads, readGroupOf } from '../auto-scaling/membership';
import { defineVitals, type Health } from '../vitals';

/** What EC2 says of one of its two status checks. */
interface StatusCheck {
  /** `ok`, `impaired`, `initializing`, `insufficient-data` or `not-applicable`, as EC2 puts it. */
  readonly status: string;
  /** Since when it fails; absent while it passes. */
  readonly impairedSince?: EpochMillis;
}

/** An EC2 instance as a live read sees it. */
export interface Instance {
  readonly kind: 'instance';
  readonly id: string;
  /** `pending`, `running`, `shutting-down`, `terminated`, `stopping` or `stopped`. */
  readonly state: string;
  /** Why it came into its state: `User initiated (2026-11-21 02:26:05 GMT)`, or a code such as `Server.…`. */
  readonly stateReason: string;
  /** Changes when a stopped instance starts, not when it reboots. */
  readonly launchedAt: EpochMillis;
  readonly zone: string;
  /** Type, such as `m5d.large`. */
  readonly type: string;
  readonly system: StatusCheck;
  readonly guest: StatusCheck;
  /** What AWS will do to it, such as `instance-retirement`; those over or called off are left out. */
  readonly scheduled: readonly string[];
  readonly root: 'ebs' | 'instance-store';
  /** Ids of all volumes that are attached to it. */
  readonly volumes: readonly string[];
  /** Volumes beyond the root one that end with the instance. */
  readonly volumesLostWithIt: readonly string[];
  readonly tenancy: string;
  readonly lifecycle: 'on-demand' | 'spot' | 'scheduled';
  /** A `changing` address is given back when it stops; an `elastic` one stays. */
  readonly publicAddress: 'none' | 'elastic' | 'changing';
  readonly tags: Readonly<Record<string, string>>;
}

/** The actions of `readInstance`. */
export const instanceReads = ['ec2:DescribeInstances', 'ec2:DescribeInstanceStatus'] as const;
type InstanceReads = (typeof instanceReads)[number];

/** Whether the text can be the id of an instance; what cannot is never sent to AWS. */
export function isInstanceId(id: string): boolean {
  return /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(id);
}

/** `absent` only when EC2 says that it knows no such instance. Throws when the answer makes no sense. */
export async function readInstance(id: string, aws: Calls<InstanceReads>): Promise<Instance | { kind: 'absent' }> {
  const read = await unlessAbsent(async () => {
    const instance = await describe(id, aws);
    const statuses = await aws.ec2.describeInstanceStatus({ InstanceIds: [id], IncludeAllInstances: true });
    return fromEc2(
      id,
      instance,
      (statuses.InstanceStatuses ?? []).find((status) => status.InstanceId === id),
    );
  });
  return read ?? { kind: 'absent' };
}

/** Undefined when EC2 says that it knows no such instance. */
async function unlessAbsent<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidInstanceID.NotFound') return undefined;
    throw error;
  }
}

async function describe(id: string, aws: Calls<'ec2:DescribeInstances'>): Promise<Described> {
  if (!isInstanceId(id)) throw new Error(`${plainText(id)} is not the id of an EC2 instance`);
  const described = await aws.ec2.describeInstances({ InstanceIds: [id] });
  const found = (described.Reservations ?? []).flatMap((reservation) => reservation.Instances ?? []);
  const instance = found.find((candidate) => candidate.InstanceId === id);
  // EC2 answers an error for an id that it doesn't know, never an empty list.
  if (!instance) throw new Error(`EC2 answered nothing about ${id}`);
  return instance;
}

function fromEc2(id: string, instance: Described, status: InstanceStatus | undefined): Instance {
  const state = instance.State?.Name;
  if (!state || !instance.LaunchTime) throw new Error(`EC2 answered neither state nor launch time of ${id}`);
  return {
    kind: 'instance',
    id,
    state,
    stateReason: plainText((instance.StateTransitionReason || instance.StateReason?.Message) ?? ''),
    launchedAt: instance.LaunchTime.getTime(),
    zone: instance.Placement?.AvailabilityZone ?? 'unknown',
    type: instance.InstanceType ?? 'unknown',
    system: checkOf(status?.SystemStatus),
    guest: checkOf(status?.InstanceStatus),
    scheduled: scheduledOf(status),
    ...hardwareOf(instance),
    tags: tagsOf(instance),
  };
}

function tagsOf({ Tags = [] }: Described): Instance['tags'] {
  return Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

function scheduledOf(status: InstanceStatus | undefined): readonly string[] {
  // EC2 lists an event for two weeks after it is over, and says so at the start of its description.
  return (status?.Events ?? [])
    .filter((event) => !/^\[(Completed|Canceled)]/.test(event.Description ?? ''))
    .map((event) => event.Code ?? 'unknown');
}

function hardwareOf(instance: Described) {
  const data = (instance.BlockDeviceMappings ?? []).filter((device) => device.DeviceName !== instance.RootDeviceName);
  return {
    // What EC2 leaves out is taken for the case that a guard refuses.
    root: instance.RootDeviceType === 'ebs' ? ('ebs' as const) : ('instance-store' as const),
    volumes: (instance.BlockDeviceMappings ?? []).flatMap((device) => device.Ebs?.VolumeId ?? []),
    volumesLostWithIt: data
      .filter((device) => device.Ebs?.DeleteOnTermination !== false)
      .map((device) => device.Ebs?.VolumeId ?? device.DeviceName ?? 'a volume'),
    tenancy: instance.Placement?.Tenancy ?? 'unknown',
    lifecycle: lifecycleOf(instance.InstanceLifecycle),
    publicAddress: publicAddressOf(instance),
  };
}

function lifecycleOf(lifecycle: string | undefined): Instance['lifecycle'] {
  return lifecycle === undefined ? 'on-demand' : lifecycle === 'spot' ? 'spot' : 'scheduled';
}

function publicAddressOf(instance: Described): Instance['publicAddress'] {
  const owners = (instance.NetworkInterfaces ?? []).flatMap((network) => network.Association?.IpOwnerId ?? []);
  // Amazon owns the address that it lends; an elastic one has the account for its owner.
  if (owners.some((owner) => owner === 'amazon')) return 'changing';
  if (owners.length > 0) return 'elastic';
  return instance.PublicIpAddress ? 'changing' : 'none';
}

function checkOf(summary: InstanceStatus['SystemStatus']): StatusCheck {
  const since = (summary?.Details ?? []).find((detail) => detail.ImpairedSince)?.ImpairedSince;
  return {
    status: summary?.Status ?? 'insufficient-data',
    ...(since && { impairedSince: since.getTime() }),
  };
}

/** When EC2 began to stop it, if EC2 says so. */
export function stoppingSince(instance: Instance): EpochMillis | undefined {
  const at = /\((\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (?:GMT|UTC)\)/.exec(instance.stateReason);
  return at ? Date.parse(`${at[1]}T${at[2]}Z`) : undefined;
}

/** Whether it is well in the sense of `condition`. */
export function healthOf(instance: Instance, condition: string): Health {
  const { id, state, system, guest } = instance;
  if (state === 'terminated') return { kind: 'gone', detail: `${id} is terminated` };
  if (state !== 'running') return { kind: 'unhealthy', detail: `${id} is ${state}` };
  if (condition === 'spot-instance-interrupted') {
    return { kind: 'unhealthy', detail: `${id} still runs, and EC2 has said that it takes it back` };
  }
  const checks = [
    ['system', system.status],
    ['instance', guest.status],
  ] as const;
  const bad = checks.find(([, status]) => status === 'impaired');
  if (bad) return { kind: 'unhealthy', detail: `${id} fails its ${bad[0]} status check` };
  if (checks.some(([, status]) => status === 'initializing')) {
    return { kind: 'unhealthy', detail: `${id} is still initializing` };
  }
  const unread = checks.find(([, status]) => status !== 'ok');
  if (unread) return { kind: 'unknown', detail: `the ${unread[0]} status check of ${id} is ${unread[1]}` };
  if (condition === 'ec2-instance-retiring' && instance.scheduled.length > 0) {
    return { kind: 'unhealthy', detail: `${id} still has ${instance.scheduled.join(', ')} ahead of it` };
  }
  return { kind: 'healthy', detail: `${id} runs and passes both status checks` };
}

/** A stop that takes longer than this does not end by itself. */
export const stuckAfterMinutes = 10;

/** Whether a stop hangs: EC2 does not end it by itself. */
export function isStuck(instance: Instance, now: EpochMillis): boolean {
  return instance.state === 'stopping' && now - (stoppingSince(instance) ?? now) > stuckAfterMinutes * 60_000;
}

/** What EC2 or people are doing to it now, in one line: a launch, a boot, a stop, its end. Each is over in minutes. */
export function workOnInstance(instance: Instance, now: EpochMillis): string | undefined {
  const { id, state, system, guest } = instance;
  if (state === 'pending' || (state === 'running' && [system, guest].some(({ status }) => status === 'initializing'))) {
    return `${id} is booting: it may come up well`;
  }
  if (state === 'shutting-down') return `${id} is being terminated`;
  return state === 'stopping' && !isStuck(instance, now) ? `${id} is being stopped` : undefined;
}

/**
 * EC2 instances. An instance that is gone is sick no more; its alarm stays in INSUFFICIENT_DATA for ever. It stands in its Auto
 * Scaling group and that group's target groups: into which others somebody has put it by hand, AWS does not tell by the instance.
 */
export const instanceVitals = defineVitals({
  kind: 'ec2-instance',
  reads: [...instanceReads, ...membershipReads],
  sees: [
    'ec2-instance-impaired', // EC2 tells what its own check of the guest finds
    'ec2-host-impaired', // and what the one of the host finds
    'ec2-instance-retiring', // and what it will do to the instance, as long as that lies ahead
    // A Spot interruption is announced by an event alone: no read shows that it was called.
  ],
  witnesses: {
    'volume-full': ['CWAgent'], // a volume grows up to a ceiling, and not again within hours
    'process-down': ['CWAgent'], // a service is restarted, a few times an hour
  },
  async health({ id }, condition, aws) {
    const instance = await readInstance(id, aws);
    return instance.kind === 'absent'
      ? { kind: 'gone', detail: `${id} no longer exists` }
      : healthOf(instance, condition);
  },
  async tags({ id }, aws) {
    const described = await unlessAbsent(() => describe(id, aws));
    return described ? tagsOf(described) : {};
  },
  async place(resource, aws) {
    const { id } = resource;
    const described = await unlessAbsent(() => describe(id, aws));
    if (!described || described.State?.Name === 'terminated') return { groups: [] };
    const membership = await readGroupOf(id, aws);
    const zone = described.Placement?.AvailabilityZone;
    if (!zone) throw new Error(`EC2 did not answer in which zone ${id} is`);
    return { zone, groups: membership.kind === 'member' ? failureDomainsOf(membership.group, resource) : [] };
  },
  async busy({ id }, aws) {
    const instance = await readInstance(id, aws);
    return instance.kind === 'absent' ? undefined : workOnInstance(instance, aws.now());
  },
});
