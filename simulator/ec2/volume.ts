import { z } from 'zod';
import type { Instance } from './instance';
import type { Dimensions } from '../cloudwatch/metric';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';

const second = 1_000;

/** How long EBS takes, in milliseconds: the size can be used when it begins to optimize. */
const takes = { modifying: 20 * second, optimizing: 3_600 * second } as const;

/** The most changes that EBS takes of a volume in any 24 hours. */
const changes = { most: 4, within: 24 * 3_600 * second } as const;

/** GiB. */
const largest = { gp2: 16_384, gp3: 65_536, io1: 16_384, io2: 65_536, st1: 16_384, sc1: 16_384, standard: 1_024 };

/** A volume of an instance as a description of an account writes it. */
export const volumeSchema = z.strictObject({
  id: z.string().optional(),
  device: z.string().default('/dev/xvda'),
  /** Where its filesystem is mounted. */
  path: z.string().default('/'),
  sizeGiB: z.int().positive().default(20),
  usedGiB: z.number().nonnegative().default(5),
  type: z.enum(['gp2', 'gp3', 'io1', 'io2', 'st1', 'sc1', 'standard']).default('gp3'),
  tags: z.record(z.string(), z.string()).default({}),
  /** Its data is gone. */
  lost: z.boolean().default(false),
});

export type VolumeDescription = z.input<typeof volumeSchema>;

export interface Modification {
  readonly from: number;
  readonly to: number;
  readonly startedAt: number;
  endedAt: number | undefined;
  state: 'modifying' | 'optimizing' | 'completed' | 'failed';
}

/** A volume that is attached to an instance, and ends with it. */
export interface Volume {
  readonly id: string;
  readonly instance: string;
  readonly zone: string;
  readonly device: string;
  readonly path: string;
  readonly type: z.infer<typeof volumeSchema>['type'];
  readonly tags: Map<string, string>;
  readonly createdAt: number;
  sizeGiB: number;
  /** What the guest makes of it: less than the size until somebody grows the filesystem. */
  filesystemGiB: number;
  usedGiB: number;
  lost: boolean;
  /** The oldest first. EBS shows the last one only. */
  readonly modifications: Modification[];
}

/** As launch templates mostly have it, it carries the tags of its instance. */
function bootVolumeOf({ id, tags }: Instance): VolumeDescription {
  return { id: `vol-${id.slice(2)}`, tags: Object.fromEntries(tags) };
}

/** The EBS volumes of an account. */
export class Volumes {
  readonly #volumes = new Map<string, Volume>();
  readonly #byInstance = new Map<string, readonly Volume[]>();
  #nextChangeFails = false;

  constructor(private readonly account: SimulatedAccount) {}

  /** Gives a new instance these volumes, or else one to boot from. */
  attach(instance: Instance, described: readonly VolumeDescription[] = [bootVolumeOf(instance)]): void {
    if (instance.rootDevice === 'instance-store') return;
    const volumes = described.map((each): Volume => {
      const { id = this.account.newId('vol-'), sizeGiB, tags, ...given } = volumeSchema.parse(each);
      return {
        ...given,
        id,
        instance: instance.id,
        zone: instance.zone,
        tags: new Map(Object.entries(tags)),
        createdAt: this.account.clock.now(),
        sizeGiB,
        filesystemGiB: sizeGiB,
        modifications: [],
      };
    });
    this.#byInstance.set(instance.id, volumes);
    for (const volume of volumes) this.#volumes.set(volume.id, volume);
  }

  all(): readonly Volume[] {
    return [...this.#volumes.values()];
  }

  find(id: string): Volume | undefined {
    return this.#volumes.get(id);
  }

  of(instanceId: string): readonly Volume[] {
    return this.#byInstance.get(instanceId) ?? [];
  }

  /** Takes away those of an instance that ended. */
  endWith(instanceId: string): void {
    for (const { id } of this.of(instanceId)) this.#volumes.delete(id);
    this.#byInstance.delete(instanceId);
  }

  /** EBS has lost its data. */
  lose(id: string): void {
    const volume = this.#volumes.get(id);
    if (volume) volume.lost = true;
  }

  /** People have put another one in its place, and delete it. */
  delete(id: string): void {
    const volume = this.#volumes.get(id);
    if (!volume) return;
    this.#volumes.delete(id);
    this.#byInstance.set(
      volume.instance,
      this.of(volume.instance).filter((one) => one !== volume),
    );
  }

  /** From now on so much of its filesystem is used. */
  fill(id: string, usedGiB: number): void {
    const volume = this.#volumes.get(id);
    if (!volume) throw new Error(`there is no volume ${id}`);
    volume.usedGiB = usedGiB;
    this.#tell(volume);
  }

  /** The guest makes use of all that its volumes have. */
  growFilesystems(instanceId: string): void {
    for (const volume of this.of(instanceId)) {
      volume.filesystemGiB = volume.sizeGiB;
      this.#tell(volume);
    }
  }

  /** Used part of a filesystem as the CloudWatch agent measures it, in percent: of the fullest that the dimensions leave. */
  usedPercent({ InstanceId, path, device }: Dimensions): number | undefined {
    const meant = this.of(InstanceId ?? '').filter(
      (volume) =>
        (path === undefined || volume.path === path) &&
        // The agent says xvda1 or nvme0n1p1 where EBS says /dev/xvda.
        (device === undefined || path !== undefined || device.startsWith(volume.device.replace('/dev/', ''))),
    );
    if (meant.length === 0) return undefined;
    return Math.max(...meant.map(({ usedGiB, filesystemGiB }) => Math.min(100, (100 * usedGiB) / filesystemGiB)));
  }

  /** The next change of a volume fails, as they do now and then by a fault of AWS. */
  failNextChange(): void {
    this.#nextChangeFails = true;
  }

  /** Changes the size; refuses what EBS refuses. */
  resize(volume: Volume, size: number): Modification {
    const { id, type, sizeGiB, modifications } = volume;
    const { clock } = this.account;
    const now = clock.now();
    const last = modifications.at(-1);
    if (size < sizeGiB) throw new Refusal('InvalidParameterValue', 'New size cannot be smaller than existing size');
    if (size > largest[type]) {
      const message = `Volume of ${size}GiB is too large for volume type ${type}; maximum is ${largest[type]}GiB.`;
      throw new Refusal('InvalidParameterValue', message);
    }
    if (last && last.endedAt === undefined) {
      throw new Refusal('IncorrectModificationState', `Volume ${id} is in modification state ${last.state}.`);
    }
    if (modifications.filter(({ startedAt }) => startedAt > now - changes.within).length >= changes.most) {
      const message = `You've reached the maximum modification rate per volume limit for ${id}.`;
      throw new Refusal('VolumeModificationRateExceeded', message);
    }
    const change: Modification = { from: sizeGiB, to: size, startedAt: now, endedAt: undefined, state: 'modifying' };
    modifications.push(change);
    const fails = this.#nextChangeFails;
    this.#nextChangeFails = false;
    clock.after(takes.modifying, () => {
      if (fails) {
        this.#end(volume, change, 'failed');
        return;
      }
      volume.sizeGiB = size;
      change.state = 'optimizing';
      this.#notify(volume, 'optimizing');
      clock.after(takes.optimizing, () => {
        this.#end(volume, change, 'completed');
      });
    });
    return change;
  }

  #end(volume: Volume, change: Modification, state: 'completed' | 'failed'): void {
    change.state = state;
    change.endedAt = this.account.clock.now();
    this.#notify(volume, state);
  }

  #notify({ id }: Volume, result: string): void {
    const arn = this.account.arn('ec2', `volume/${id}`);
    this.account.bus.emit('aws.ec2', 'EBS Volume Notification', [arn], { event: 'modifyVolume', result, cause: '' });
  }

  #tell({ instance }: Volume): void {
    this.account.services.cloudwatch.changed('CWAgent', { InstanceId: instance });
  }
}
