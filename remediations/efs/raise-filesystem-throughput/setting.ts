import { z } from 'zod';
import type { Calls } from '../../../vitals/aws';
import type { FileSystem } from '../../../vitals/efs/file-system';
import { isHeldBack, lastingThroughput, readDemand, readThroughput } from '../../../vitals/efs/throughput';

const mode = z.enum(['provisioned', 'elastic']);

/** What is set of the throughput of a file system. */
export const setting = z.object({
  mode: z.string(),
  /** MiB/s; of mode `provisioned`. */
  provisioned: z.number().optional(),
});

type Setting = z.infer<typeof setting>;

/** What it is to be: never bursting. */
export const aim = setting.extend({ mode });
type Aim = z.infer<typeof aim>;

export const parameters = z.object({
  /** `provisioned`: so much throughput, paid by the month. `elastic`: whatever is needed, paid by the byte without a ceiling. */
  how: mode.default('provisioned'),
  /** Percent above what it has, or moved for a quarter of an hour of the last day. */
  growBy: z.number().min(10).max(900).default(50),
  /** MiB/s that are never provisioned above. EFS lets nobody lower them within 24 hours. */
  atMost: z.number().int().min(1).max(1024).default(100),
});

/** What is set now. */
export function settingOf({ mode: now, provisioned }: FileSystem): Setting {
  return now === 'provisioned' && provisioned !== undefined ? { mode: now, provisioned } : { mode: now };
}

export function inWords({ mode: now, provisioned }: Setting): string {
  return provisioned === undefined ? now : `${provisioned} MiB/s (${now})`;
}

/** What its throughput should be; why nothing, where it is not what holds the file system back. */
export async function aimOf(
  found: FileSystem,
  { how, growBy, atMost }: z.infer<typeof parameters>,
  aws: Calls<'cloudwatch:GetMetricData'>,
): Promise<Aim | string> {
  const lasting = lastingThroughput(found);
  const { id } = found;
  if (lasting === undefined) return `${id} is elastic already: EFS gives it all that the Region allows`;
  const throughput = await readThroughput(found, aws);
  if (!throughput) return `how much ${id} moves is not told by CloudWatch`;
  const { used } = throughput;
  if (!isHeldBack(used, lasting)) {
    return `${id} moves ${used} MiB/s and has ${lasting} without credits: throughput is not what holds it back`;
  }
  if (how === 'elastic') {
    return found.performance === 'generalPurpose'
      ? { mode: 'elastic' }
      : `${id} is of the performance mode ${found.performance}, which cannot be elastic`;
  }
  const needed = Math.max(used, lasting, await readDemand(found, aws));
  // To tens: two looks within a minute come to the same, though what it moves is never quite the same.
  const provisioned = Math.min(Math.ceil((needed * (100 + growBy)) / 1000) * 10, atMost);
  if (provisioned <= lasting) return `${id} has ${lasting} MiB/s already, and the policy allows ${atMost} (atMost)`;
  return { mode: 'provisioned', provisioned };
}
