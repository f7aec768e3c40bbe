import { runSsmAutomation } from '../../../remediations/systems-manager/run-ssm-automation';
import type { ResourceKind } from '../../../signals/signal';
import { bench, type Bench } from '../account';

const instance = 'i-0abc0abc0abc0abc0';
const role = 'arn:aws:iam::111122223333:role/homeostat-runbooks';
const policy = { document: 'Acme-Fix', version: '3', assumeRole: role, inputs: { InstanceId: ['{{resource.id}}'] } };

type Document = Parameters<Bench['account']['services']['ssm']['addDocument']>[0];

/** The plan for one instance, with version 3 of the runbook Acme-Fix in the account. */
async function planFor(
  parameters: object = {},
  document: Partial<Document> = {},
  id = instance,
  kind: ResourceKind = 'ec2-instance',
) {
  const on = bench();
  const { ssm } = on.account.services;
  ssm.addDocument({ name: 'Acme-Fix', version: '3', ...document });
  const target = {
    resource: on.resource(kind, id),
    condition: 'ec2-instance-impaired',
    attemptKey: 'incident-1/attempt-1',
  };
  return { ...on, ssm, planning: await runSsmAutomation.plan(target, { ...policy, ...parameters }, on.aws) };
}

async function ready(parameters: object = {}, document: Partial<Document> = {}) {
  const on = await planFor(parameters, document);
  if (on.planning.kind !== 'planned') throw new Error(`not planned: ${on.planning.reason}`);
  const { plan } = on.planning;
  return {
    ...on,
    start: () => runSsmAutomation.start(plan, on.aws),
    check: (handle?: string) => runSsmAutomation.check(plan, handle, on.aws),
  };
}

const refusal = (reason: RegExp) => ({ kind: 'refused', reason: expect.stringMatching(reason) as string });

test('the runbook is run with the version, the inputs and the role of the policy', async () => {
  const { planning, start, writes } = await ready();
  expect(planning).toMatchObject({
    summary: `run version 3 of Acme-Fix on ${instance}`,
    touches: [{ id: instance }],
    group: 'alone',
  });
  const answer = await start();
  expect(answer).toMatchObject({ kind: 'started', progressOf: { kind: 'automation-execution' } });
  expect(writes()).toMatchObject([
    {
      operation: 'StartAutomationExecution',
      input: {
        DocumentName: 'Acme-Fix',
        DocumentVersion: '3',
        Parameters: { InstanceId: [instance], AutomationAssumeRole: [role] },
      },
    },
  ]);
});

test('account and region of the resource are inputs too, and only as whole values', async () => {
  const parameters = ['InstanceId', 'AccountId', 'Region', 'AutomationAssumeRole'].map((name) => ({ name }));
  const inputs = { ...policy.inputs, AccountId: ['{{resource.account}}'], Region: ['{{resource.region}}'] };
  expect((await planFor({ inputs }, { parameters })).planning).toMatchObject({
    plan: { inputs: { AccountId: ['111122223333'], Region: ['eu-central-1'] } },
  });
  for (const value of ['i-{{resource.id}}', '{{ resource.id }}', '{{resource.tags}}', '{{ssm:password}}']) {
    await expect(planFor({ inputs: { InstanceId: [value] } })).rejects.toThrow(/placeholder only as its whole text/);
  }
});

test.each([
  ['the latest version', { version: '$LATEST' }, /number of a version/],
  ['the default version', { version: '$DEFAULT' }, /number of a version/],
  ['no role', { assumeRole: undefined }, /must name assumeRole/],
  ['a role and the caller', { runsAsCaller: true }, /must name assumeRole/],
  ['a role that is none', { assumeRole: 'admin' }, /assumeRole/],
  ['a role among the inputs', { inputs: { AutomationAssumeRole: [role] } }, /not as the input/],
  ['a document that is a wildcard', { document: 'Acme-*' }, /document/],
  ['a word that it does not know', { documentVersion: '3' }, /documentVersion/],
])('a policy that names %s is refused', async (_, parameters, reason) => {
  await expect(planFor(parameters)).rejects.toThrow(reason);
});

test('a document that another account shares is named by its ARN', async () => {
  const document = 'arn:aws:ssm:eu-central-1:999988887777:document/Acme-Fix';
  const { planning } = await planFor({ document }, { owner: '999988887777' });
  expect(planning).toMatchObject({ kind: 'planned', plan: { document } });
});

test('a runbook may run with the rights of the caller only if the policy says so', async () => {
  const { planning } = await planFor({ assumeRole: undefined, runsAsCaller: true });
  expect(planning).toMatchObject({ kind: 'planned', plan: { inputs: { InstanceId: [instance] } } });
});

test.each<[string, object, Partial<Document>, RegExp]>([
  ['that SSM does not know', { document: 'Acme-Other' }, {}, /SSM knows no version 3 of Acme-Other/],
  ['of a version that SSM does not know', { version: '4' }, {}, /SSM knows no version 4 of Acme-Fix/],
  [
    'that takes no such input',
    { inputs: { ...policy.inputs, Colour: ['red'] } },
    {},
    /takes no Colour: it takes InstanceId/,
  ],
  ['that needs more than it is given', { inputs: {} }, {}, /needs InstanceId, which it is not given/],
  ['that takes no role', {}, { parameters: [{ name: 'InstanceId' }] }, /takes no AutomationAssumeRole/],
])('a runbook %s is not run', async (_, parameters, document, reason) => {
  expect((await planFor(parameters, document)).planning).toEqual(refusal(reason));
});

test('nothing runs while a change calendar is closed, unknown or unreadable, be it between plan and start', async () => {
  const parameters = { changeCalendars: ['releases', 'weekend'] };
  expect((await planFor(parameters)).planning).toEqual(refusal(/releases, weekend can't be read: InvalidDocument/));
  const { aws, resource, ssm, account, writes } = bench2();
  ssm.addCalendar({ name: 'weekend', state: 'OPEN' });
  ssm.addCalendar({ name: 'releases', state: 'CLOSED', changesAt: '2026-11-22T00:00:00Z' });
  const target = { resource: resource('ec2-instance', instance), condition: 'c', attemptKey: 'k' };
  const plan = () => runSsmAutomation.plan(target, { ...policy, ...parameters }, aws);
  expect(await plan()).toEqual(refusal(/a change calendar is CLOSED until 2026-11-22T00:00:00Z: releases, weekend/));
  ssm.addCalendar({ name: 'releases', state: 'OPEN' });
  const planning = await plan();
  if (planning.kind !== 'planned') throw new Error(planning.reason);
  account.faults.plant('ssm', 'GetCalendarState', 'denied');
  expect(await runSsmAutomation.start(planning.plan, aws)).toEqual(refusal(/can't be read: AccessDenied/));
  ssm.addCalendar({ name: 'weekend', state: 'CLOSED' });
  expect(await runSsmAutomation.start(planning.plan, aws)).toEqual(refusal(/a change calendar is CLOSED: releases/));
  expect(writes()).toEqual([]);
});

function bench2() {
  const on = bench();
  const { ssm } = on.account.services;
  ssm.addDocument({ name: 'Acme-Fix', version: '3' });
  return { ...on, ssm };
}

test('a document that is written anew under the same version is not run', async () => {
  const { ssm, start, writes } = await ready();
  ssm.addDocument({
    name: 'Acme-Fix',
    version: '3',
    parameters: [{ name: 'InstanceId' }, { name: 'AutomationAssumeRole' }],
  });
  expect(await start()).toEqual(refusal(/is not the text that was planned with/));
  expect(writes()).toEqual([]);
});

test('a run ends as its execution does', async () => {
  const { start, check, pass } = await ready();
  expect(await check()).toMatchObject({ kind: 'notStarted' });
  const answer = await start();
  const handle = answer.kind === 'started' ? answer.handle : undefined;
  expect(await check(handle)).toEqual({ kind: 'pending', detail: `Acme-Fix (${handle ?? ''}) is InProgress: at run` });
  await pass(90);
  expect(await check(handle)).toEqual({ kind: 'done', detail: `Acme-Fix (${handle ?? ''}) is Success` });
});

test.each(['Failed', 'TimedOut'] as const)('a run that ends as %s has failed, and says why', async (ends) => {
  const { start, check, pass } = await ready({}, { ends });
  await start();
  await pass(90);
  expect(await check()).toMatchObject({
    kind: 'failed',
    detail: expect.stringMatching(new RegExp(`is ${ends}: Step run ended as ${ends}`)) as string,
  });
});

test.each([
  ['PendingApproval', 'pending'],
  ['Cancelled', 'failed'],
  ['CompletedWithSuccess', 'done'],
  ['CompletedWithFailure', 'failed'],
  ['AStatusOfNextYear', 'pending'],
])('the status %s counts as %s', async (status, kind) => {
  const { aws, planning } = await ready();
  if (planning.kind !== 'planned') throw new Error('not planned');
  const ssm = { getAutomationExecution: async () => ({ AutomationExecution: { AutomationExecutionStatus: status } }) };
  const answer = await runSsmAutomation.check(planning.plan, 'an-id', { ...aws, ssm: { ...aws.ssm, ...ssm } } as never);
  expect(answer).toMatchObject({ kind });
});

test('a run that SSM does not show yet is pending', async () => {
  const { check } = await ready();
  expect(await check('11111111-1111-4111-8111-111111111111')).toMatchObject({ kind: 'pending' });
});

test('a start whose answer was lost is found by its tag, and not repeated', async () => {
  const { account, start, check, writes } = await ready();
  account.faults.plant('ssm', 'StartAutomationExecution', 'lostAnswer');
  await expect(start()).rejects.toThrow('socket hang up');
  expect(await check()).toMatchObject({ kind: 'pending' });
  expect(await start()).toMatchObject({ kind: 'started', handle: expect.any(String) as string });
  expect(writes()).toHaveLength(1);
});

test.each([
  [1, [undefined]],
  [2, [undefined, 'IdempotentParameterMismatch']],
])(
  'a start that is repeated finds the run that the first one began, though %s looks miss it',
  async (missed, errors) => {
    const { aws, planning, writes } = await ready();
    if (planning.kind !== 'planned') throw new Error('not planned');
    const first = await runSsmAutomation.start(planning.plan, aws);
    let looks = 0;
    const ssm = {
      describeDocument: aws.ssm.describeDocument.bind(aws.ssm),
      startAutomationExecution: aws.ssm.startAutomationExecution.bind(aws.ssm),
      // The list lags.
      describeAutomationExecutions: async (input: object) =>
        (looks += 1) <= missed ? {} : aws.ssm.describeAutomationExecutions(input),
      getAutomationExecution: aws.ssm.getAutomationExecution.bind(aws.ssm),
    };
    expect(await runSsmAutomation.start(planning.plan, { ...aws, ssm: { ...aws.ssm, ...ssm } } as never)).toEqual(
      first,
    );
    expect(writes().map(({ error }) => error)).toEqual(errors);
  },
);

test.each<[string, string, object]>([
  ['the same', 'busy', {}],
  ['the same as somebody else', 'busy', { AutomationAssumeRole: ['arn:aws:iam::111122223333:role/other'] }],
  ['another instance', 'planned', { InstanceId: ['i-0def0def0def0def0'] }],
])('a run of the runbook on %s, whoever began it, is answered with %s', async (_, kind, Parameters) => {
  const { aws, account, resource, pass } = bench2();
  const target = { resource: resource('ec2-instance', instance), condition: 'c', attemptKey: 'k' };
  const plan = () => runSsmAutomation.plan(target, policy, aws);
  const by = { DocumentName: 'Acme-Fix', DocumentVersion: '3' };
  account.call('ssm', 'StartAutomationExecution', { ...by, Parameters: { InstanceId: [instance], ...Parameters } });
  expect(await plan()).toMatchObject({ kind });
  await pass(90);
  expect(await plan()).toMatchObject({ kind: 'planned' });
});

test('two attempts are two runs', async () => {
  const { aws, resource, pass, writes } = bench2();
  for (const attemptKey of ['incident-1/attempt-1', 'incident-1/attempt-2']) {
    const target = { resource: resource('ec2-instance', instance), condition: 'c', attemptKey };
    const planning = await runSsmAutomation.plan(target, policy, aws);
    if (planning.kind !== 'planned') throw new Error(planning.reason);
    await runSsmAutomation.start(planning.plan, aws);
    await pass(90);
  }
  expect(writes()).toHaveLength(2);
});

test('an id with anything in it that a command line could take for more than a name is refused', async () => {
  const ids: [ResourceKind, string][] = [
    ['other', 'table; rm -rf /'],
    ['other', '$(reboot)'],
    ['other', '--force'],
    ['other', 'a\nb'],
    ['ec2-instance', 'web-1'],
  ];
  for (const [kind, id] of ids) {
    const { planning, calls } = await planFor({}, {}, id, kind);
    expect(planning).toEqual(refusal(/holds characters that a runbook might take for more than a name/));
    expect(calls).toEqual([]);
  }
});
