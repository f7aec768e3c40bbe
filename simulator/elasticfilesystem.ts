import type * as sdk from '@aws-sdk/client-efs';
import {
  creditsLast,
  creditsOf,
  fileSystemMetric,
  fileSystemSchema,
  sizeOf,
  type FileSystem,
  type FileSystemHappening,
  type FileSystemInput,
  type ThroughputSetting,
} from './elasticfilesystem/file-system';
import { MountTargets } from './elasticfilesystem/mount-targets';
import { page } from './page';
import { Refusal } from './refusal';
import type { SimulatedAccount } from './world';

const minute = 60_000;
const day = 24 * 60 * minute;

/** EFS of one account: file systems, their throughput and where they are mounted. */
export class ElasticFileSystem {
  readonly #fileSystems = new Map<string, FileSystem>();
  readonly #mountTargets: MountTargets;
  readonly operations;

  constructor(private readonly account: SimulatedAccount) {
    this.#mountTargets = new MountTargets(account, (id) => this.#known(id));
    account.services.cloudwatch.provide('AWS/EFS', (name, { FileSystemId: id = '' }) => {
      const found = this.#fileSystems.get(id);
      return found && fileSystemMetric(name, found, account.clock.now(), this.#mountTargets.connected(id));
    });
    this.operations = {
      DescribeFileSystems: (input: sdk.DescribeFileSystemsRequest): sdk.DescribeFileSystemsResponse =>
        this.#describe(input),
      UpdateFileSystem: (input: sdk.UpdateFileSystemRequest): sdk.FileSystemDescription => this.#update(input),
      ...this.#mountTargets.operations,
    };
  }

  /** Adds a file system, as if it had always been there, or replaces the one of that id. */
  add(input: FileSystemInput): void {
    const { mountTargets, changedHoursAgo = Infinity, provisioned, zone, ...described } = fileSystemSchema.parse(input);
    const now = this.account.clock.now();
    this.#fileSystems.set(described.id, {
      ...described,
      arn: this.account.arn('elasticfilesystem', `file-system/${described.id}`),
      provisioned,
      zone,
      creditsAt: now,
      changedAt: now - changedHoursAgo * 60 * minute,
    });
    this.#mountTargets.forget(described.id);
    for (const target of mountTargets) this.#mountTargets.add(described.id, target);
    this.#settled(described.id);
  }

  holds(id: string): boolean {
    return this.#fileSystems.has(id);
  }

  /** A file system as it is now; undefined when there is none. */
  find(id: string): FileSystem | undefined {
    return this.#fileSystems.get(id);
  }

  /** Id of the file system that a mount target is of; undefined when there is none of that id. */
  ownerOf(mountTarget: string): string | undefined {
    return this.#mountTargets.ownerOf(mountTarget);
  }

  /** Whether all of its clients are connected. */
  isReached(id: string): boolean {
    return this.#mountTargets.isReached(id);
  }

  /** Its clients would move so many MiB/s. */
  setLoad(id: string, load: number): void {
    this.#settle(id).load = load;
    this.#settled(id);
  }

  /** What it may move above its baseline, in MiB. */
  setCredits(id: string, credits: number): void {
    this.#settle(id).credits = credits;
    this.#settled(id);
  }

  /** EFS is at work on it, for that many minutes. */
  putToWork(id: string, minutes: number): void {
    this.#pass(this.#known(id), minutes, () => undefined);
  }

  /** Lets it come about. */
  befall(happening: FileSystemHappening): void {
    if ('load' in happening) this.setLoad(happening.id, happening.load);
    else if ('unmount' in happening) this.#mountTargets.remove(happening.id, happening.unmount);
    else if ('mount' in happening) this.#mountTargets.restore(happening.id, happening.mount);
    else this.#mountTargets.regroup(happening.id, happening.regroup, happening.securityGroups);
  }

  #describe({
    FileSystemId: id,
    Marker,
    MaxItems = 100,
  }: sdk.DescribeFileSystemsRequest): sdk.DescribeFileSystemsResponse {
    const found = id === undefined ? [...this.#fileSystems.values()] : [this.#known(id)];
    const { items, next } = page(found, Math.min(MaxItems, this.account.pageSize), Marker, 'BadRequest');
    return { FileSystems: items.map((one) => this.#described(one)), NextMarker: next };
  }

  #update({
    FileSystemId,
    ThroughputMode,
    ProvisionedThroughputInMibps,
  }: sdk.UpdateFileSystemRequest): sdk.FileSystemDescription {
    const found = this.#known(FileSystemId);
    if (found.status !== 'available') {
      throw new Refusal('IncorrectFileSystemLifeCycleState', `${found.id} is ${found.status}.`, 409);
    }
    const to = wanted(found, ThroughputMode, ProvisionedThroughputInMibps);
    const isLocked = to.mode !== found.mode || (to.provisioned ?? Infinity) < (found.provisioned ?? 0);
    const now = this.account.clock.now();
    if (isLocked && now - found.changedAt < day) {
      const again = new Date(found.changedAt + day).toISOString();
      throw new Refusal('TooManyRequests', `The throughput can be changed again after ${again}`, 429);
    }
    this.#pass(found, 1, () => {
      Object.assign(this.#settle(found.id), to);
      if (isLocked) found.changedAt = now;
    });
    return { ...this.#described(found), ThroughputMode: to.mode, ProvisionedThroughputInMibps: to.provisioned };
  }

  #pass(found: FileSystem, minutes: number, arrive: () => void): void {
    found.status = 'updating';
    this.account.clock.after(minutes * minute, () => {
      arrive();
      found.status = 'available';
      this.#settled(found.id);
    });
  }

  /** The file system, its credits counted until now. */
  #settle(id: string): FileSystem {
    const found = this.#known(id);
    const now = this.account.clock.now();
    found.credits = creditsOf(found, now);
    found.creditsAt = now;
    return found;
  }

  /** Something has changed: its metrics now, and again when its credits are used up. */
  #settled(id: string): void {
    const found = this.#settle(id);
    const last = creditsLast(found);
    const changed = (): void => {
      this.account.services.cloudwatch.changed('AWS/EFS', { FileSystemId: id });
    };
    changed();
    if (last !== undefined) this.account.clock.after(last, changed);
  }

  #known(id: string | undefined): FileSystem {
    const found = this.#fileSystems.get(id ?? '');
    if (!found) throw new Refusal('FileSystemNotFound', `File system '${String(id)}' does not exist.`, 404);
    return found;
  }

  #described(one: FileSystem): sdk.FileSystemDescription {
    return {
      OwnerId: this.account.id,
      CreationToken: one.id,
      FileSystemId: one.id,
      FileSystemArn: one.arn,
      CreationTime: new Date(0),
      LifeCycleState: one.status,
      NumberOfMountTargets: this.#mountTargets.count(one.id),
      SizeInBytes: sizeOf(one),
      PerformanceMode: one.performance,
      ThroughputMode: one.mode,
      ...(one.mode === 'provisioned' && { ProvisionedThroughputInMibps: one.provisioned }),
      ...(one.zone !== undefined && { AvailabilityZoneName: one.zone }),
      Tags: Object.entries(one.tags).map(([Key, Value]) => ({ Key, Value })),
    };
  }
}

/** MiB/s that EFS provisions at most. */
const mostProvisioned = 1_024;

/** What is asked for, or a refusal as EFS words it. */
function wanted(found: FileSystem, mode: string = found.mode, provisioned: number | undefined): ThroughputSetting {
  if (mode !== 'bursting' && mode !== 'provisioned' && mode !== 'elastic') {
    throw new Refusal('BadRequest', `The throughput mode ${mode} is invalid.`);
  }
  if ((mode === 'provisioned') !== (provisioned !== undefined)) {
    throw new Refusal('BadRequest', 'Provisioned throughput goes with the throughput mode provisioned.');
  }
  if (mode === 'elastic' && found.performance === 'maxIO') {
    throw new Refusal('BadRequest', 'Elastic throughput is not supported for the performance mode maxIO.');
  }
  if (provisioned !== undefined && provisioned > mostProvisioned) {
    throw new Refusal('ThroughputLimitExceeded', `The limit of ${mostProvisioned} MiB/s has been reached.`);
  }
  return { mode, provisioned };
}
