import type { FileSystemDescription } from '@aws-sdk/client-efs';
import { plainText } from '../../signals/plain-text';
import type { Calls } from '../aws';

const mebibyte = 1024 ** 2;
const gibibyte = 1024 ** 3;

/** An EFS file system, as far as healing it needs. */
export interface FileSystem {
  readonly kind: 'file-system';
  readonly id: string;
  /** EFS's word: `available`, `updating`, … */
  readonly state: string;
  /** `bursting`, `provisioned` or `elastic`. */
  readonly mode: string;
  /** MiB/s that are paid for; only of mode `provisioned`. */
  readonly provisioned: number | undefined;
  /** MiB/s that its size gives it without credits: 50 KiB/s for each GiB in the standard class, and 1 MiB/s at least. */
  readonly baseline: number;
  /** `generalPurpose` or `maxIO`. */
  readonly performance: string;
  /** Name of its zone, if it is kept in one only. */
  readonly zone: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** The action of `readFileSystem`. */
export const fileSystemReads = ['elasticfilesystem:DescribeFileSystems'] as const;
type Reads = Calls<(typeof fileSystemReads)[number]>;

/** Whether the text can be the id of a file system. */
export function isFileSystemId(id: string): boolean {
  return /^fs-[0-9a-f]{8,40}$/.test(id);
}

/** Reads a file system. What makes no sense is thrown. */
export async function readFileSystem(id: string, aws: Reads): Promise<FileSystem | { readonly kind: 'absent' }> {
  if (!isFileSystemId(id)) throw new Error(`${plainText(id)} is not the id of a file system`);
  try {
    const { FileSystems = [] } = await aws.elasticfilesystem.describeFileSystems({ FileSystemId: id });
    const found = FileSystems.find(({ FileSystemId }) => FileSystemId === id);
    // EFS answers an error for an id that it doesn't know, never an empty list.
    if (!found) throw new Error(`EFS answered nothing about ${id}`);
    return fileSystem(id, found);
  } catch (error) {
    if (error instanceof Error && error.name === 'FileSystemNotFound') return { kind: 'absent' };
    throw error;
  }
}

/** The file system; or why there is none to be healed. */
export async function fileSystemOrReason(id: string, aws: Reads): Promise<FileSystem | string> {
  if (!isFileSystemId(id)) return `${plainText(id)} is not the id of a file system`;
  const found = await readFileSystem(id, aws);
  return found.kind === 'absent' ? `${id} no longer exists` : found;
}

function fileSystem(id: string, described: FileSystemDescription): FileSystem {
  const { LifeCycleState: state, ThroughputMode: mode, SizeInBytes: size, PerformanceMode: performance } = described;
  const bytes = size?.ValueInStandard ?? size?.Value;
  if (!state || !mode || !performance || bytes === undefined) {
    throw new Error(`EFS answered ${id} without state, mode or size`);
  }
  return {
    kind: 'file-system',
    id,
    state,
    mode,
    provisioned: described.ProvisionedThroughputInMibps,
    baseline: Math.max(1, ((bytes / gibibyte) * 50 * 1024) / mebibyte),
    performance,
    zone: described.AvailabilityZoneName,
    tags: Object.fromEntries((described.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
  };
}

/** Whether it is deleted, or about to be. */
export function isGone({ state }: FileSystem): boolean {
  return state === 'deleting' || state === 'deleted';
}

/** What EFS is doing to it right now, in one line. */
export function workOnFileSystem({ id, state }: FileSystem): string | undefined {
  return state === 'updating' || state === 'creating' ? `the file system ${id} is ${state}` : undefined;
}
