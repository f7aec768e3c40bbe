import { rerunEmrStep } from '../../../remediations/emr/rerun-emr-step';
import type { EmrClusterInput } from '../../../simulator/elasticmapreduce/cluster';
import { bench } from '../account';
import { answerWith, attempt, no } from '../attempt';
import { failedStep } from './failed-step';

type Step = NonNullable<EmrClusterInput['steps']>[number];

/** A cluster whose step `load-orders` has failed. */
function failed(
  cluster: Partial<EmrClusterInput> = {},
  step: Partial<Step> = {},
  after: readonly Step[] = [],
  parameters: object = {},
) {
  const on = bench();
  const target = { resource: failedStep(on, cluster, step, after), condition: 'emr-step-failed' };
  return { ...on, ...attempt(rerunEmrStep, on, target, parameters) };
}

const same = { name: 'load-orders by hand', args: ['spark-submit', 's3://shop/load.py'] };

test('the step runs again word for word, and ends nothing else if it fails', async () => {
  const { plan, start, check, writes, pass } = failed();
  expect(await plan()).toMatchObject({ summary: 'run the step load-orders of j-1YONHTCP3YZKC again, word for word' });
  await start();
  await start();
  expect(writes()).toMatchObject([
    {
      operation: 'AddJobFlowSteps',
      input: {
        JobFlowId: 'j-1YONHTCP3YZKC',
        Steps: [
          {
            Name: expect.stringMatching(/^load-orders-homeostat-[0-9a-f]{8}$/) as string,
            ActionOnFailure: 'CONTINUE',
            HadoopJarStep: { Jar: 'command-runner.jar', Args: ['spark-submit', 's3://shop/load.py'] },
          },
        ],
      },
    },
  ]);
  expect(await check()).toMatchObject({ kind: 'pending', detail: expect.stringMatching(/is PENDING$/) as string });
  await pass(200);
  expect(await check()).toMatchObject({ kind: 'done' });
  expect(await plan()).toEqual(no('notNeeded', /has done since what the step load-orders failed to do/));
});

test('its class, properties and where it logs go with it', async () => {
  const on = failed();
  const { Step } = on.account.services.elasticmapreduce.operations.DescribeStep({
    ClusterId: 'j-1YONHTCP3YZKC',
    StepId: 's-2L0P3YZKC1YON',
  });
  const Config = { ...Step?.Config, MainClass: 'shop.Load', Properties: { a: '1' } };
  answerWith(on, 'elasticmapreduce', 'DescribeStep', {
    Step: { ...Step, Config, LogUri: 's3://shop/logs', EncryptionKeyArn: 'arn:aws:kms:key' },
  });
  await on.start();
  expect(on.writes()).toMatchObject([
    {
      input: {
        Steps: [
          {
            HadoopJarStep: { MainClass: 'shop.Load', Properties: [{ Key: 'a', Value: '1' }] },
            StepMonitoringConfiguration: {
              S3MonitoringConfiguration: { LogUri: 's3://shop/logs', EncryptionKeyArn: 'arn:aws:kms:key' },
            },
          },
        ],
      },
    },
  ]);
});

test('what it ran is not kept in the plan, since it may hold secrets', async () => {
  const planning = await failed().plan();
  expect(JSON.stringify(planning)).not.toContain('s3://shop');
});

test('one that fails again has failed for good', async () => {
  const { start, check, pass } = failed({ newStepsFail: 1 });
  await start();
  await pass(200);
  expect(await check()).toMatchObject({ kind: 'failed', detail: expect.stringMatching(/is FAILED$/) as string });
});

test.each<[string, object]>([
  ['by its name', { idempotent: ['load-orders'] }],
  ['by how its name begins', { idempotent: ['fetch-*', 'load-*'] }],
])('the policy may declare a step %s', async (_, parameters) => {
  expect(await failed({ tags: {} }, {}, [], parameters).plan()).toMatchObject({ kind: 'planned' });
});

test.each<[string, Partial<EmrClusterInput>, Partial<Step>, readonly Step[], object, RegExp]>([
  [
    'that nobody declares to be idempotent',
    { tags: {} },
    {},
    [],
    {},
    /nothing declares that the step load-orders may run twice/,
  ],
  [
    'while others are declared',
    { tags: { 'homeostat:idempotent-steps': 'no' } },
    {},
    [],
    { idempotent: ['load', 'fetch-*'] },
    /nothing declares/,
  ],
  ['that has not failed', {}, { state: 'CANCELLED' }, [], {}, /is CANCELLED, and has not failed/],
  [
    'that was run again itself',
    {},
    { name: 'load-orders-homeostat-1a2b3c4d' },
    [],
    {},
    /is itself one that was run again/,
  ],
  [
    'of a cluster that has ended',
    { state: 'TERMINATED_WITH_ERRORS' },
    {},
    [],
    {},
    /is TERMINATED_WITH_ERRORS: it takes no step any more/,
  ],
  [
    'that ran as a role of its own',
    {},
    { role: 'arn:aws:iam::111122223333:role/load' },
    [],
    {},
    /ran as arn.*which is not lent to it again/,
  ],
  [
    'with which others were cancelled',
    {},
    {},
    [{ name: 'report', state: 'CANCELLED' }],
    {},
    /what came after load-orders was cancelled, such as report/,
  ],
])('a step %s is left alone', async (_, cluster, step, after, parameters, reason) => {
  const { plan, writes } = failed(cluster, step, after, parameters);
  expect(await plan()).toEqual(no('refused', reason));
  expect(writes()).toEqual([]);
});

test('what people run again by hand is waited for, and what they have run is enough', async () => {
  const running = failed({}, {}, [{ ...same, state: 'RUNNING' }]);
  expect(await running.plan()).toEqual(no('busy', /does again what the step load-orders failed to do: it is RUNNING/));
  expect(await failed({}, {}, [{ ...same, state: 'COMPLETED' }]).plan()).toEqual(no('notNeeded', /has done since/));
});

test('a step is compared by all that it runs', async () => {
  const other = { ...same, args: ['spark-submit', 's3://shop/other.py'], state: 'COMPLETED' as const };
  expect(await failed({}, {}, [other]).plan()).toMatchObject({ kind: 'planned' });
});

test('nothing runs that is not what was planned', async () => {
  const on = failed();
  await on.plan();
  failedStep(on, {}, { args: ['spark-submit', 's3://elsewhere/load.py'] });
  expect(await on.start()).toEqual(no('refused', /is not what it was when this was planned/));
  failedStep(on, { state: 'TERMINATED' });
  expect(await on.start()).toEqual(no('refused', /it takes no step any more/));
  expect(await on.check()).toMatchObject({ kind: 'notStarted' });
  expect(on.writes()).toEqual([]);
});

test('the step is found again though there are many since', async () => {
  const after = Array.from({ length: 120 }, (_, place) => ({
    name: `later-${place}`,
    args: [`${place}`],
    state: 'COMPLETED' as const,
  }));
  expect(await failed({}, {}, after).plan()).toMatchObject({ kind: 'planned' });
});

test('one that does not exist is left', async () => {
  const on = bench();
  on.account.services.elasticmapreduce.add({ id: 'j-1YONHTCP3YZKC' });
  const resource = on.resource('emr-step', 'j-1YONHTCP3YZKC/s-NONE');
  const { plan } = attempt(rerunEmrStep, on, { resource, condition: 'emr-step-failed' });
  expect(await plan()).toEqual(no('refused', /there is no step s-NONE/));
});
