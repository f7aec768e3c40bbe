import type { StepConfig } from '@aws-sdk/client-emr';
import { plainText } from '../../../signals/plain-text';
import { takesWork, type EmrCluster } from '../../../vitals/emr/cluster';
import { isUnderWay, type EmrStep, type EmrStepInFull } from '../../../vitals/emr/step';
import { createdInfix } from '../../named-creation';

/** Tag of a cluster by which its owner declares that every step of it may run twice: `yes`. */
export const idempotentTag = 'homeostat:idempotent-steps';

export function nameOf({ name }: EmrStep): string {
  return plainText(name, 60);
}

/** Why nothing says that the step may run twice; undefined where something does. */
export function idempotence(step: EmrStep, { id, tags }: EmrCluster, declared: readonly string[]): string | undefined {
  const isDeclared = declared.some((name) =>
    name.endsWith('*') ? step.name.startsWith(name.slice(0, -1)) : step.name === name,
  );
  if (isDeclared || tags[idempotentTag] === 'yes') return undefined;
  return `nothing declares that the step ${nameOf(step)} may run twice: the policy (idempotent) or the tag ${idempotentTag} of ${id} can`;
}

/** What stands against running it again now; undefined when nothing does. */
export function circumstances(
  step: EmrStepInFull,
  cluster: EmrCluster,
  later: readonly EmrStep[],
): { readonly kind: 'busy' | 'refused' | 'notNeeded'; readonly reason: string } | undefined {
  const name = nameOf(step);
  const same = later.filter(({ work }) => work === step.work);
  const done = same.find(({ state }) => state === 'COMPLETED');
  if (done) return { kind: 'notNeeded', reason: `${done.id} has done since what the step ${name} failed to do` };
  const again = same.find((one) => isUnderWay(one));
  if (again)
    return { kind: 'busy', reason: `${again.id} does again what the step ${name} failed to do: it is ${again.state}` };
  if (cluster.state === 'STARTING' || cluster.state === 'BOOTSTRAPPING') {
    return { kind: 'busy', reason: `the cluster ${cluster.id} is ${cluster.state}` };
  }
  const reason = objectionTo(step, cluster, later);
  return reason === undefined ? undefined : { kind: 'refused', reason };
}

function objectionTo(step: EmrStepInFull, cluster: EmrCluster, later: readonly EmrStep[]): string | undefined {
  const name = nameOf(step);
  if (step.state !== 'FAILED') return `the step ${name} is ${step.state}, and has not failed`;
  if (step.name.includes(createdInfix)) return `the step ${name} is itself one that was run again`;
  if (!takesWork(cluster)) return `the cluster ${cluster.id} is ${cluster.state}: it takes no step any more`;
  const role = step.described.ExecutionRoleArn;
  if (role !== undefined) return `the step ${name} ran as ${plainText(role, 80)}, which is not lent to it again`;
  const cancelled = later.find(({ state }) => state === 'CANCELLED');
  return cancelled && `what came after ${name} was cancelled, such as ${nameOf(cancelled)}: people run it in its order`;
}

/** The same step once more. Its failure ends nothing else: it comes out of its turn. */
export function stepToRun({ described }: EmrStepInFull, Name: string): StepConfig {
  const { Jar, MainClass, Properties = {}, Args } = described.Config ?? {};
  const { LogUri, EncryptionKeyArn } = described;
  return {
    Name,
    ActionOnFailure: 'CONTINUE',
    HadoopJarStep: {
      Jar,
      MainClass,
      Args,
      Properties: Object.entries(Properties).map(([Key, Value]) => ({ Key, Value })),
    },
    ...(LogUri !== undefined && {
      StepMonitoringConfiguration: { S3MonitoringConfiguration: { LogUri, EncryptionKeyArn } },
    }),
  };
}
