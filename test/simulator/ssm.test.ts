import { SSM } from '@aws-sdk/client-ssm';
import { VirtualClock } from '../../simulator/clock';
import { connect } from '../../simulator/connect';
import type { BusEvent } from '../../simulator/event-bus';
import type { RunbookDescription } from '../../simulator/ssm/document';
import { World, type SimulatedAccount } from '../../simulator/world';

const start = Date.parse('2016-11-29T19:43:20Z');
const second = 1_000;
const minute = 60 * second;
const token = '6f1c2b84-3d5e-5a7f-9c01-23456789abcd';

interface Room {
  readonly account: SimulatedAccount;
  readonly clock: VirtualClock;
  readonly ssm: SSM;
  readonly events: BusEvent[];
}

function room(document: Partial<RunbookDescription> = {}): Room {
  const clock = new VirtualClock(start);
  const account = new World(clock).account('123456789012', 'us-east-1');
  account.services.ssm.addDocument({ name: 'My-Fix', ...document });
  const ssm = new SSM({ region: 'us-east-1' });
  connect(ssm, 'ssm', account);
  const events: BusEvent[] = [];
  account.bus.subscribe((event) => void events.push(event));
  return { account, clock, ssm, events };
}

const Parameters = { InstanceId: ['i-0123456789abcdef0'] };

async function statusOf(ssm: SSM, AutomationExecutionId: string | undefined) {
  return (await ssm.getAutomationExecution({ AutomationExecutionId })).AutomationExecution?.AutomationExecutionStatus;
}

describe('a run of a runbook', () => {
  test('takes its time, ends, and leaves the clock empty', async () => {
    const { clock, ssm } = room({ runsForSeconds: 90 });
    expect(clock.nextAt()).toBeUndefined();
    const { AutomationExecutionId } = await ssm.startAutomationExecution({ DocumentName: 'My-Fix', Parameters });
    expect(AutomationExecutionId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    await clock.runUntil(start + 89 * second);
    expect(await statusOf(ssm, AutomationExecutionId)).toBe('InProgress');
    await clock.runUntil(start + 92 * second);
    const { AutomationExecution } = await ssm.getAutomationExecution({ AutomationExecutionId });
    expect(AutomationExecution).toMatchObject({
      AutomationExecutionStatus: 'Success',
      DocumentName: 'My-Fix',
      DocumentVersion: '1',
      ExecutionEndTime: new Date(start + 90 * second),
      Parameters: { InstanceId: ['i-0123456789abcdef0'], AutomationAssumeRole: [''] },
    });
    expect(clock.nextAt()).toBeUndefined();
  });

  test('tells EventBridge of each status with the fields and words of SSM', async () => {
    const { clock, ssm, events } = room({ runsForSeconds: 6 });
    const { AutomationExecutionId } = await ssm.startAutomationExecution({ DocumentName: 'My-Fix', Parameters });
    await clock.runUntil(start + minute);
    const resources = [
      `arn:aws:ssm:us-east-1:123456789012:automation-execution/${AutomationExecutionId ?? ''}`,
      'arn:aws:ssm:us-east-1:123456789012:automation-definition/My-Fix:1',
    ];
    const detail = {
      ExecutionId: AutomationExecutionId,
      Definition: 'My-Fix',
      DefinitionVersion: 1,
      StartTime: 'Nov 29, 2016 7:43:20 PM',
      ExecutedBy: 'arn:aws:sts::123456789012:assumed-role/caller/simulated',
    };
    const told = { source: 'aws.ssm', 'detail-type': 'EC2 Automation Execution Status-change Notification', resources };
    expect(events).toEqual([
      expect.objectContaining({ ...told, detail: { ...detail, Status: 'InProgress' } }),
      expect.objectContaining({
        ...told,
        detail: { ...detail, Status: 'Success', EndTime: 'Nov 29, 2016 7:43:26 PM', Time: 6_000 },
      }),
    ]);
  });

  test.each(['Failed', 'TimedOut'] as const)('may end as %s, and says why', async (ends) => {
    const { clock, ssm } = room({ ends });
    const { AutomationExecutionId } = await ssm.startAutomationExecution({ DocumentName: 'My-Fix', Parameters });
    await clock.runUntil(start + 2 * minute);
    const { AutomationExecution } = await ssm.getAutomationExecution({ AutomationExecutionId });
    expect(AutomationExecution?.AutomationExecutionStatus).toBe(ends);
    expect(AutomationExecution?.FailureMessage).toContain(ends);
  });

  test('a token is taken once, in whatever case, also after a lost answer', async () => {
    const { account, ssm } = room();
    account.faults.plant('ssm', 'StartAutomationExecution', 'lostAnswer');
    const input = { DocumentName: 'My-Fix', Parameters, ClientToken: token, Tags: [{ Key: 'attempt:7', Value: 'x' }] };
    await expect(ssm.startAutomationExecution(input)).rejects.toMatchObject({ name: 'TimeoutError' });
    for (const ClientToken of [token, token.toUpperCase()]) {
      await expect(ssm.startAutomationExecution({ ...input, ClientToken })).rejects.toMatchObject({
        name: 'IdempotentParameterMismatch',
      });
    }
    const { AutomationExecutionMetadataList } = await ssm.describeAutomationExecutions({
      Filters: [{ Key: 'TagKey', Values: ['attempt:7'] }],
    });
    expect(AutomationExecutionMetadataList).toHaveLength(1);
  });

  test('a refused start does not use up its token', async () => {
    const { ssm } = room();
    const input = { DocumentName: 'My-Fix', ClientToken: token };
    await expect(ssm.startAutomationExecution(input)).rejects.toMatchObject({
      name: 'InvalidAutomationExecutionParametersException',
    });
    expect((await ssm.startAutomationExecution({ ...input, Parameters })).AutomationExecutionId).toBeDefined();
  });

  test.each([
    [{ DocumentName: 'Nobody-Has-This' }, 'AutomationDefinitionNotFoundException'],
    [{ DocumentVersion: '7' }, 'AutomationDefinitionVersionNotFoundException'],
    [{ ClientToken: 'once' }, 'ValidationException'],
    [{ Parameters: {} }, 'InvalidAutomationExecutionParametersException'],
    [{ Parameters: { ...Parameters, Colour: ['red'] } }, 'InvalidAutomationExecutionParametersException'],
  ])('%j is refused as %s', async (input, name) => {
    const { ssm, clock } = room();
    await expect(ssm.startAutomationExecution({ DocumentName: 'My-Fix', Parameters, ...input })).rejects.toMatchObject({
      name,
    });
    expect(clock.nextAt()).toBeUndefined();
  });

  test('a value outside those allowed is refused', async () => {
    const { ssm } = room({ parameters: [{ name: 'Action', allowedValues: ['Install', 'Uninstall'] }] });
    await expect(
      ssm.startAutomationExecution({ DocumentName: 'My-Fix', Parameters: { Action: ['install'] } }),
    ).rejects.toThrow('Parameter "Action" has value "install" not found in [Install, Uninstall].');
  });

  test('a stopped one is cancelled, heals nothing, and cannot be stopped again', async () => {
    const { account, clock, ssm, events } = room();
    const { id } = account.services.ec2.addInstance({ sick: { kind: 'application', curedBy: ['runbook'] } });
    const { AutomationExecutionId } = await ssm.startAutomationExecution({
      DocumentName: 'My-Fix',
      Parameters: { InstanceId: [id] },
    });
    await ssm.stopAutomationExecution({ AutomationExecutionId });
    await clock.runUntil(start + 5 * minute);
    expect(await statusOf(ssm, AutomationExecutionId)).toBe('Cancelled');
    expect(account.services.ec2.instance(id)?.sicknesses.size).toBe(1);
    expect(events.map(({ detail }) => (detail as { Status?: string }).Status)).toEqual([
      'InProgress',
      'Cancelling',
      'Cancelled',
    ]);
    await expect(ssm.stopAutomationExecution({ AutomationExecutionId })).rejects.toMatchObject({
      name: 'InvalidAutomationStatusUpdateException',
    });
  });

  test('one that nobody started is refused by its modelled name', async () => {
    const { ssm } = room();
    await expect(ssm.getAutomationExecution({ AutomationExecutionId: token })).rejects.toMatchObject({
      name: 'AutomationExecutionNotFoundException',
    });
  });
});

describe('what a runbook heals', () => {
  test.each([
    [true, 'Success', true],
    [false, 'Success', false],
    [true, 'Failed', false],
  ] as const)('cures: %s, ends: %s: an instance is well: %s', async (cures, ends, well) => {
    const { account, clock, ssm } = room({ cures, ends });
    const { id } = account.services.ec2.addInstance({ sick: { kind: 'application', curedBy: ['runbook'] } });
    await ssm.startAutomationExecution({ DocumentName: 'My-Fix', Parameters: { InstanceId: [id] } });
    await clock.runUntil(start + 2 * minute);
    expect(account.services.ec2.instance(id)?.sicknesses.size).toBe(well ? 0 : 1);
  });

  test('databases and clusters too, and what does not exist is no harm', async () => {
    const parameters = ['DBInstanceIdentifier', 'DBClusterIdentifier'].map((name) => ({ name, default: 'none' }));
    const { account, clock, ssm } = room({ parameters });
    const { rds, cloudwatch } = account.services;
    rds.addDatabase({ id: 'orders', sick: { kind: 'overloaded' } });
    rds.addCluster({ id: 'ledger' });
    rds.sicken('ledger', { kind: 'overloaded' });
    const cpu = (dimensions: Record<string, string>) =>
      cloudwatch.value({ namespace: 'AWS/RDS', name: 'CPUUtilization', dimensions });
    await ssm.startAutomationExecution({ DocumentName: 'My-Fix', Parameters: { DBInstanceIdentifier: ['orders'] } });
    await clock.runUntil(start + 2 * minute);
    expect(cpu({ DBInstanceIdentifier: 'orders' })).toBe(30);
    expect(cpu({ DBClusterIdentifier: 'ledger' })).toBe(99);
    await ssm.startAutomationExecution({ DocumentName: 'My-Fix', Parameters: { DBClusterIdentifier: ['ledger'] } });
    await clock.runUntil(start + 4 * minute);
    expect(cpu({ DBClusterIdentifier: 'ledger' })).toBe(30);
  });
});

describe('finding runs', () => {
  test('they are listed newest first, in pages, and by every filter that is known', async () => {
    const { account, ssm } = room();
    account.services.ssm.addDocument({ name: 'AWS-Other' });
    account.pageSize = 1;
    const ids: (string | undefined)[] = [];
    for (const DocumentName of ['My-Fix', 'AWS-Other']) {
      const Tags = [{ Key: `of:${DocumentName}`, Value: 'x' }];
      ids.push((await ssm.startAutomationExecution({ DocumentName, Parameters, Tags })).AutomationExecutionId);
    }
    const first = await ssm.describeAutomationExecutions({});
    const second = await ssm.describeAutomationExecutions({ NextToken: first.NextToken });
    const listed = [first, second].flatMap((page) => page.AutomationExecutionMetadataList ?? []);
    expect(listed.map((run) => run.AutomationExecutionId)).toEqual(ids.toReversed());
    const found = async (Key: 'ExecutionId' | 'DocumentNamePrefix' | 'ExecutionStatus' | 'TagKey', value: string) => {
      const { AutomationExecutionMetadataList } = await ssm.describeAutomationExecutions({
        Filters: [
          { Key, Values: [value] },
          { Key: 'DocumentNamePrefix', Values: ['My'] },
        ],
      });
      return AutomationExecutionMetadataList?.map((run) => run.AutomationExecutionId);
    };
    expect(await found('ExecutionId', ids[0] ?? '')).toEqual([ids[0]]);
    expect(await found('ExecutionId', ids[1] ?? '')).toEqual([]);
    expect(await found('TagKey', 'of:My-Fix')).toEqual([ids[0]]);
    expect(await found('ExecutionStatus', 'InProgress')).toEqual([ids[0]]);
    expect(await found('ExecutionStatus', 'Success')).toEqual([]);
    expect(await found('DocumentNamePrefix', 'AWS')).toEqual([]);
  });

  test('a filter that is not known is refused rather than passed over', async () => {
    const { ssm } = room();
    await ssm.startAutomationExecution({ DocumentName: 'My-Fix', Parameters });
    await expect(
      ssm.describeAutomationExecutions({ Filters: [{ Key: 'OpsItemId', Values: ['oi-1'] }] }),
    ).rejects.toMatchObject({ name: 'InvalidFilterKey' });
  });

  test('its tags are listed', async () => {
    const { ssm } = room();
    const Tags = [{ Key: 'attempt', Value: '7' }];
    const { AutomationExecutionId } = await ssm.startAutomationExecution({ DocumentName: 'My-Fix', Parameters, Tags });
    const asked = { ResourceType: 'Automation', ResourceId: AutomationExecutionId } as const;
    expect((await ssm.listTagsForResource(asked)).TagList).toEqual(Tags);
    await expect(ssm.listTagsForResource({ ...asked, ResourceId: 'none' })).rejects.toMatchObject({
      name: 'InvalidResourceId',
    });
  });
});

describe('a runbook', () => {
  test('shows its parameters, its hash and its versions', async () => {
    const { account, ssm } = room({
      parameters: [
        { name: 'Ids', type: 'StringList' },
        { name: 'Force', default: 'no' },
      ],
    });
    account.services.ssm.addDocument({ name: 'My-Fix', version: '2' });
    const { Document } = await ssm.describeDocument({ Name: 'My-Fix' });
    expect(Document).toMatchObject({
      Name: 'My-Fix',
      Owner: '123456789012',
      DocumentType: 'Automation',
      Status: 'Active',
      DocumentVersion: '1',
      DefaultVersion: '1',
      LatestVersion: '2',
      Parameters: [
        { Name: 'Ids', Type: 'StringList' },
        { Name: 'Force', Type: 'String', DefaultValue: 'no' },
      ],
    });
    expect(Document?.Parameters?.[0]).not.toHaveProperty('DefaultValue');
    const latest = await ssm.describeDocument({ Name: 'My-Fix', DocumentVersion: '$LATEST' });
    expect(latest.Document?.DocumentVersion).toBe('2');
    expect(latest.Document?.Hash).not.toBe(Document?.Hash);
    expect((await ssm.listDocuments({})).DocumentIdentifiers).toMatchObject([{ Name: 'My-Fix', DocumentVersion: '1' }]);
  });

  test('described again in a version that it has is replaced', async () => {
    const { account, ssm } = room();
    account.services.ssm.addDocument({ name: 'My-Fix', parameters: [] });
    expect((await ssm.describeDocument({ Name: 'My-Fix' })).Document?.Parameters).toEqual([]);
  });

  test('has a text that names the allowed values', async () => {
    const { ssm } = room({ parameters: [{ name: 'Action', allowedValues: ['Install'] }] });
    const { Content } = await ssm.getDocument({ Name: 'My-Fix' });
    expect(JSON.parse(Content ?? '')).toMatchObject({
      schemaVersion: '0.3',
      parameters: { Action: { type: 'String', allowedValues: ['Install'] } },
    });
  });

  test('of another account goes by its ARN, and only by that account', async () => {
    const { account, ssm } = room();
    account.services.ssm.addDocument({ name: 'Shared', owner: '999999999999' });
    const Name = 'arn:aws:ssm:us-east-1:999999999999:document/Shared';
    expect((await ssm.describeDocument({ Name })).Document).toMatchObject({ Name, Owner: '999999999999' });
    await expect(
      ssm.describeDocument({ Name: 'arn:aws:ssm:us-east-1:111111111111:document/Shared' }),
    ).rejects.toMatchObject({ name: 'InvalidDocument' });
  });

  test('that nobody has, or in no such version, is refused', async () => {
    const { ssm } = room();
    await expect(ssm.describeDocument({ Name: 'None' })).rejects.toMatchObject({ name: 'InvalidDocument' });
    await expect(ssm.describeDocument({ Name: 'My-Fix', DocumentVersion: '9' })).rejects.toMatchObject({
      name: 'InvalidDocumentVersion',
    });
  });
});

describe('change calendars', () => {
  test('are open together only when all are open, and tell when that changes', async () => {
    const { account, ssm, clock } = room();
    account.services.ssm.addCalendar({ name: 'freeze', state: 'CLOSED', changesAt: '2016-11-30T00:00:00Z' });
    account.services.ssm.addCalendar({ name: 'always', state: 'OPEN' });
    const state = async (...CalendarNames: string[]) => ssm.getCalendarState({ CalendarNames });
    expect(await state('always')).toMatchObject({ State: 'OPEN' });
    expect(await state('always', 'arn:aws:ssm:us-east-1:123456789012:document/freeze')).toMatchObject({
      State: 'CLOSED',
      NextTransitionTime: '2016-11-30T00:00:00Z',
    });
    expect(await ssm.getCalendarState({ CalendarNames: ['freeze'], AtTime: '2016-11-30T00:00:00Z' })).toMatchObject({
      State: 'OPEN',
    });
    await clock.runUntil(Date.parse('2016-11-30T01:00:00Z'));
    expect(await state('always', 'freeze')).toMatchObject({ State: 'OPEN', AtTime: '2016-11-30T01:00:00Z' });
    await expect(state('always', 'none')).rejects.toMatchObject({ name: 'InvalidDocument' });
  });
});

test('an instance with a sick guest has lost its agent', async () => {
  const { account, ssm } = room();
  account.pageSize = 1;
  const well = account.services.ec2.addInstance({}).id;
  const ill = account.services.ec2.addInstance({ sick: { kind: 'instance' } }).id;
  const { InstanceInformationList } = await ssm.describeInstanceInformation({
    Filters: [{ Key: 'PingStatus', Values: ['Online'] }],
  });
  expect(InstanceInformationList).toMatchObject([{ InstanceId: well, PingStatus: 'Online' }]);
  const asked = { InstanceInformationFilterList: [{ key: 'InstanceIds' as const, valueSet: [ill] }] };
  expect((await ssm.describeInstanceInformation(asked)).InstanceInformationList).toMatchObject([
    { InstanceId: ill, PingStatus: 'ConnectionLost' },
  ]);
});

describe('OpsItems', () => {
  const data = (key: string, Value: string) => ({ [key]: { Type: 'SearchableString' as const, Value } });
  const item = { Title: 'sick', Description: 'i-1 is sick', Source: 'test' };

  test('are listed page by page, without what is long', async () => {
    const { account, ssm } = room();
    account.pageSize = 1;
    for (const Title of ['one', 'two']) await ssm.createOpsItem({ ...item, Title });
    const first = await ssm.describeOpsItems({});
    const second = await ssm.describeOpsItems({ NextToken: first.NextToken });
    expect([...(first.OpsItemSummaries ?? []), ...(second.OpsItemSummaries ?? [])]).toMatchObject([
      { Title: 'one', Status: 'Open' },
      { Title: 'two', Status: 'Open' },
    ]);
    expect(first.OpsItemSummaries?.[0]).not.toHaveProperty('Description');
    expect(second.NextToken).toBeUndefined();
  });

  test('without a string for deduplication are as many as are created', async () => {
    const { ssm } = room();
    await ssm.createOpsItem(item);
    await ssm.createOpsItem(item);
    expect((await ssm.describeOpsItems({})).OpsItemSummaries).toHaveLength(2);
  });

  test('keep what an update does not name', async () => {
    const { clock, ssm } = room();
    const { OpsItemId } = await ssm.createOpsItem({ ...item, OperationalData: data('name', 'one') });
    await clock.runUntil(start + minute);
    await ssm.updateOpsItem({ OpsItemId, Status: 'InProgress', OperationalData: data('more', 'two') });
    expect((await ssm.getOpsItem({ OpsItemId })).OpsItem).toMatchObject({
      ...item,
      Status: 'InProgress',
      OperationalData: { name: { Value: 'one' }, more: { Value: 'two' } },
      LastModifiedTime: new Date(start + minute),
    });
  });

  test.each([
    ['a title that is too long', { Title: 'x'.repeat(1_025) }, 'ValidationException'],
    ['a description that is too long', { Description: 'x'.repeat(2_049) }, 'ValidationException'],
    ['a dedupString that is none', { OperationalData: data('/aws/dedup', '{}') }, 'OpsItemInvalidParameterException'],
    ['what is not simulated', { OpsItemType: '/aws/issue' }, 'NotSimulated'],
  ])('with %s are refused', async (_what, change, name) => {
    await expect(room().ssm.createOpsItem({ ...item, ...change })).rejects.toMatchObject({ name });
  });

  test('are not found by a filter that is not simulated', async () => {
    const { ssm } = room();
    await ssm.createOpsItem(item);
    for (const [Key, Operator] of [
      ['Title', 'Equal'],
      ['Status', 'Contains'],
    ] as const) {
      const OpsItemFilters = [{ Key, Values: ['sick'], Operator }];
      await expect(ssm.describeOpsItems({ OpsItemFilters })).rejects.toMatchObject({ name: 'NotSimulated' });
    }
  });
});
