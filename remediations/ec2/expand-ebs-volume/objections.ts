import type { Calls } from '../../../vitals/aws';
import { instanceReads, readInstance, workOnInstance } from '../../../vitals/ec2/instance';
import type { Volume } from '../../../vitals/ec2/volume';
import { objectionOfEbs, workOnVolume, type VolumeChange } from '../../../vitals/ec2/volume-change';
import { findCommand, objectionToCommand, ownCommandReads } from '../../own-command';
import type { Plan } from './growth';

export const objectionReads = [...instanceReads, ...ownCommandReads] as const;
type Reads = Calls<(typeof objectionReads)[number]>;

/** What AWS or people are doing to the volume or its instance now, in one line. */
export async function workOn(
  { command }: Plan,
  volume: Volume,
  changes: readonly VolumeChange[],
  aws: Reads,
): Promise<string | undefined> {
  const work = workOnVolume(volume, changes);
  if (work) return work;
  const instance = await readInstance(command.instance, aws);
  const ofInstance = instance.kind === 'absent' ? undefined : workOnInstance(instance, aws.now());
  return ofInstance ?? (await findCommand(command, aws)).work;
}

/** Why the volume must not grow as things stand; undefined when it may. */
export async function objectionTo(
  plan: Plan,
  volume: Volume,
  changes: readonly VolumeChange[],
  aws: Reads,
): Promise<string | undefined> {
  const { id, state } = volume;
  const { size, restHours, command } = plan;
  if (state !== 'in-use') return `${id} is ${state}: only a volume in use has a filesystem to grow`;
  const rested = aws.now() - restHours * 3_600_000;
  if (changes.some(({ startedAt }) => startedAt > rested)) {
    return `${id} was changed in the last ${restHours} hours already: more room does not heal what fills it so soon`;
  }
  return objectionOfEbs(volume, size.to, changes, aws.now()) ?? (await objectionToCommand(command, aws));
}
