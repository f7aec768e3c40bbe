import type * as sdk from '@aws-sdk/client-ec2';
import { instanceLooks, matching, tagLooks } from './filter';
import { hasEnded, type Fleet } from './fleet';
import type { Instance } from './instance';
import { describeInstance, describeStatus, stateOf } from './instance-answer';
import { demand, demandStoppable, demandTerminable, refuseDryRun } from './instance-refusal';
import { describeInstanceTypes } from './instance-type';
import type { Network } from './network';
import type { Volumes } from './volume';
import { page } from '../page';
import { Refusal } from '../refusal';
import type { Service } from '../account';
import type { SimulatedAccount } from '../world';

type Answer<Output> = Omit<Output, '$metadata'>;
type Nothing = Record<string, never>;

/** What EC2 answers about instances, and does to them. */
export function instanceOperations(
  account: SimulatedAccount,
  fleet: Fleet,
  network: Network,
  volumes: Volumes,
): Service['operations'] {
  const limit = (asked: number | undefined): number => Math.min(asked ?? 1_000, account.pageSize);
  const existing = (ids: readonly string[] | undefined): Instance[] => {
    if (!ids?.length) throw new Refusal('MissingParameter', 'The request must contain the parameter InstanceId');
    return ids.map((id) => fleet.known(id));
  };
  /** Named instances come whole, others page by page; the two cannot be mixed. */
  const find = (
    input: sdk.DescribeInstancesRequest | sdk.DescribeInstanceStatusRequest,
    isShown: (instance: Instance) => boolean,
  ): { readonly items: readonly Instance[]; readonly next?: string } => {
    refuseDryRun(input.DryRun);
    if (input.InstanceIds?.length) {
      if (input.MaxResults !== undefined) {
        const message = 'The parameter instancesSet cannot be used with the parameter maxResults';
        throw new Refusal('InvalidParameterCombination', message);
      }
      const named = existing([...new Set(input.InstanceIds)]);
      return { items: matching(named.filter(isShown), input.Filters, instanceLooks) };
    }
    const found = matching(fleet.all().filter(isShown), input.Filters, instanceLooks);
    return page(found, limit(input.MaxResults), input.NextToken, 'InvalidNextToken');
  };
  return {
    DescribeInstances: (input: sdk.DescribeInstancesRequest): Answer<sdk.DescribeInstancesCommandOutput> => {
      const { items, next } = find(input, () => true);
      return {
        Reservations: items.map((instance) => ({
          ReservationId: `r-${instance.id.slice(2)}`,
          OwnerId: account.id,
          Instances: [describeInstance(instance, network, volumes.of(instance.id), account.id)],
        })),
        NextToken: next,
      };
    },
    DescribeInstanceStatus: (
      input: sdk.DescribeInstanceStatusRequest,
    ): Answer<sdk.DescribeInstanceStatusCommandOutput> => {
      const { items, next } = find(input, ({ power }) => input.IncludeAllInstances || power === 'running');
      return { InstanceStatuses: items.map((instance) => describeStatus(instance, network)), NextToken: next };
    },
    DescribeInstanceAttribute: ({
      InstanceId,
      Attribute,
    }: sdk.DescribeInstanceAttributeRequest): Answer<sdk.DescribeInstanceAttributeCommandOutput> => {
      const instance = fleet.known(InstanceId ?? '');
      if (Attribute === 'disableApiStop') return { InstanceId, DisableApiStop: { Value: instance.stopProtected } };
      if (Attribute === 'disableApiTermination') {
        return { InstanceId, DisableApiTermination: { Value: instance.terminationProtected } };
      }
      throw new Refusal('NotSimulated', `The simulated EC2 does not know the attribute ${String(Attribute)}.`, 501);
    },
    DescribeInstanceTypes: describeInstanceTypes,
    RebootInstances: (input: sdk.RebootInstancesRequest): Nothing => {
      const instances = existing(input.InstanceIds);
      for (const instance of instances) demand(instance, ['running'], 'rebooted');
      refuseDryRun(input.DryRun);
      for (const instance of instances) fleet.reboot(instance);
      return {};
    },
    StopInstances: (input: sdk.StopInstancesRequest): Answer<sdk.StopInstancesCommandOutput> => {
      const instances = existing(input.InstanceIds);
      for (const instance of instances) {
        demand(instance, ['running', 'stopping', 'stopped'], 'stopped');
        demandStoppable(instance);
      }
      refuseDryRun(input.DryRun);
      const StoppingInstances = instances.map((instance) =>
        transition(instance, () => {
          const stuck = instance.power === 'stopping' && input.Force === true && instance.stopsOnlyByForce;
          if (instance.power === 'running' || stuck) fleet.stop(instance, input.Force ? 'by force' : 'gently');
        }),
      );
      return { StoppingInstances };
    },
    StartInstances: (input: sdk.StartInstancesRequest): Answer<sdk.StartInstancesCommandOutput> => {
      const instances = existing(input.InstanceIds);
      for (const instance of instances) demand(instance, ['stopped', 'pending', 'running'], 'started');
      refuseDryRun(input.DryRun);
      const StartingInstances = instances.map((instance) =>
        transition(instance, () => {
          if (instance.power === 'stopped') fleet.start(instance);
        }),
      );
      return { StartingInstances };
    },
    TerminateInstances: (input: sdk.TerminateInstancesRequest): Answer<sdk.TerminateInstancesCommandOutput> => {
      const instances = existing(input.InstanceIds);
      for (const instance of instances) demandTerminable(instance);
      refuseDryRun(input.DryRun);
      const TerminatingInstances = instances.map((instance) =>
        transition(instance, () => {
          if (!hasEnded(instance)) fleet.terminate(instance);
        }),
      );
      return { TerminatingInstances };
    },
    DescribeTags: (input: sdk.DescribeTagsRequest): Answer<sdk.DescribeTagsCommandOutput> => {
      const tags = [
        ...fleet.all().flatMap((instance) => tagsOf(instance, 'instance')),
        ...volumes.all().flatMap((volume) => tagsOf(volume, 'volume')),
      ];
      const found = matching(tags, input.Filters, tagLooks);
      const { items, next } = page(found, limit(input.MaxResults), input.NextToken, 'InvalidNextToken');
      return { Tags: items, NextToken: next };
    },
  };
}

interface Tagged {
  readonly id: string;
  readonly tags: ReadonlyMap<string, string>;
}

function tagsOf({ id, tags }: Tagged, ResourceType: 'instance' | 'volume'): readonly sdk.TagDescription[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value, ResourceId: id, ResourceType }));
}

function transition(instance: Instance, change: () => void): sdk.InstanceStateChange {
  const before = instance.power;
  change();
  return {
    InstanceId: instance.id,
    PreviousState: stateOf(before),
    CurrentState: stateOf(instance.power),
  };
}
