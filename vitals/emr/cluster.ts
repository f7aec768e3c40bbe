import type { Cluster } from '@aws-sdk/client-emr';
import { plainText } from '../../signals/plain-text';
import type { Calls } from '../aws';

/** An EMR cluster, as far as healing it needs. */
export interface EmrCluster {
  readonly kind: 'emr-cluster';
  readonly id: string;
  /** EMR's word: `RUNNING`, `WAITING`, `TERMINATED_WITH_ERRORS`, … */
  readonly state: string;
  /** Whether its nodes are of instance fleets, not of uniform groups. */
  readonly isOfFleets: boolean;
  /** While it is not, EMR terminates unhealthy nodes at once when it replaces them. */
  readonly terminationProtected: boolean;
  readonly replacesUnhealthyNodes: boolean;
  readonly subnet: string | undefined;
  readonly zone: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** The action of `readEmrCluster`. */
export const emrClusterReads = ['elasticmapreduce:DescribeCluster'] as const;
type Reads = Calls<(typeof emrClusterReads)[number]>;

/** Whether the text can be the id of a cluster. */
export function isEmrClusterId(id: string): boolean {
  return /^j-[0-9A-Z]{1,32}$/.test(id);
}

/** Reads a cluster; EMR shows one for two months after its end. What makes no sense is thrown. */
export async function readEmrCluster(id: string, aws: Reads): Promise<EmrCluster | { readonly kind: 'absent' }> {
  if (!isEmrClusterId(id)) throw new Error(`${plainText(id)} is not the id of an EMR cluster`);
  try {
    const { Cluster: found } = await aws.elasticmapreduce.describeCluster({ ClusterId: id });
    if (found?.Id !== id) throw new Error(`EMR answered nothing about ${id}`);
    return emrCluster(id, found);
  } catch (error) {
    if (isNotValid(error)) return { kind: 'absent' };
    throw error;
  }
}

/** Whether EMR says that it knows no such id: it has no name of its own for that. */
export function isNotValid(error: unknown): boolean {
  return (
    error instanceof Error && error.name === 'InvalidRequestException' && / id .*is not valid/i.test(error.message)
  );
}

function emrCluster(id: string, found: Cluster): EmrCluster {
  const state = found.Status?.State;
  if (!state) throw new Error(`EMR answered ${id} without a state`);
  return {
    kind: 'emr-cluster',
    id,
    state,
    isOfFleets: found.InstanceCollectionType === 'INSTANCE_FLEET',
    terminationProtected: found.TerminationProtected ?? false,
    replacesUnhealthyNodes: found.UnhealthyNodeReplacement ?? false,
    subnet: found.Ec2InstanceAttributes?.Ec2SubnetId,
    zone: found.Ec2InstanceAttributes?.Ec2AvailabilityZone,
    tags: Object.fromEntries((found.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
  };
}

/** Whether it is no more, or about to end. */
export function hasEnded({ state }: EmrCluster): boolean {
  return state.startsWith('TERMINAT');
}

/** Whether it takes work. */
export function takesWork({ state }: EmrCluster): boolean {
  return state === 'RUNNING' || state === 'WAITING';
}
