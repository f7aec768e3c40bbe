import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import { emrClusterReads, readEmrCluster } from '../../vitals/emr/cluster';
import { isUnderWay, readLaterSteps, readStep, stepIds, stepReads } from '../../vitals/emr/step';
import { derivedName } from '../named-creation';
import { defineRemediation } from '../remediation';
import { circumstances, idempotence, nameOf, stepToRun } from './rerun-emr-step/circumstances';

const planned = z.object({
  cluster: z.string(),
  step: z.string(),
  /** What the step ran, as a hash: what people agreed to is what runs again. */
  work: z.string(),
  /** Name of the step that does it again. */
  rerun: z.string(),
});

/** Runs a step of a cluster again, word for word, that its owner has declared to do no harm when it runs twice. */
export const rerunEmrStep = defineRemediation({
  name: 'rerun-emr-step',
  title: 'Run a failed EMR step again',
  when: 'A step has failed for a reason that passes, its owner has declared that it may run twice, and its cluster takes work.',
  whenNot:
    'Nobody has declared that it may run twice, steps after it were cancelled with it, or its input is what makes it fail.',
  heals: ['emr-step-failed'],
  takes: ['emr-step'],
  risk: 'medium',
  needsApproval: false,
  parameters: z.object({
    /** Names of steps that may run twice; `*` at the end stands for anything. A tag of the cluster says it of all its steps. */
    idempotent: z.array(z.string().min(1).max(256)).default([]),
  }),
  permissions: {
    read: [...emrClusterReads, ...stepReads],
    write: [{ action: 'elasticmapreduce:AddJobFlowSteps', on: 'arn:*:elasticmapreduce:*:*:cluster/*', tagged: true }],
  },
  // As long as a step may take.
  patience: { checkEvery: 120, giveUpAfter: 21_600 },
  snapshots: 'noneCanBeMade',
  planned,

  async plan({ resource, attemptKey }, { idempotent }, aws) {
    const ids = stepIds(resource.id);
    if (!ids) return { kind: 'refused', reason: `${plainText(resource.id)} is not the id of an EMR step` };
    const { cluster: id, step } = ids;
    const found = await readStep(ids, aws);
    if (found.kind === 'absent') return { kind: 'refused', reason: `there is no step ${step} of ${id}` };
    const cluster = await readEmrCluster(id, aws);
    if (cluster.kind === 'absent') return { kind: 'refused', reason: `${id} no longer exists` };
    const undeclared = idempotence(found, cluster, idempotent);
    if (undeclared) return { kind: 'refused', reason: undeclared };
    const standing = circumstances(found, cluster, await readLaterSteps(id, step, aws));
    if (standing) return standing;
    const rerun = derivedName(found.name, attemptKey, 256);
    return {
      kind: 'planned',
      plan: { cluster: id, step, work: found.work, rerun },
      summary: `run the step ${nameOf(found)} of ${id} again, word for word`,
      // The cluster as well: it is what gets a step more.
      touches: [{ ...resource, kind: 'emr-cluster', id }, resource],
      // The cluster takes steps one after the other, as its owner has set it.
      group: 'alone',
    };
  },

  async start({ cluster: id, step, work, rerun }, aws) {
    const found = await readStep({ cluster: id, step }, aws);
    if (found.kind === 'absent') return { kind: 'refused', reason: `there is no step ${step} of ${id}` };
    if (found.work !== work)
      return { kind: 'refused', reason: `the step ${step} is not what it was when this was planned` };
    const later = await readLaterSteps(id, step, aws);
    // EMR takes two steps of one name: only a look tells whether it was added already.
    if (later.some(({ name }) => name === rerun)) return { kind: 'started' };
    const cluster = await readEmrCluster(id, aws);
    if (cluster.kind === 'absent') return { kind: 'refused', reason: `${id} no longer exists` };
    const standing = circumstances(found, cluster, later);
    if (standing) return { kind: 'refused', reason: standing.reason };
    await aws.elasticmapreduce.addJobFlowSteps({ JobFlowId: id, Steps: [stepToRun(found, rerun)] });
    return { kind: 'started' };
  },

  async check({ cluster: id, step, rerun }, _handle, aws) {
    const own = (await readLaterSteps(id, step, aws)).find(({ name }) => name === rerun);
    if (!own) return { kind: 'notStarted', detail: `${id} has no step ${plainText(rerun, 80)}` };
    const detail = `${own.id}, which does it again, is ${own.state}`;
    if (isUnderWay(own)) return { kind: 'pending', detail };
    return { kind: own.state === 'COMPLETED' ? 'done' : 'failed', detail };
  },
});
