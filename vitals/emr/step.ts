import type { Step, StepSummary } from '@aws-sdk/client-emr';
import { createHash } from 'node:crypto';
import { plainText } from '../../signals/plain-text';
import type { Calls } from '../aws';
import { pages } from '../pages';
import { isNotValid } from './cluster';

/** A step of a cluster, as far as running it again needs. */
export interface EmrStep {
  readonly id: string;
  readonly name: string;
  /** EMR's word: `PENDING`, `COMPLETED`, `FAILED`, … */
  readonly state: string;
  /** Tells apart what it runs: a hash of its jar, class, properties and arguments, which may hold secrets. */
  readonly work: string;
}

/** A step with all that EMR was told to run. */
export interface EmrStepInFull extends EmrStep {
  readonly kind: 'emr-step';
  readonly described: Step;
}

/** The actions of `readStep` and `readLaterSteps`. */
export const stepReads = ['elasticmapreduce:DescribeStep', 'elasticmapreduce:ListSteps'] as const;
type Reads = Calls<(typeof stepReads)[number]>;

/** The ids of cluster and step in the id of a step; undefined of anything else. */
export function stepIds(id: string): { readonly cluster: string; readonly step: string } | undefined {
  const [, cluster, step] = /^(j-[0-9A-Z]{1,32})\/(s-[0-9A-Z]{1,32})$/.exec(id) ?? [];
  return cluster !== undefined && step !== undefined ? { cluster, step } : undefined;
}

export async function readStep(
  { cluster, step }: { readonly cluster: string; readonly step: string },
  aws: Reads,
): Promise<EmrStepInFull | { readonly kind: 'absent' }> {
  try {
    const { Step: described } = await aws.elasticmapreduce.describeStep({ ClusterId: cluster, StepId: step });
    if (described?.Id !== step) throw new Error(`EMR answered nothing about ${step} of ${cluster}`);
    return { kind: 'emr-step', ...emrStep(described), described };
  } catch (error) {
    if (isNotValid(error)) return { kind: 'absent' };
    throw error;
  }
}

/** Steps of the cluster that were added after this one, the newest first, as EMR lists them. */
export async function readLaterSteps(cluster: string, step: string, aws: Reads): Promise<readonly EmrStep[]> {
  const listed = pages(async ({ NextToken }) => {
    const { Steps, Marker } = await aws.elasticmapreduce.listSteps({
      ClusterId: cluster,
      ...(NextToken !== undefined && { Marker: NextToken }),
    });
    return { Steps, NextToken: Marker };
  });
  const later: EmrStep[] = [];
  for await (const { Steps = [] } of listed) {
    for (const one of Steps) {
      if (one.Id === step) return later;
      later.push(emrStep(one));
    }
  }
  throw new Error(`EMR lists no step ${plainText(step)} of ${cluster}`);
}

function emrStep({ Id: id, Name: name, Status, Config = {} }: Step | StepSummary): EmrStep {
  const state = Status?.State;
  if (!id || name === undefined || !state) throw new Error('EMR answered a step without id, name or state');
  const { Jar, MainClass = '', Properties = {}, Args = [] } = Config;
  const properties = Object.entries(Properties).sort(([some], [other]) => (some < other ? -1 : 1));
  const work = createHash('sha256')
    .update(JSON.stringify([Jar, MainClass, properties, Args]), 'utf8')
    .digest('hex');
  return { id, name, state, work };
}

/** Whether it waits or runs. */
export function isUnderWay({ state }: EmrStep): boolean {
  return state === 'PENDING' || state === 'RUNNING' || state === 'CANCEL_PENDING';
}

/** Why it failed, in EMR's words; empty where EMR does not know. */
export function whyFailed({ described: { Status } }: EmrStepInFull): string {
  const { Reason = '', Message = '' } = Status?.FailureDetails ?? {};
  const why = plainText([Reason, Message].filter((text) => text !== '').join(': '), 120);
  return why && ` (${why})`;
}
