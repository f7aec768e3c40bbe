import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundles } from './bundles';
import { batchOf, environmentOf, type Ground } from './ground';
import { coldProcess, cpuOf, ended } from './lambda-process';
import type { LoopbackAws } from './loopback/endpoint';
import { median } from './statistics';

/** A new process each, one alarm each; of ours and the bare ones in turn, so that a noisy machine is noisy for all. */
export const rounds = 7;
/** How many alarms `measureColdStart` takes. */
export const alarmsForCold = rounds * 5;
/** Longer than any of them takes on a slow machine; a process that never asks must not be waited for. */
const patience = 30_000;

const firstCommit = 'TransactWriteItems';
const remediation = 'RebootInstances';

/** Median CPU, in milliseconds, of a process from its start until a request of it has arrived. */
export interface ColdStart {
  readonly bare: number;
  readonly bareLean: number;
  readonly bareUnbundled: number;
  /** To the first commit: of a rule that lets AWS heal first, and of one that plans at once. */
  readonly commitWaiting: number;
  readonly commitActing: number;
  readonly remediation: number;
}

export async function measureColdStart(bundles: Bundles, aws: LoopbackAws, { alarms }: Ground): Promise<ColdStart> {
  const folder = join(__dirname, '../dist/bench');
  mkdirSync(folder, { recursive: true });
  let next = 0;
  const run = async <Mark extends string>(index: string, marks: readonly Mark[]): Promise<Record<Mark, number>> => {
    const batch = join(folder, 'batch.json');
    writeFileSync(batch, JSON.stringify(batchOf(alarms[next++] ?? {})));
    return untilRequests(marks, index, batch, aws);
  };
  const seen: Record<keyof ColdStart, number[]> = {
    bare: [],
    bareLean: [],
    bareUnbundled: [],
    commitWaiting: [],
    commitActing: [],
    remediation: [],
  };
  for (let round = 0; round < rounds; round += 1) {
    seen.bare.push((await run(bundles.bare, [remediation]))[remediation]);
    seen.commitWaiting.push((await run(bundles.waiting, [firstCommit]))[firstCommit]);
    seen.bareLean.push((await run(bundles.bareLean, [remediation]))[remediation]);
    seen.bareUnbundled.push((await run(bundles.bareUnbundled, [remediation]))[remediation]);
    const acting = await run(bundles.acting, [firstCommit, remediation]);
    seen.commitActing.push(acting[firstCommit]);
    seen.remediation.push(acting[remediation]);
  }
  return {
    bare: median(seen.bare),
    bareLean: median(seen.bareLean),
    bareUnbundled: median(seen.bareUnbundled),
    commitWaiting: median(seen.commitWaiting),
    commitActing: median(seen.commitActing),
    remediation: median(seen.remediation),
  };
}

/** Starts a process and ends it when the first request of each operation has arrived; the CPU that it had used by then. */
async function untilRequests<Mark extends string>(
  marks: readonly Mark[],
  index: string,
  batch: string,
  aws: LoopbackAws,
): Promise<Record<Mark, number>> {
  const used = new Map<string, number>();
  const child = coldProcess(index, batch, environmentOf(aws.endpoint));
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = (how: string): void => {
        const asked = aws.takeRequests().map(({ operation }) => operation);
        reject(new Error(`${index} ${how}, and has asked for ${asked.join(', ') || 'nothing'} only.`));
      };
      const timer = setTimeout(fail, patience, 'takes too long');
      child.once('exit', () => {
        fail('ended');
      });
      aws.hooks = {
        onRequest: async ({ operation }) => {
          if (!marks.some((mark) => mark === operation) || used.has(operation)) return;
          used.set(operation, await cpuOf(child));
          if (used.size < marks.length) return;
          clearTimeout(timer);
          child.removeAllListeners('exit');
          resolve();
        },
      };
    });
  } finally {
    await ended(child);
    aws.hooks = {};
  }
  aws.takeRequests();
  return Object.fromEntries(used) as Record<Mark, number>;
}
