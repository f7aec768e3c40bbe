import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import { fileSystemOrReason, fileSystemReads, workOnFileSystem, type FileSystem } from '../../vitals/efs/file-system';
import { answerBefore, checkOf, standingOf } from '../absolute-change';
import { busyWith, refusedFor, startRefused, type Hindrance } from '../hindrance';
import { defineRemediation } from '../remediation';
import { aim, aimOf, inWords, parameters, setting, settingOf } from './raise-filesystem-throughput/setting';

const planned = z.object({ fileSystem: z.string(), from: setting, to: aim });

/** Gives a file system throughput that does not run out. */
export const raiseFilesystemThroughput = defineRemediation({
  name: 'raise-filesystem-throughput',
  title: 'Raise the throughput of a file system',
  when: 'A file system has used up its burst credits, or moves about as much as its provisioned throughput lets it.',
  whenNot:
    'It is at its limit of operations (PercentIOLimit), which no throughput raises; or its mode was changed within 24 hours.',
  heals: ['file-system-throttled'],
  takes: ['file-system'],
  risk: 'low',
  needsApproval: false,
  parameters,
  permissions: {
    read: ['cloudwatch:GetMetricData', ...fileSystemReads],
    write: [
      { action: 'elasticfilesystem:UpdateFileSystem', on: 'arn:*:elasticfilesystem:*:*:file-system/*', tagged: true },
    ],
  },
  patience: { checkEvery: 30, giveUpAfter: 900 },
  snapshots: 'losesNoData',
  planned,

  async plan({ resource }, wishes, aws) {
    const { id } = resource;
    const found = await fileSystemOrReason(id, aws);
    if (typeof found === 'string') return { kind: 'refused', reason: found };
    const hindrance = hindranceTo(found);
    if (hindrance) return hindrance;
    const to = await aimOf(found, wishes, aws);
    if (typeof to === 'string') return { kind: 'refused', reason: to };
    const cost = to.mode === 'elastic' ? 'which costs by the byte, without a ceiling' : 'which costs more from now on';
    return {
      kind: 'planned',
      plan: { fileSystem: id, from: settingOf(found), to },
      summary: `make the throughput of ${id} ${inWords(to)} instead of ${inWords(settingOf(found))}, ${cost}`,
      touches: [resource],
      // It serves on meanwhile.
      group: 'alone',
    };
  },

  async start({ fileSystem: id, from, to }, aws) {
    const found = await fileSystemOrReason(id, aws);
    if (typeof found === 'string') return { kind: 'refused', reason: found };
    const answer = answerBefore(standingOf<object>({ from, to }, settingOf(found)), whatOf(id));
    if (answer) return answer;
    const hindrance = hindranceTo(found);
    if (hindrance) return startRefused(hindrance);
    try {
      await aws.elasticfilesystem.updateFileSystem({
        FileSystemId: id,
        ThroughputMode: to.mode,
        ProvisionedThroughputInMibps: to.provisioned,
      });
    } catch (error) {
      // EFS shows nowhere when it was changed last: its answer is the first that tells.
      if (!(error instanceof Error && error.name === 'TooManyRequests')) throw error;
      return {
        kind: 'refused',
        reason: `EFS changes the mode of ${id} once in 24 hours, and it was changed in these: ${plainText(error.message, 80)}`,
      };
    }
    return { kind: 'started' };
  },

  async check({ fileSystem: id, from, to }, _handle, aws) {
    const found = await fileSystemOrReason(id, aws);
    if (typeof found === 'string') return { kind: 'failed', detail: found };
    return checkOf(standingOf<object>({ from, to }, settingOf(found)), whatOf(id), workOnFileSystem(found));
  },
});

function whatOf(id: string): string {
  return `the throughput of ${id}`;
}

/** Why its throughput is not changed as it stands; undefined when it may be. */
function hindranceTo(found: FileSystem): Hindrance | undefined {
  const { id, state } = found;
  const objection = state === 'available' ? undefined : `${id} is ${state}: EFS changes only what is available`;
  return busyWith(workOnFileSystem(found)) ?? refusedFor(objection);
}
