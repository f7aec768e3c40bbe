import type {
  DescribeInstanceInformationRequest,
  DescribeInstanceInformationResult,
  InstanceInformation,
} from '@aws-sdk/client-ssm';
import type { Instance } from '../ec2/instance';
import { page } from '../page';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';

/** Which instances Systems Manager reaches: all of the account have the agent, and a sick guest or host silences it. */
export function describeInstanceInformation(
  account: SimulatedAccount,
  input: DescribeInstanceInformationRequest,
): DescribeInstanceInformationResult {
  const filters = [
    ...(input.Filters ?? []).map(({ Key = '', Values = [] }) => ({ key: Key, values: Values })),
    ...(input.InstanceInformationFilterList ?? []).map(({ key = '', valueSet = [] }) => ({ key, values: valueSet })),
  ];
  const found = instancesOf(account)
    .filter((instance) => filters.every(({ key, values }) => values.includes(valueOf(instance, key))))
    .map((instance) => informationOf(instance, account.clock.now()));
  const limit = Math.min(account.pageSize, input.MaxResults ?? 50);
  const { items, next } = page(found, limit, input.NextToken, 'InvalidNextToken');
  return { InstanceInformationList: items, ...(next !== undefined && { NextToken: next }) };
}

function instancesOf({ services: { ec2 } }: SimulatedAccount): readonly Instance[] {
  return ec2.instances().filter(({ power }) => !['pending', 'shutting-down', 'terminated'].includes(power));
}

function pingOf(instance: Instance): 'Online' | 'ConnectionLost' {
  return isReached(instance) ? 'Online' : 'ConnectionLost';
}

/** Whether the agent of an instance answers: not while its guest or host is sick, nor where it is lost. */
export function isReached({ power, booted, sicknesses, agent }: Instance): boolean {
  const isUp = power === 'running' && booted && agent !== 'lost';
  return isUp && !sicknesses.has('instance') && !sicknesses.has('system');
}

function valueOf(instance: Instance, key: string): string {
  if (key === 'InstanceIds') return instance.id;
  if (key === 'PingStatus') return pingOf(instance);
  if (key === 'ResourceType') return 'EC2Instance';
  if (key.startsWith('tag:')) return instance.tags.get(key.slice('tag:'.length)) ?? '';
  throw new Refusal('InvalidFilterKey', `The filter key ${key} is not simulated.`);
}

function informationOf(instance: Instance, now: number): InstanceInformation {
  return {
    InstanceId: instance.id,
    PingStatus: pingOf(instance),
    LastPingDateTime: new Date(now),
    AgentVersion: '3.3.987.0',
    IsLatestVersion: true,
    PlatformType: 'Linux',
    ResourceType: 'EC2Instance',
    IPAddress: instance.privateAddress,
  };
}
