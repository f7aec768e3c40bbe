import { plainText } from '../../signals/plain-text';
import type { Calls } from '../aws';
import { defineVitals, type Health } from '../vitals';
import { emrClusterReads, readEmrCluster } from './cluster';
import { isUnderWay, readLaterSteps, readStep, stepIds, stepReads, whyFailed } from './step';

const reads = [...emrClusterReads, ...stepReads] as const;
type Reads = Calls<(typeof reads)[number]>;

function idsOf(id: string): NonNullable<ReturnType<typeof stepIds>> {
  const ids = stepIds(id);
  if (!ids) throw new Error(`${plainText(id)} is not the id of an EMR step`);
  return ids;
}

/** What failed stays so for ever: it is over when the same work has been done since. */
async function healthOf(id: string, aws: Reads): Promise<Health> {
  const { cluster, step } = idsOf(id);
  const found = await readStep({ cluster, step }, aws);
  if (found.kind === 'absent') return { kind: 'gone', detail: `there is no step ${step} of ${cluster}` };
  const name = plainText(found.name, 60);
  if (found.state !== 'FAILED') return { kind: 'healthy', detail: `the step ${name} is ${found.state}` };
  const later = await readLaterSteps(cluster, step, aws);
  const done = later.find(({ work, state }) => work === found.work && state === 'COMPLETED');
  return done
    ? { kind: 'healthy', detail: `what the step ${name} failed to do, ${done.id} has done since` }
    : { kind: 'unhealthy', detail: `the step ${name} has failed${whyFailed(found)}` };
}

/** A step of an EMR cluster. It has no tags: those of its cluster speak for it. */
export const emrStepVitals = defineVitals({
  kind: 'emr-step',
  reads,
  sees: ['emr-step-failed'],
  health: ({ id }, _condition, aws) => healthOf(id, aws),
  async tags({ id }, aws) {
    const cluster = await readEmrCluster(idsOf(id).cluster, aws);
    return cluster.kind === 'absent' ? {} : cluster.tags;
  },
  place: async () => ({ groups: [] }),
  async busy({ id }, aws) {
    const { cluster, step } = idsOf(id);
    const found = await readStep({ cluster, step }, aws);
    if (found.kind === 'absent') return undefined;
    const again = (await readLaterSteps(cluster, step, aws)).find((one) => one.work === found.work && isUnderWay(one));
    return again && `${again.id} does what the step ${plainText(found.name, 60)} failed to do: it is ${again.state}`;
  },
});
