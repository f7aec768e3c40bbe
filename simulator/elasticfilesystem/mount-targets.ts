import type * as sdk from '@aws-sdk/client-efs';
import { page } from '../page';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import type { fileSystemSchema, FileSystem } from './file-system';
import type { z } from 'zod';

type Described = z.infer<typeof fileSystemSchema>['mountTargets'][number];

interface MountTarget {
  readonly id: string;
  readonly fileSystem: string;
  readonly zone: string;
  readonly subnet: string;
  readonly networkInterface: string;
  state: 'creating' | 'available' | 'error';
}

/** The clients of a file system in one zone, and the groups that let them in. */
interface Clients {
  readonly fileSystem: string;
  readonly zone: string;
  readonly count: number;
  readonly groups: readonly string[];
}

/** How long EFS takes to make one, in milliseconds. */
const creation = 90_000;

/** The mount targets of an account's file systems. */
export class MountTargets {
  readonly #targets = new Map<string, MountTarget>();
  #clients: Clients[] = [];

  constructor(
    private readonly account: SimulatedAccount,
    private readonly fileSystem: (id: string | undefined) => FileSystem,
  ) {}

  add(fileSystem: string, { id, zone, subnet, securityGroups, state, clients }: Described): void {
    const { network } = this.account.services.ec2;
    const made = this.#make(fileSystem, network.subnetFor(zone, subnet).id, zone, securityGroups, id);
    made.state = state;
    this.#clients.push({ fileSystem, zone, count: clients, groups: [...securityGroups].sort() });
  }

  /** Takes those of a file system away that is described anew. */
  forget(fileSystem: string): void {
    for (const { id } of this.#of(fileSystem)) this.#targets.delete(id);
    this.#clients = this.#clients.filter((one) => one.fileSystem !== fileSystem);
  }

  /** Clients that are connected to it. */
  connected(fileSystem: string): number {
    return this.#clients
      .filter((one) => one.fileSystem === fileSystem && this.#letsIn(one))
      .reduce((sum, { count }) => sum + count, 0);
  }

  /** Id of the file system that a mount target is of; undefined when there is none of that id. */
  ownerOf(id: string): string | undefined {
    return this.#targets.get(id)?.fileSystem;
  }

  count(fileSystem: string): number {
    return this.#of(fileSystem).length;
  }

  /** Somebody deletes the mount target of the zone. */
  remove(fileSystem: string, zone: string): void {
    const found = this.#inZone(fileSystem, zone);
    if (!found) throw new Error(`${fileSystem} has no mount target in ${zone}.`);
    this.#targets.delete(found.id);
    this.#changed(fileSystem);
  }

  /** Somebody makes the mount target of the zone again, as its clients need it; nothing changes where there is one. */
  restore(fileSystem: string, zone: string): void {
    if (this.#inZone(fileSystem, zone)) return;
    const groups = this.#clients.find((one) => one.fileSystem === fileSystem && one.zone === zone)?.groups ?? [];
    const subnet = this.account.services.ec2.network.subnetFor(zone);
    this.#make(fileSystem, subnet.id, zone, groups).state = 'available';
    this.#changed(fileSystem);
  }

  /** Whether all of its clients are connected. */
  isReached(fileSystem: string): boolean {
    return this.#clients.every((one) => one.fileSystem !== fileSystem || this.#letsIn(one));
  }

  /** Somebody gives the mount target of the zone other security groups. */
  regroup(fileSystem: string, zone: string, securityGroups: readonly string[]): void {
    const found = this.#inZone(fileSystem, zone);
    if (!found) throw new Error(`${fileSystem} has no mount target in ${zone}.`);
    this.#setGroups(found, securityGroups);
  }

  readonly operations = {
    DescribeMountTargets: (input: sdk.DescribeMountTargetsRequest): sdk.DescribeMountTargetsResponse => {
      const all = this.#of(this.fileSystem(input.FileSystemId).id);
      const limit = Math.min(input.MaxItems ?? 100, this.account.pageSize);
      const { items, next } = page(all, limit, input.Marker, 'BadRequest');
      return { MountTargets: items.map((one) => this.#described(one)), NextMarker: next };
    },
    CreateMountTarget: (input: sdk.CreateMountTargetRequest): sdk.MountTargetDescription => {
      const { id: fileSystem, status, zone: only } = this.fileSystem(input.FileSystemId);
      if (status !== 'available') {
        throw new Refusal('IncorrectFileSystemLifeCycleState', `${fileSystem} is ${status}.`, 409);
      }
      const subnet = this.account.services.ec2.network.subnets().find(({ id }) => id === input.SubnetId);
      if (!subnet) throw new Refusal('SubnetNotFound', `The subnet ${String(input.SubnetId)} does not exist.`);
      if (only !== undefined && subnet.zone !== only) {
        throw new Refusal('AvailabilityZonesMismatch', `${fileSystem} is in ${only}.`);
      }
      if (this.#inZone(fileSystem, subnet.zone)) {
        throw new Refusal('MountTargetConflict', 'mount target already exists in this AZ', 409);
      }
      if (subnet.freeAddresses < 1) {
        throw new Refusal('NoFreeAddressesInSubnet', `The subnet ${subnet.id} has no free addresses.`, 409);
      }
      subnet.freeAddresses -= 1;
      const made = this.#make(fileSystem, subnet.id, subnet.zone, input.SecurityGroups ?? ['sg-0defa01700000default']);
      this.account.clock.after(creation, () => {
        made.state = 'available';
        this.#changed(fileSystem);
      });
      return this.#described(made);
    },
    ModifyMountTargetSecurityGroups: (input: sdk.ModifyMountTargetSecurityGroupsRequest): object => {
      const found = this.#targets.get(input.MountTargetId ?? '');
      if (!found) {
        throw new Refusal('MountTargetNotFound', `Mount target '${String(input.MountTargetId)}' does not exist.`, 404);
      }
      if (found.state !== 'available') {
        throw new Refusal('IncorrectMountTargetState', `${found.id} is ${found.state}.`, 409);
      }
      this.#setGroups(found, input.SecurityGroups ?? []);
      return {};
    },
  };

  #make(
    fileSystem: string,
    subnet: string,
    zone: string,
    groups: readonly string[],
    id = this.account.newId('fsmt-'),
  ): MountTarget {
    const networkInterface = this.account.services.ec2.interfaces.add({ subnet, zone, groups });
    const made: MountTarget = { id, fileSystem, zone, subnet, networkInterface, state: 'creating' };
    this.#targets.set(id, made);
    return made;
  }

  #setGroups({ networkInterface, fileSystem }: MountTarget, groups: readonly string[]): void {
    this.account.services.ec2.interfaces.setGroups(networkInterface, groups);
    this.#changed(fileSystem);
  }

  #letsIn({ fileSystem, zone, groups }: Clients): boolean {
    const found = this.#inZone(fileSystem, zone);
    const now = found && [...this.account.services.ec2.interfaces.groups(found.networkInterface)].sort();
    return found?.state === 'available' && now?.join() === groups.join();
  }

  #of(fileSystem: string): readonly MountTarget[] {
    return [...this.#targets.values()].filter((one) => one.fileSystem === fileSystem);
  }

  #inZone(fileSystem: string, zone: string): MountTarget | undefined {
    return this.#of(fileSystem).find((one) => one.zone === zone);
  }

  #described(one: MountTarget): sdk.MountTargetDescription {
    const { network } = this.account.services.ec2;
    return {
      OwnerId: this.account.id,
      MountTargetId: one.id,
      FileSystemId: one.fileSystem,
      SubnetId: one.subnet,
      LifeCycleState: one.state,
      NetworkInterfaceId: one.networkInterface,
      AvailabilityZoneName: one.zone,
      AvailabilityZoneId: network.zoneId(one.zone),
      VpcId: network.vpc,
    };
  }

  #changed(fileSystem: string): void {
    this.account.services.cloudwatch.changed('AWS/EFS', { FileSystemId: fileSystem });
  }
}
