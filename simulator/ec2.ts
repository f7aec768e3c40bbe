import type * as sdk from '@aws-sdk/client-ec2';
import { instanceLooks, matching, subnetLooks, tagLooks } from './ec2/filter';
import { Fleet } from './ec2/fleet';
import type { Instance, InstanceDescription } from './ec2/instance';
import { describeInstance, describeStatus, stateOf } from './ec2/instance-answer';
import { describeInstanceTypes } from './ec2/instance-type';
import { demand, demandStoppable, demandTerminable, refuseDryRun } from './ec2/instance-refusal';
import { Network, type Subnet, type SubnetDescription } from './ec2/network';
import { page } from './page';
import { Refusal } from './refusal';
import type { Cure, SicknessDescription, SicknessKind } from './ec2/sickness';
import { statusCheck } from './ec2/status-check';
import { Symptoms } from './ec2/symptoms';
import type { SimulatedAccount } from './world';

type Answer<Output> = Omit<Output, '$metadata'>;
type Nothing = Record<string, never>;

/** EC2 of one account: instances, the ground they stand on, and what ails them. */
export class Ec2 {
  readonly network: Network;
  readonly symptoms: Symptoms;
  readonly #fleet: Fleet;

  constructor(private readonly account: SimulatedAccount) {
    this.network = new Network(account.region);
    this.#fleet = new Fleet(account, this.network);
    this.symptoms = new Symptoms(account, this.#fleet);
    account.services.cloudwatch.provide('AWS/EC2', (name, { InstanceId }) => {
      const instance = InstanceId === undefined ? undefined : this.#fleet.find(InstanceId);
      return instance?.power === 'running' ? statusCheck(name, instance) : undefined;
    });
  }

  addSubnet(described: SubnetDescription): Subnet {
    return this.network.addSubnet(described);
  }

  /** Adds an instance as if it had always been there. */
  addInstance(described: InstanceDescription = {}): Instance {
    return this.#fleet.add(described);
  }

  /** The instance as it is now; undefined when there is none, or it ended more than an hour ago. */
  instance(id: string): Instance | undefined {
    return this.#fleet.find(id);
  }

  /** Is told whenever the power, the boot, the checks or the sickness of an instance changed. */
  onChange(listener: (instance: Instance) => void): void {
    this.#fleet.onChange(listener);
  }

  /** Launches an instance now; refuses for want of capacity or addresses. */
  launch(described: InstanceDescription): Instance {
    return this.#fleet.launch(described);
  }

  /** Ends it whatever its protection says, as Auto Scaling may. Nothing happens to what has ended. */
  terminate(id: string): void {
    const instance = this.#fleet.find(id);
    if (instance && !hasEnded(instance)) this.#fleet.terminate(instance);
  }

  sicken(id: string, described: SicknessDescription): void {
    this.#fleet.sicken(this.#known(id), described);
  }

  /** It is well again by itself: of one sickness, or of all. */
  cure(id: string, kind?: SicknessKind): void {
    this.#fleet.cure(this.#known(id), kind);
  }

  /** Something was done to it: this helps against what it helps against. */
  applyCure(id: string, cure: Cure): void {
    this.#fleet.applyCure(this.#known(id), cure);
  }

  /** AWS takes back a Spot instance: it warns, and ends it two minutes later. */
  interruptSpot(id: string): void {
    const arn = this.account.arn('ec2', `instance/${this.#known(id).id}`);
    const detail = { 'instance-id': id, 'instance-action': 'terminate' };
    this.account.bus.emit('aws.ec2', 'EC2 Spot Instance Interruption Warning', [arn], detail);
    this.account.clock.after(120_000, () => {
      this.terminate(id);
    });
  }

  readonly operations = {
    DescribeInstances: (input: sdk.DescribeInstancesRequest): Answer<sdk.DescribeInstancesCommandOutput> => {
      const { items, next } = this.#find(input, () => true);
      return {
        Reservations: items.map((instance) => ({
          ReservationId: `r-${instance.id.slice(2)}`,
          OwnerId: this.account.id,
          Instances: [describeInstance(instance, this.network, this.account.id)],
        })),
        NextToken: next,
      };
    },
    DescribeInstanceStatus: (
      input: sdk.DescribeInstanceStatusRequest,
    ): Answer<sdk.DescribeInstanceStatusCommandOutput> => {
      const { items, next } = this.#find(input, ({ power }) => input.IncludeAllInstances || power === 'running');
      return { InstanceStatuses: items.map((instance) => describeStatus(instance, this.network)), NextToken: next };
    },
    DescribeInstanceAttribute: ({
      InstanceId,
      Attribute,
    }: sdk.DescribeInstanceAttributeRequest): Answer<sdk.DescribeInstanceAttributeCommandOutput> => {
      const instance = this.#known(InstanceId ?? '');
      if (Attribute === 'disableApiStop') return { InstanceId, DisableApiStop: { Value: instance.stopProtected } };
      if (Attribute === 'disableApiTermination') {
        return { InstanceId, DisableApiTermination: { Value: instance.terminationProtected } };
      }
      throw new Refusal('NotSimulated', `The simulated EC2 does not know the attribute ${String(Attribute)}.`, 501);
    },
    DescribeInstanceTypes: describeInstanceTypes,
    RebootInstances: (input: sdk.RebootInstancesRequest): Nothing => {
      const instances = this.#existing(input.InstanceIds);
      for (const instance of instances) demand(instance, ['running'], 'rebooted');
      refuseDryRun(input.DryRun);
      for (const instance of instances) this.#fleet.reboot(instance);
      return {};
    },
    StopInstances: (input: sdk.StopInstancesRequest): Answer<sdk.StopInstancesCommandOutput> => {
      const instances = this.#existing(input.InstanceIds);
      for (const instance of instances) {
        demand(instance, ['running', 'stopping', 'stopped'], 'stopped');
        demandStoppable(instance);
      }
      refuseDryRun(input.DryRun);
      const StoppingInstances = instances.map((instance) =>
        transition(instance, () => {
          const stuck = instance.power === 'stopping' && input.Force === true && instance.stopsOnlyByForce;
          if (instance.power === 'running' || stuck) this.#fleet.stop(instance, input.Force ? 'by force' : 'gently');
        }),
      );
      return { StoppingInstances };
    },
    StartInstances: (input: sdk.StartInstancesRequest): Answer<sdk.StartInstancesCommandOutput> => {
      const instances = this.#existing(input.InstanceIds);
      for (const instance of instances) demand(instance, ['stopped', 'pending', 'running'], 'started');
      refuseDryRun(input.DryRun);
      const StartingInstances = instances.map((instance) =>
        transition(instance, () => {
          if (instance.power === 'stopped') this.#fleet.start(instance);
        }),
      );
      return { StartingInstances };
    },
    TerminateInstances: (input: sdk.TerminateInstancesRequest): Answer<sdk.TerminateInstancesCommandOutput> => {
      const instances = this.#existing(input.InstanceIds);
      for (const instance of instances) demandTerminable(instance);
      refuseDryRun(input.DryRun);
      const TerminatingInstances = instances.map((instance) =>
        transition(instance, () => {
          this.terminate(instance.id);
        }),
      );
      return { TerminatingInstances };
    },
    DescribeSubnets: (input: sdk.DescribeSubnetsRequest): Answer<sdk.DescribeSubnetsCommandOutput> => {
      const all = this.network.subnets();
      const unknown = input.SubnetIds?.find((id) => !all.some((subnet) => subnet.id === id));
      if (unknown !== undefined) {
        throw new Refusal('InvalidSubnetID.NotFound', `The subnet ID '${unknown}' does not exist`);
      }
      const named = input.SubnetIds?.length ? all.filter(({ id }) => input.SubnetIds?.includes(id)) : all;
      const found = matching(named, input.Filters, subnetLooks);
      const { items, next } = page(found, this.#limit(input.MaxResults), input.NextToken, 'InvalidNextToken');
      return {
        Subnets: items.map(({ id, zone, freeAddresses }) => ({
          SubnetId: id,
          SubnetArn: this.account.arn('ec2', `subnet/${id}`),
          VpcId: this.network.vpc,
          State: 'available',
          AvailabilityZone: zone,
          AvailabilityZoneId: this.network.zoneId(zone),
          AvailableIpAddressCount: freeAddresses,
        })),
        NextToken: next,
      };
    },
    DescribeTags: (input: sdk.DescribeTagsRequest): Answer<sdk.DescribeTagsCommandOutput> => {
      const tags = this.#fleet.all().flatMap(({ id, tags: own }) =>
        [...own].map(([Key, Value]): sdk.TagDescription => ({
          Key,
          Value,
          ResourceId: id,
          ResourceType: 'instance',
        })),
      );
      const found = matching(tags, input.Filters, tagLooks);
      const { items, next } = page(found, this.#limit(input.MaxResults), input.NextToken, 'InvalidNextToken');
      return { Tags: items, NextToken: next };
    },
    DescribeAvailabilityZones: (
      input: sdk.DescribeAvailabilityZonesRequest,
    ): Answer<sdk.DescribeAvailabilityZonesCommandOutput> => {
      const zones = this.network.zones();
      const unknown = input.ZoneNames?.find((name) => !zones.includes(name));
      if (unknown !== undefined) throw new Refusal('InvalidParameterValue', `Invalid availability zone: [${unknown}]`);
      return {
        AvailabilityZones: zones
          .filter((zone) => !input.ZoneNames?.length || input.ZoneNames.includes(zone))
          .map((ZoneName) => ({
            ZoneName,
            ZoneId: this.network.zoneId(ZoneName),
            RegionName: this.account.region,
            ZoneType: 'availability-zone',
            State: 'available',
          })),
      };
    },
  };

  #limit(asked: number | undefined): number {
    return Math.min(asked ?? 1_000, this.account.pageSize);
  }

  /** Named instances come whole, others page by page; the two cannot be mixed. */
  #find(
    input: sdk.DescribeInstancesRequest | sdk.DescribeInstanceStatusRequest,
    isShown: (instance: Instance) => boolean,
  ): { readonly items: readonly Instance[]; readonly next?: string } {
    refuseDryRun(input.DryRun);
    if (input.InstanceIds?.length) {
      if (input.MaxResults !== undefined) {
        const message = 'The parameter instancesSet cannot be used with the parameter maxResults';
        throw new Refusal('InvalidParameterCombination', message);
      }
      const named = this.#existing([...new Set(input.InstanceIds)]);
      return { items: matching(named.filter(isShown), input.Filters, instanceLooks) };
    }
    const found = matching(this.#fleet.all().filter(isShown), input.Filters, instanceLooks);
    return page(found, this.#limit(input.MaxResults), input.NextToken, 'InvalidNextToken');
  }

  #existing(ids: readonly string[] | undefined): Instance[] {
    if (!ids?.length) throw new Refusal('MissingParameter', 'The request must contain the parameter InstanceId');
    return ids.map((id) => this.#known(id));
  }

  #known(id: string): Instance {
    const instance = this.#fleet.find(id);
    if (instance) return instance;
    if (!/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id)) {
      throw new Refusal('InvalidInstanceID.Malformed', `Invalid id: "${id}"`);
    }
    throw new Refusal('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
  }
}

function hasEnded({ power }: Instance): boolean {
  return power === 'shutting-down' || power === 'terminated';
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
