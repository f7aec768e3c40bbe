import { restartServiceProcess } from '../../../remediations/ec2/restart-service-process';
import { bench, type Bench } from '../account';
import { answerWith, attempt, no } from '../attempt';
import { withOneUnhealthy } from '../one-unhealthy';
import { addRestartDocument } from './restart-service-process.scenario';

const id = 'i-0aaaaaaaaaaaaaaa1';
const parameters = { document: 'Acme-RestartService', version: '4', service: 'redis' };
const document = `version 4 of Acme-RestartService`;

type Described = Parameters<Bench['account']['services']['ec2']['addInstance']>[0];

function withProcessDown(instance: Described = {}, described: object = {}, chosen: object = {}) {
  const on = bench();
  addRestartDocument(on, described);
  on.account.services.ec2.addInstance({ id, sick: { kind: 'process' }, ...instance });
  const target = { resource: on.resource('ec2-instance', id), condition: 'process-down' };
  return { ...on, ...attempt(restartServiceProcess, on, target, { ...parameters, ...chosen }) };
}

function behindLoadBalancer(count = 3) {
  const on = bench();
  addRestartDocument(on);
  const ids = Array.from({ length: count }, () => on.account.services.ec2.addInstance().id);
  const resource = on.resource('target-group', withOneUnhealthy(on.account, ids));
  const trial = attempt(restartServiceProcess, on, { resource, condition: 'target-unhealthy' }, parameters);
  return { ...on, ...trial, resource, ids };
}

const send = ({ account }: Bench, instance = id) =>
  account.call('ssm', 'SendCommand', {
    DocumentName: 'Acme-RestartService',
    InstanceIds: [instance],
    Parameters: { ServiceName: ['redis'] },
  });

test('the service is restarted by the document in its version, with the text that was looked at, and that ends well', async () => {
  const { plan, start, check, pass, writes, account } = withProcessDown();
  expect(await plan()).toMatchObject({
    kind: 'planned',
    summary: `restart redis on ${id} by ${document}`,
    touches: [{ kind: 'ec2-instance', id }],
    group: 'alone',
  });
  expect(await start()).toMatchObject({ kind: 'started' });
  expect(writes()).toMatchObject([
    {
      operation: 'SendCommand',
      input: {
        DocumentName: 'Acme-RestartService',
        DocumentVersion: '4',
        DocumentHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        InstanceIds: [id],
        Parameters: { ServiceName: ['redis'] },
        Comment: expect.stringMatching(/^homeostat attempt [0-9a-f-]{36}$/) as string,
      },
    },
  ]);
  expect(await check()).toMatchObject({ kind: 'pending', detail: expect.stringMatching(/is InProgress$/) as string });
  await pass(60);
  expect(await check()).toMatchObject({ kind: 'done', detail: expect.stringMatching(/is Success$/) as string });
  expect(account.services.ec2.instance(id)?.sicknesses.size).toBe(0);
});

test('the one unhealthy target is where the service is restarted, and the others do the work meanwhile', async () => {
  const { plan, ids, resource } = behindLoadBalancer();
  expect(await plan()).toMatchObject({
    touches: [resource, { kind: 'ec2-instance', id: ids[0] }],
    group: { resource, size: 3, healthyOthers: 2 },
  });
});

test('a document that takes no name of a service is given none', async () => {
  const { start, writes } = withProcessDown({}, { parameters: [] });
  await start();
  expect(writes()).toMatchObject([{ input: { Parameters: {} } }]);
});

test.each<[string, Described, object, RegExp]>([
  ['whose agent is lost', { agent: 'lost' }, {}, /the agent of i-0aaaaaaaaaaaaaaa1 is ConnectionLost/],
  ['for whom there is no such version', {}, { version: '3' }, /SSM knows no version 4 of Acme-RestartService/],
  ['for whom the document is a runbook', {}, { type: 'Automation' }, /is no Command document/],
  ['for whom the document needs more', {}, { parameters: [{ name: 'Host' }] }, /needs Host, which it is not given/],
])('nothing is sent to an instance %s', async (_, instance, described, reason) => {
  expect(await withProcessDown(instance, described).plan()).toEqual(no('refused', reason));
});

test('an instance that Systems Manager does not manage gets no command', async () => {
  const on = withProcessDown();
  answerWith(on, 'ssm', 'DescribeInstanceInformation', { InstanceInformationList: [] });
  expect(await on.plan()).toEqual(no('refused', /does not manage/));
});

test('an instance that boots, or that a group moves, is waited for', async () => {
  const on = withProcessDown();
  on.account.call('ec2', 'RebootInstances', { InstanceIds: [id] });
  expect(await on.plan()).toEqual(no('busy', /booting/));
});

test('the same command of somebody else is waited for before the plan, and refused after it', async () => {
  const on = withProcessDown();
  await on.plan();
  send(on);
  expect(await on.plan()).toEqual(no('busy', /Acme-RestartService runs on i-0aaaaaaaaaaaaaaa1 already/));
  expect(await on.start()).toEqual(no('refused', /runs on i-0aaaaaaaaaaaaaaa1 already/));
});

test('two unhealthy targets share their trouble', async () => {
  const on = behindLoadBalancer();
  const [, second] = on.account.services.elasticloadbalancing.targetGroup(on.resource.id)?.targets.values() ?? [];
  Object.assign(second ?? {}, { state: 'unhealthy', reason: 'Target.FailedHealthChecks' });
  expect(await on.plan()).toEqual(no('refused', /2 targets of web are unhealthy at once/));
});

test('an instance that was stopped and started since the plan started its services itself', async () => {
  const on = withProcessDown();
  await on.plan();
  on.account.call('ec2', 'StopInstances', { InstanceIds: [id] });
  await on.pass(120);
  on.account.call('ec2', 'StartInstances', { InstanceIds: [id] });
  await on.pass(600);
  expect(await on.start()).toEqual(no('refused', /was stopped and started since the plan/));
});

test('another target that is unhealthy by now is not the one that was planned for', async () => {
  const on = behindLoadBalancer();
  await on.plan();
  const group = on.account.services.elasticloadbalancing.targetGroup(on.resource.id);
  const [first, second] = group?.targets.values() ?? [];
  Object.assign(first ?? {}, { state: 'healthy', reason: '' });
  Object.assign(second ?? {}, { state: 'unhealthy', reason: 'Target.FailedHealthChecks' });
  expect(await on.start()).toEqual(no('refused', /not i-\w+ but i-\w+ is sick now/));
});

test('a document that was written anew since the plan is not sent', async () => {
  const on = withProcessDown();
  await on.plan();
  addRestartDocument(on, { parameters: [{ name: 'ServiceName', default: 'redis' }] });
  expect(await on.start()).toEqual(no('refused', /it was written anew/));
});

test('a command that fails has failed, and says no more than how', async () => {
  const on = withProcessDown({}, { ends: 'Failed' });
  await on.start();
  await on.pass(120);
  expect(await on.check()).toMatchObject({ kind: 'failed', detail: expect.stringMatching(/is Failed$/) as string });
});

test('the command is found by its mark when nobody knows its id, and a command of others is not taken for it', async () => {
  const on = withProcessDown();
  await on.plan();
  expect(await on.checkWithoutHandle()).toMatchObject({ kind: 'notStarted' });
  send(on);
  expect(await on.checkWithoutHandle()).toMatchObject({ kind: 'notStarted' });
  await on.pass(120);
  on.account.services.ec2.sicken(id, { kind: 'process' });
  await on.start();
  expect(await on.checkWithoutHandle()).toMatchObject({ kind: 'pending' });
});

test('a command that SSM does not show yet is under way', async () => {
  const on = withProcessDown();
  await on.start();
  const missing = Object.assign(new Error('not yet'), { name: 'InvocationDoesNotExist', $fault: 'client' });
  answerWith(on, 'ssm', 'GetCommandInvocation', missing);
  expect(await on.check()).toMatchObject({ kind: 'pending', detail: expect.stringMatching(/does not show/) as string });
});

test.each([
  ['AWS-RunShellScript', false],
  ['aws-RunShellScript', false],
  ['AmazonCloudWatch-ManageAgent', false],
  ['Acme-RestartService', true],
  ['arn:aws:ssm:eu-central-1:999999999999:document/Acme-RestartService', false],
  ['Acme', true],
])('a policy that names the document %s is taken: %s', (name, isTaken) => {
  expect(restartServiceProcess.parameters.safeParse({ ...parameters, document: name }).success).toBe(isTaken);
});

test.each(['redis; reboot', '$(reboot)', '-f', '', 'a b', '../redis'])('no service is called %j', (service) => {
  expect(restartServiceProcess.parameters.safeParse({ ...parameters, service }).success).toBe(false);
});

test.each(['$LATEST', '$DEFAULT', '0', ''])('version %j of a document is none', (version) => {
  expect(restartServiceProcess.parameters.safeParse({ ...parameters, version }).success).toBe(false);
});
