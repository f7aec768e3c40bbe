import { casesOf, refusal } from './case';
import type { Place } from './place';

const missing = 'i-0123456789abcdef0';

const stateOf = async ({ ec2 }: Place, id: string): Promise<string | undefined> =>
  (await ec2.describeInstances({ InstanceIds: [id] })).Reservations?.[0]?.Instances?.[0]?.State?.Name;

async function stopped(place: Place): Promise<string> {
  const id = await place.add.instance();
  await place.ec2.stopInstances({ InstanceIds: [id] });
  await place.settle();
  return id;
}

async function terminated(place: Place): Promise<string> {
  const id = await place.add.instance();
  await place.ec2.terminateInstances({ InstanceIds: [id] });
  await place.settle();
  return id;
}

export const ec2Cases = casesOf([
  {
    operation: 'ec2:DescribeInstances',
    name: 'an instance that does not exist is an error',
    agreed: { refused: 'InvalidInstanceID.NotFound' },
    seen: ({ ec2 }) => refusal(ec2.describeInstances({ InstanceIds: [missing] })),
  },
  {
    operation: 'ec2:DescribeInstances',
    name: 'an id that is none is malformed',
    agreed: { refused: 'InvalidInstanceID.Malformed' },
    seen: ({ ec2 }) => refusal(ec2.describeInstances({ InstanceIds: ['web-1'] })),
  },
  {
    operation: 'ec2:DescribeInstances',
    name: 'what we read of an instance is there',
    agreed: { state: 'running', zone: 'eu-central-1a', root: 'ebs', tags: [{ Key: 'homeostat:heal', Value: 'yes' }] },
    seen: async ({ ec2, add }) => {
      const id = await add.instance({ tags: { 'homeostat:heal': 'yes' } });
      const { Reservations = [] } = await ec2.describeInstances({ InstanceIds: [id] });
      const instance = Reservations[0]?.Instances?.[0];
      return {
        state: instance?.State?.Name,
        zone: instance?.Placement?.AvailabilityZone,
        root: instance?.RootDeviceType,
        tags: instance?.Tags,
      };
    },
  },
  {
    operation: 'ec2:DescribeInstances',
    name: 'an instance that was terminated is shown for a while',
    agreed: 'terminated',
    seen: async (place) => stateOf(place, await terminated(place)),
  },
  {
    operation: 'ec2:DescribeInstances',
    name: 'a token leads to the rest',
    agreed: { first: 5, hasToken: true, second: 1, isAtEnd: true },
    seen: async ({ ec2, add }) => {
      for (let count = 0; count < 6; count += 1) await add.instance();
      const first = await ec2.describeInstances({ MaxResults: 5 });
      const second = await ec2.describeInstances({ MaxResults: 5, NextToken: first.NextToken });
      return {
        first: first.Reservations?.length,
        hasToken: Boolean(first.NextToken),
        second: second.Reservations?.length,
        isAtEnd: !second.NextToken,
      };
    },
  },
  {
    operation: 'ec2:DescribeInstanceStatus',
    name: 'one that runs is told with both checks',
    agreed: { state: 'running', system: 'ok', instance: 'ok' },
    seen: async (place) => {
      const id = await place.add.instance();
      await place.settle();
      const { InstanceStatuses = [] } = await place.ec2.describeInstanceStatus({ InstanceIds: [id] });
      return {
        state: InstanceStatuses[0]?.InstanceState?.Name,
        system: InstanceStatuses[0]?.SystemStatus?.Status,
        instance: InstanceStatuses[0]?.InstanceStatus?.Status,
      };
    },
  },
  {
    operation: 'ec2:DescribeInstanceStatus',
    name: 'one that is stopped is told only when all are asked for, and has no checks',
    agreed: { unasked: 0, asked: { state: 'stopped', system: 'not-applicable' } },
    seen: async (place) => {
      const InstanceIds = [await stopped(place)];
      const unasked = await place.ec2.describeInstanceStatus({ InstanceIds });
      const { InstanceStatuses = [] } = await place.ec2.describeInstanceStatus({
        InstanceIds,
        IncludeAllInstances: true,
      });
      const asked = {
        state: InstanceStatuses[0]?.InstanceState?.Name,
        system: InstanceStatuses[0]?.SystemStatus?.Status,
      };
      return { unasked: unasked.InstanceStatuses?.length ?? 0, asked };
    },
  },
  {
    operation: 'ec2:DescribeInstanceStatus',
    name: 'one that does not exist is an error',
    agreed: { refused: 'InvalidInstanceID.NotFound' },
    seen: ({ ec2 }) => refusal(ec2.describeInstanceStatus({ InstanceIds: [missing] })),
  },
  {
    operation: 'ec2:DescribeInstanceAttribute',
    name: 'protection from a stop is told',
    agreed: [false, true],
    seen: async ({ ec2, add }) => {
      const ids = [await add.instance(), await add.instance({ stopProtected: true })];
      const asked = ids.map((InstanceId) => ec2.describeInstanceAttribute({ InstanceId, Attribute: 'disableApiStop' }));
      return (await Promise.all(asked)).map(({ DisableApiStop }) => DisableApiStop?.Value);
    },
  },
  {
    operation: 'ec2:DescribeInstanceAttribute',
    name: 'one that does not exist is an error',
    agreed: { refused: 'InvalidInstanceID.NotFound' },
    seen: ({ ec2 }) => refusal(ec2.describeInstanceAttribute({ InstanceId: missing, Attribute: 'disableApiStop' })),
  },
  {
    operation: 'ec2:DescribeInstanceTypes',
    name: 'it is told whether a type has disks of its host',
    agreed: ['m5.large false', 'm5d.large true'],
    seen: async ({ ec2 }) => {
      const { InstanceTypes = [] } = await ec2.describeInstanceTypes({ InstanceTypes: ['m5.large', 'm5d.large'] });
      return InstanceTypes.map((one) => `${one.InstanceType ?? ''} ${String(one.InstanceStorageSupported)}`).sort();
    },
  },
  {
    operation: 'ec2:DescribeSubnets',
    name: 'a subnet tells its zone and its free addresses',
    agreed: { zone: 'string', free: 'number' },
    seen: async ({ ec2, add }) => {
      await add.instance();
      const [subnet] = (await ec2.describeSubnets({})).Subnets ?? [];
      return { zone: typeof subnet?.AvailabilityZone, free: typeof subnet?.AvailableIpAddressCount };
    },
  },
  {
    operation: 'ec2:DescribeSubnets',
    name: 'one that does not exist is an error',
    agreed: { refused: 'InvalidSubnetID.NotFound' },
    seen: ({ ec2 }) => refusal(ec2.describeSubnets({ SubnetIds: ['subnet-0123456789abcdef0'] })),
  },
  {
    operation: 'ec2:RebootInstances',
    name: 'one that runs stays running',
    agreed: 'running',
    seen: async (place) => {
      const id = await place.add.instance();
      await place.ec2.rebootInstances({ InstanceIds: [id] });
      return stateOf(place, id);
    },
  },
  {
    operation: 'ec2:RebootInstances',
    name: 'one that is stopped is refused',
    agreed: { refused: 'IncorrectInstanceState' },
    seen: async (place) => refusal(place.ec2.rebootInstances({ InstanceIds: [await stopped(place)] })),
  },
  {
    operation: 'ec2:RebootInstances',
    name: 'one that does not exist is an error',
    agreed: { refused: 'InvalidInstanceID.NotFound' },
    seen: ({ ec2 }) => refusal(ec2.rebootInstances({ InstanceIds: [missing] })),
  },
  {
    operation: 'ec2:StopInstances',
    name: 'it goes through stopping and is stopped',
    agreed: { before: 'running', now: 'stopping', later: 'stopped' },
    seen: async (place) => {
      const id = await place.add.instance();
      const { StoppingInstances = [] } = await place.ec2.stopInstances({ InstanceIds: [id] });
      await place.settle();
      return {
        before: StoppingInstances[0]?.PreviousState?.Name,
        now: StoppingInstances[0]?.CurrentState?.Name,
        later: await stateOf(place, id),
      };
    },
  },
  {
    operation: 'ec2:StopInstances',
    name: 'one that is stopped may be stopped again',
    agreed: 'stopped',
    seen: async (place) => {
      const { StoppingInstances = [] } = await place.ec2.stopInstances({ InstanceIds: [await stopped(place)] });
      return StoppingInstances[0]?.CurrentState?.Name;
    },
  },
  {
    operation: 'ec2:StopInstances',
    name: 'one that is protected is refused',
    agreed: { refused: 'OperationNotPermitted' },
    seen: async ({ ec2, add }) =>
      refusal(ec2.stopInstances({ InstanceIds: [await add.instance({ stopProtected: true })] })),
  },
  {
    operation: 'ec2:StopInstances',
    name: 'one that was terminated is refused',
    agreed: { refused: 'IncorrectInstanceState' },
    seen: async (place) => refusal(place.ec2.stopInstances({ InstanceIds: [await terminated(place)] })),
  },
  {
    operation: 'ec2:StopInstances',
    name: 'one that does not exist is an error',
    agreed: { refused: 'InvalidInstanceID.NotFound' },
    seen: ({ ec2 }) => refusal(ec2.stopInstances({ InstanceIds: [missing] })),
  },
  {
    operation: 'ec2:StartInstances',
    name: 'it goes through pending and runs',
    agreed: { before: 'stopped', now: 'pending', later: 'running' },
    seen: async (place) => {
      const id = await stopped(place);
      const { StartingInstances = [] } = await place.ec2.startInstances({ InstanceIds: [id] });
      await place.settle();
      return {
        before: StartingInstances[0]?.PreviousState?.Name,
        now: StartingInstances[0]?.CurrentState?.Name,
        later: await stateOf(place, id),
      };
    },
  },
  {
    operation: 'ec2:StartInstances',
    name: 'one that runs stays running',
    agreed: 'running',
    seen: async (place) => {
      const id = await place.add.instance();
      await place.ec2.startInstances({ InstanceIds: [id] });
      return stateOf(place, id);
    },
  },
  {
    operation: 'ec2:StartInstances',
    name: 'one that was terminated is refused',
    agreed: { refused: 'IncorrectInstanceState' },
    seen: async (place) => refusal(place.ec2.startInstances({ InstanceIds: [await terminated(place)] })),
  },
]);
