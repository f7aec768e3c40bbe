import type { EmrClusterInput } from '../../../simulator/elasticmapreduce/cluster';
import { emrClusterVitals } from '../../../vitals/emr/cluster-vitals';
import { emrStepVitals } from '../../../vitals/emr/step-vitals';
import { bench } from '../../remediations/account';
import { answerWith } from '../../remediations/attempt';
import { emrCluster, type Befalls } from '../../remediations/emr/emr-cluster';
import { failedStep } from '../../remediations/emr/failed-step';

const id = 'j-1YONHTCP3YZKC';

function cluster(described: Partial<EmrClusterInput> = {}, happening?: Befalls) {
  const on = bench();
  const resource = emrCluster(on, described);
  if (happening) on.account.services.elasticmapreduce.befall({ id, ...happening });
  const health = (condition = 'emr-cluster-overloaded') => emrClusterVitals.health(resource, condition, on.aws);
  return { ...on, cluster: resource, health };
}

test('a cluster that takes work is well, however much it has', async () => {
  expect(await cluster({ load: 9 }).health()).toEqual({ kind: 'healthy', detail: `the cluster ${id} is WAITING` });
});

test('a group that EMR has given up is stuck, and nothing else', async () => {
  const { health } = cluster({}, { arrest: 'ig-3TASK' });
  expect(await health('emr-group-stuck')).toEqual({
    kind: 'unhealthy',
    detail: `the task group ig-3TASK of ${id} is ARRESTED with 2 of 2 nodes`,
  });
  expect(await health('emr-nodes-lost')).toMatchObject({ kind: 'healthy' });
});

test('a group with fewer nodes than it should have has lost some, unless they are on their way', async () => {
  const { health, account } = cluster({}, { lose: 'ig-2CORE', nodes: 1 });
  expect(await health('emr-nodes-lost')).toMatchObject({
    kind: 'unhealthy',
    detail: `the core group ig-2CORE of ${id} is RUNNING with 1 of 2 nodes`,
  });
  account.services.elasticmapreduce.putToWork(id, 'ig-2CORE');
  expect(await health('emr-nodes-lost')).toMatchObject({ kind: 'healthy' });
});

test.each<[EmrClusterInput['state'], string]>([
  ['BOOTSTRAPPING', 'unknown'],
  ['TERMINATED', 'gone'],
  ['TERMINATED_WITH_ERRORS', 'gone'],
])('a cluster that is %s is %s', async (state, kind) => {
  expect(await cluster({ state }).health('emr-group-stuck')).toMatchObject({ kind });
});

test('a cluster of fleets has no groups to read', async () => {
  expect(await cluster({ fleets: true }).health('emr-group-stuck')).toMatchObject({ kind: 'healthy' });
});

test('groups are read page by page', async () => {
  const { health, account } = cluster({}, { arrest: 'ig-3TASK' });
  account.pageSize = 1;
  expect(await health('emr-group-stuck')).toMatchObject({ kind: 'unhealthy' });
});

test.each([
  ['DescribeCluster', {}],
  ['DescribeCluster', { Cluster: { Id: id } }],
  ['ListInstanceGroups', { InstanceGroups: [{ Id: 'ig-1' }] }],
])('an answer of %s without sense is unknown: %j', async (operation, answer) => {
  const on = cluster();
  answerWith(on, 'elasticmapreduce', operation, answer);
  expect(await on.health()).toMatchObject({ kind: 'unknown' });
});

test('one that EMR does not know is gone; any other refusal is unknown', async () => {
  const on = cluster();
  const refusal = (message: string) => Object.assign(new Error(message), { name: 'InvalidRequestException' });
  answerWith(on, 'elasticmapreduce', 'DescribeCluster', refusal(`Cluster id '${id}' is not valid.`));
  expect(await on.health()).toMatchObject({ kind: 'gone' });
  expect(await emrClusterVitals.tags(on.cluster, on.aws)).toEqual({});
  expect(await emrClusterVitals.place(on.cluster, on.aws)).toEqual({ groups: [] });
  expect(await emrClusterVitals.busy?.(on.cluster, on.aws)).toBeUndefined();
  answerWith(on, 'elasticmapreduce', 'DescribeCluster', refusal('Something else is wrong.'));
  expect(await on.health()).toMatchObject({ kind: 'unknown' });
});

test('its tags, its zone and what EMR does to it are told', async () => {
  const on = cluster({ tags: { a: 'b' } });
  expect(await emrClusterVitals.tags(on.cluster, on.aws)).toEqual({ a: 'b' });
  expect(await emrClusterVitals.place(on.cluster, on.aws)).toEqual({ zone: 'eu-central-1a', groups: [] });
  expect(await emrClusterVitals.busy?.(on.cluster, on.aws)).toBeUndefined();
  on.account.services.elasticmapreduce.putToWork(id, 'ig-2CORE');
  expect(await emrClusterVitals.busy?.(on.cluster, on.aws)).toBe(`the core group ig-2CORE of ${id} is RESIZING`);
  const starting = cluster({ state: 'BOOTSTRAPPING' });
  expect(await emrClusterVitals.busy?.(starting.cluster, starting.aws)).toBe(`the cluster ${id} is BOOTSTRAPPING`);
  const ended = cluster({ state: 'TERMINATED' });
  expect(await emrClusterVitals.busy?.(ended.cluster, ended.aws)).toBeUndefined();
});

describe('a step', () => {
  const same = { name: 'by hand', args: ['spark-submit', 's3://shop/load.py'] };

  function step(...[described, after]: [Parameters<typeof failedStep>[2]?, Parameters<typeof failedStep>[3]?]) {
    const on = bench();
    const resource = failedStep(on, { tags: { a: 'b' } }, described, after);
    return { ...on, step: resource, health: () => emrStepVitals.health(resource, 'emr-step-failed', on.aws) };
  }

  test('that has failed is unhealthy, with what EMR knows of why', async () => {
    expect(await step().health()).toEqual({
      kind: 'unhealthy',
      detail: 'the step load-orders has failed (Unknown Error.)',
    });
  });

  test('that has failed is well when the same work has been done since, and only then', async () => {
    expect(await step({}, [{ ...same, state: 'COMPLETED' }]).health()).toMatchObject({ kind: 'healthy' });
    expect(await step({}, [{ ...same, state: 'FAILED' }]).health()).toMatchObject({ kind: 'unhealthy' });
    expect(await step({}, [{ ...same, args: ['else'], state: 'COMPLETED' }]).health()).toMatchObject({
      kind: 'unhealthy',
    });
  });

  test('that has not failed is well', async () => {
    expect(await step({ state: 'COMPLETED' }).health()).toMatchObject({ kind: 'healthy' });
  });

  test('is busy while the same work is done again', async () => {
    const again = step({}, [{ id: 's-9', ...same, state: 'RUNNING' }]);
    expect(await emrStepVitals.busy?.(again.step, again.aws)).toBe(
      's-9 does what the step load-orders failed to do: it is RUNNING',
    );
    const alone = step();
    expect(await emrStepVitals.busy?.(alone.step, alone.aws)).toBeUndefined();
  });

  test('has the tags of its cluster, and stands nowhere', async () => {
    const { step: resource, aws } = step();
    expect(await emrStepVitals.tags(resource, aws)).toEqual({ a: 'b' });
    expect(await emrStepVitals.place(resource, aws)).toEqual({ groups: [] });
  });

  test('that there is not is gone; one that is named amiss is unknown', async () => {
    const { aws, step: resource } = step();
    const other = { ...resource, id: `${id}/s-NONE` };
    expect(await emrStepVitals.health(other, 'emr-step-failed', aws)).toMatchObject({ kind: 'gone' });
    expect(await emrStepVitals.busy?.(other, aws)).toBeUndefined();
    const wrong = { ...resource, id: 'load-orders' };
    expect(await emrStepVitals.health(wrong, 'emr-step-failed', aws)).toMatchObject({ kind: 'unknown' });
  });

  test('that EMR does not list, or lists without sense, is unknown', async () => {
    const unlisted = step();
    answerWith(unlisted, 'elasticmapreduce', 'ListSteps', { Steps: [] });
    expect(await unlisted.health()).toMatchObject({ kind: 'unknown' });
    answerWith(unlisted, 'elasticmapreduce', 'ListSteps', { Steps: [{ Id: 's-8' }] });
    expect(await unlisted.health()).toMatchObject({ kind: 'unknown' });
    answerWith(unlisted, 'elasticmapreduce', 'DescribeStep', {});
    expect(await unlisted.health()).toMatchObject({ kind: 'unknown' });
  });
});
