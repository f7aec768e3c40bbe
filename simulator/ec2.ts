import type { Service } from './account';
import { Fleet, hasEnded } from './ec2/fleet';
import { groundOperations } from './ec2/ground-operations';
import type { Instance, InstanceDescription } from './ec2/instance';
import { instanceOperations } from './ec2/instance-operations';
import { Network, type Subnet, type SubnetDescription } from './ec2/network';
import { NetworkInterfaces } from './ec2/network-interfaces';
import { processCount } from './ec2/process-count';
import type { Cure, SicknessDescription, SicknessKind } from './ec2/sickness';
import { Snapshots } from './ec2/snapshot';
import { statusCheck } from './ec2/status-check';
import { Symptoms } from './ec2/symptoms';
import { Volumes } from './ec2/volume';
import { volumeOperations } from './ec2/volume-operations';
import type { SimulatedAccount } from './world';

/** EC2 of one account: instances, their volumes, the ground they stand on, and what ails them. */
export class Ec2 {
  readonly network: Network;
  readonly symptoms: Symptoms;
  readonly volumes: Volumes;
  readonly snapshots: Snapshots;
  readonly interfaces: NetworkInterfaces;
  readonly operations: Service['operations'];
  readonly #fleet: Fleet;

  constructor(private readonly account: SimulatedAccount) {
    this.network = new Network(account.region);
    this.#fleet = new Fleet(account, this.network);
    this.symptoms = new Symptoms(account, this.#fleet);
    this.volumes = new Volumes(account);
    this.snapshots = new Snapshots(account, this.volumes);
    this.interfaces = new NetworkInterfaces(account, this.network);
    this.operations = {
      ...instanceOperations(account, this.#fleet, this.network, this.volumes),
      ...volumeOperations(account, this.volumes, this.snapshots),
      ...groundOperations(account, this.network),
      ...this.interfaces.operations,
    };
    this.#fleet.onChange(({ id, power }) => {
      if (power === 'terminated') this.volumes.endWith(id);
      account.services.cloudwatch.changed('CWAgent', { InstanceId: id });
    });
    const running = (id: string | undefined): Instance | undefined => {
      const instance = id === undefined ? undefined : this.#fleet.find(id);
      return instance?.power === 'running' ? instance : undefined;
    };
    account.services.cloudwatch.provide('AWS/EC2', (name, { InstanceId }) => {
      const instance = running(InstanceId);
      return instance && statusCheck(name, instance);
    });
    // What the CloudWatch agent on the instance sends, as long as the guest is up.
    account.services.cloudwatch.provide('CWAgent', (name, dimensions) => {
      const instance = running(dimensions['InstanceId']);
      if (!instance?.booted) return undefined;
      return name === 'disk_used_percent' ? this.volumes.usedPercent(dimensions) : processCount(name, instance);
    });
  }

  addSubnet(described: SubnetDescription): Subnet {
    return this.network.addSubnet(described);
  }

  /** Adds an instance as if it had always been there. */
  addInstance(described: InstanceDescription = {}): Instance {
    const instance = this.#fleet.add(described);
    this.volumes.attach(instance, described.volumes);
    return instance;
  }

  /** The instance as it is now; undefined when there is none, or it ended more than an hour ago. */
  instance(id: string): Instance | undefined {
    return this.#fleet.find(id);
  }

  /** All that there are, also those that ended in the last hour. */
  instances(): readonly Instance[] {
    return this.#fleet.all();
  }

  /** Is told whenever the power, the boot, the checks or the sickness of an instance changed. */
  onChange(listener: (instance: Instance) => void): void {
    this.#fleet.onChange(listener);
  }

  /** Launches an instance now; refuses for want of capacity or addresses. */
  launch(described: InstanceDescription): Instance {
    const instance = this.#fleet.launch(described);
    this.volumes.attach(instance, described.volumes);
    return instance;
  }

  /** Ends it whatever its protection says, as Auto Scaling may. Nothing happens to what has ended. */
  terminate(id: string): void {
    const instance = this.#fleet.find(id);
    if (instance && !hasEnded(instance)) this.#fleet.terminate(instance);
  }

  sicken(id: string, described: SicknessDescription): void {
    this.#fleet.sicken(this.#fleet.known(id), described);
  }

  /** It is well again by itself: of one sickness, or of all. */
  cure(id: string, kind?: SicknessKind): void {
    this.#fleet.cure(this.#fleet.known(id), kind);
  }

  /** Something was done to it: this helps against what it helps against. */
  applyCure(id: string, cure: Cure): void {
    this.#fleet.applyCure(this.#fleet.known(id), cure);
  }

  /** AWS takes back a Spot instance: it warns, and ends it two minutes later. */
  interruptSpot(id: string): void {
    const arn = this.account.arn('ec2', `instance/${this.#fleet.known(id).id}`);
    const detail = { 'instance-id': id, 'instance-action': 'terminate' };
    this.account.bus.emit('aws.ec2', 'EC2 Spot Instance Interruption Warning', [arn], detail);
    this.account.clock.after(120_000, () => {
      this.terminate(id);
    });
  }
}
