import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { remediations } from '../../../remediations';
import { snapshotFirst } from '../../../remediations/snapshot-first';
import { roleAssumer } from '../../../runtime/lambda/own-clients/sts';
import { eventPutter } from '../../../runtime/lambda/own-clients/eventbridge';
import { scheduleCreator } from '../../../runtime/lambda/own-clients/scheduler';
import { tableClient } from '../../../runtime/lambda/own-clients/dynamodb';
import { sdkClients, type ClientSettings } from '../../../runtime/aws/sdk-clients';
import { vitals } from '../../../vitals';
import { readsBesideVitals } from '../../../vitals/reads-beside';
import type { Service } from '../../../vitals/aws';
import { answered, connection, sampleOf, schemaText, shapesOf, type Answer } from './shapes';

const leanClients = jest.requireActual<(root: string) => Plugin>('../../../bin/lean-clients');
const root = join(__dirname, '../../..');

const permissions = remediations.map((one) => snapshotFirst(one).permissions);
const writes = new Set<string>(permissions.flatMap(({ write }) => write.map(({ action }) => action)));
const declared = [
  ...new Set<string>([
    ...readsBesideVitals,
    ...vitals.flatMap(({ reads }) => reads),
    ...permissions.flatMap(({ read }) => read),
    ...writes,
  ]),
].sort();

const plain = { sdkClients, tableClient, roleAssumer, eventPutter, scheduleCreator };
let lean: typeof plain;

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        export { sdkClients } from './runtime/aws/sdk-clients';
        export { tableClient } from './runtime/lambda/own-clients/dynamodb';
        export { roleAssumer } from './runtime/lambda/own-clients/sts';
        export { eventPutter } from './runtime/lambda/own-clients/eventbridge';
        export { scheduleCreator } from './runtime/lambda/own-clients/scheduler';`,
      resolveDir: root,
    },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    define: { 'import.meta.url': '__filename' },
    write: false,
    logLevel: 'warning',
    plugins: [leanClients(root)],
  });
  const bundled = { exports: {} as typeof plain };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the bundle, as Lambda would load it
  const load = new Function('module', 'exports', 'require', outputFiles[0]!.text) as (...given: unknown[]) => void;
  load(bundled, bundled.exports, require);
  lean = bundled.exports;
}, 60_000);

beforeEach(() => {
  jest.useFakeTimers({
    doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'],
    now: 1_772_445_600_000,
    advanceTimers: 1,
  });
  // The SDK pauses for a random part of a time.
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 's', sessionToken: 't' };

/** What the clients of S3 look at before they send anything, as far as the sample has it. */
function lookedAt(sample: object): object {
  const sound = {
    AccountId: '111122223333',
    Mrap: 'arn:aws:s3::111122223333:accesspoint/mfzwi23gnjvgw.mrap',
    ChecksumAlgorithm: 'CRC32',
  };
  return Object.fromEntries(Object.entries(sound).filter(([name]) => name in sample));
}

/** Calls an operation with all that it takes, and tells what was sent and what came of it. */
async function called(of: typeof plain, action: string, region: string, answers?: readonly Answer[]) {
  const [service = '', operation = ''] = action.split(':');
  const { requestHandler, sent } = connection(answers);
  const { prepare, schema } = shapesOf();
  const clients = of.sdkClients(() => ({ region, credentials, requestHandler }), prepare);
  const client = await clients(service as Service, '111122223333', region, writes.has(action) ? 'write' : 'read');
  const name = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}`;
  const method = client[name];
  if (!method) throw new Error(`There is no ${name}.`);
  // The first call is made for its shape alone.
  if (!schema()) await method.call(client, {}).catch(() => undefined);
  sent.length = 0;
  // Of record sets the SDK looks at what is deep within.
  const sample = sampleOf(schema(), service === 'route53' ? 8 : 6);
  const outcome = await answered(method.call(client, service === 's3' ? { ...sample, ...lookedAt(sample) } : sample));
  return { schema: schemaText(schema()), sent, outcome };
}

test.each<[Service, string]>([
  ['ec2', 'runInstances'],
  ['elasticloadbalancing', 'deleteLoadBalancer'],
])('a bundled client has no operation that nobody declares: %s:%s', async (service, operation) => {
  const clients = [lean, plain].map(({ sdkClients: of }) =>
    of(() => ({ region: 'eu-central-1' }))(service, '111122223333', 'eu-central-1'),
  );
  const [bundled, whole] = await Promise.all(clients);
  expect([bundled?.[operation], typeof whole?.[operation]]).toEqual([undefined, 'function']);
});

/** Services that answer in JSON; the others do so in XML. */
const inJson = new Set([
  'ssm',
  'cloudwatch',
  'arc-zonal-shift',
  'dynamodb',
  'application-autoscaling',
  'route53-recovery-cluster',
  'logs',
  'lambda',
  'backup',
  'ecs',
  'elasticfilesystem',
  'elasticmapreduce',
]);

/** An error as each service tells it. */
function failing(
  service: string,
  code: string,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const errors = `<Error><Type>Sender</Type><Code>${code}</Code><Message>no &amp; no</Message></Error>`;
  const body = inJson.has(service)
    ? JSON.stringify({ __type: `com.amazonaws#${code}`, message: 'no & no' })
    : service === 'ec2'
      ? `<Response><Errors>${errors}</Errors><RequestID>r-1</RequestID></Response>`
      : `<ErrorResponse>${errors}<RequestId>r-1</RequestId></ErrorResponse>`;
  return { status, body, headers };
}

/** How often the SDK asks where no number is set: of DynamoDB, which answers sooner, once more. */
const attemptsOf = (service: string): number => (service === 'dynamodb' ? 4 : 3);

const reads = declared.filter((action) => !writes.has(action));
const onePerService = [...new Map(reads.map((action) => [action.split(':')[0]!, action]))];

/** Route 53 is in no Region. */
const global = /^route53[.]/;

describe('a bundled client and one of the SDK', () => {
  it.each(declared)('take and give the same shapes, and send the same: %s', async (action) => {
    const one = await called(lean, action, 'eu-central-1');
    expect(one).toEqual(await called(plain, action, 'eu-central-1'));
    expect(one.schema).toContain(action.split(':')[1]);
    expect(one.sent).toHaveLength(1);
  });

  describe.each([
    ['eu-central-1', /[.]eu-central-1[.]amazonaws[.]com$/],
    ['us-gov-west-1', /[.]us-gov-west-1[.]amazonaws[.]com$/],
    ['cn-north-1', /[.]cn-north-1[.]amazonaws[.]com[.]cn$/],
    ['eusc-de-east-1', /[.]eusc-de-east-1[.]amazonaws[.]eu$/],
  ])('in %s', (region, host) => {
    it.each(onePerService)('find the same endpoint: %s', async (service, action) => {
      const one = await called(lean, action, region);
      expect(one.sent).toEqual((await called(plain, action, region)).sent);
      expect(one.sent).toMatchObject([
        { hostname: expect.stringMatching(service === 'route53' ? global : host) as string },
      ]);
    });
  });

  it.each(onePerService)('go where AWS_ENDPOINT_URL says: %s', async (_service, action) => {
    process.env['AWS_ENDPOINT_URL'] = 'http://127.0.0.1:4566';
    const [one, other] = [await called(lean, action, 'eu-central-1'), await called(plain, action, 'eu-central-1')];
    delete process.env['AWS_ENDPOINT_URL'];
    expect(one.sent).toEqual(other.sent);
    expect(one.sent).toMatchObject([{ hostname: '127.0.0.1', port: 4566, protocol: 'http:' }]);
  });

  it.each(declared)('tell the same of a refusal: %s', async (action) => {
    const answers = [failing(action.split(':')[0]!, 'AccessDenied', 403, { 'x-amzn-requestid': 'r-1' })];
    const one = await called(lean, action, 'eu-central-1', answers);
    expect(one.outcome).toEqual((await called(plain, action, 'eu-central-1', answers)).outcome);
    expect(one.outcome).toMatchObject({
      threw: 'AccessDenied',
      message: 'no & no',
      others: { $metadata: { httpStatusCode: 403, attempts: 1 } },
    });
  });

  it.each(onePerService)('of %s ask again when they are throttled, and tell how often', async (service, action) => {
    const answers = [failing(service, 'ThrottlingException', 400)];
    const one = await called(lean, action, 'eu-central-1', answers);
    const other = await called(plain, action, 'eu-central-1', answers);
    expect(one.outcome).toEqual(other.outcome);
    const attempts = attemptsOf(service);
    expect(one.outcome).toMatchObject({ others: { $metadata: { attempts } } });
    expect([one.sent.length, other.sent.length]).toEqual([attempts, attempts]);
  });

  it.each([...writes])('send a write once, whatever comes back: %s', async (action) => {
    const answers = [failing(action.split(':')[0]!, 'InternalFailure', 500)];
    const one = await called(lean, action, 'eu-central-1', answers);
    expect(one.outcome).toEqual((await called(plain, action, 'eu-central-1', answers)).outcome);
    expect(one.sent).toHaveLength(1);
  });

  it.each(onePerService)('of %s set their clock by the answer that it is wrong', async (service, action) => {
    const answers = [failing(service, 'RequestTimeTooSkewed', 403, { date: 'Mon, 02 Mar 2026 11:00:00 GMT' })];
    const one = await called(lean, action, 'eu-central-1', answers);
    const times = ({ sent }: typeof one) =>
      sent.map(({ headers }) => (headers as Record<string, string>)['x-amz-date']?.slice(0, 11));
    expect(times(one)).toEqual(times(await called(plain, action, 'eu-central-1', answers)));
    expect(times(one)).toContain('20260302T11');
  });
});

describe('the bundled clients of our own, and those of the SDK', () => {
  const both = async (answer: Answer, call: (of: typeof plain, settings: ClientSettings) => Promise<unknown>) => {
    const told = [];
    for (const kind of [lean, plain]) {
      const { requestHandler, sent } = connection([answer]);
      const outcome = await answered(call(kind, { region: 'cn-north-1', credentials, requestHandler, maxAttempts: 1 }));
      told.push({ outcome, sent });
    }
    expect(told[0]).toEqual(told[1]);
    expect(told[0]!.sent).toHaveLength(1);
    return told[0]!.outcome;
  };
  const json = (body: object, status = 200): Answer => ({ status, body: JSON.stringify(body) });

  it('read why a transaction was cancelled, and by whom', async () => {
    const item = { pk: { S: 'incident/inc-1' }, revision: { N: '3' }, body: { B: 'AQI=' } };
    const answer = json(
      {
        __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
        Message: 'cancelled',
        CancellationReasons: [{ Code: 'ConditionalCheckFailed', Message: 'no', Item: item }, { Code: 'None' }],
      },
      400,
    );
    const outcome = await both(answer, (of, settings) =>
      of.tableClient(settings).transactWriteItems({
        ClientRequestToken: 't',
        TransactItems: [{ Put: { TableName: 'T', Item: { pk: { S: 'p' }, b: { B: new Uint8Array([1]) } } } }],
      }),
    );
    expect(outcome).toMatchObject({
      threw: 'TransactionCanceledException',
      others: {
        CancellationReasons: [{ Code: 'ConditionalCheckFailed', Item: { revision: { N: '3' } } }, { Code: 'None' }],
        $metadata: { httpStatusCode: 400, attempts: 1 },
      },
    });
  });

  it('read rows', async () => {
    const row = { pk: { S: 'p' }, revision: { N: '3' }, body: { B: 'AQI=' } };
    const table = { TableName: 'T' };
    const read = await both(json({ Item: row }), (of, s) =>
      of.tableClient(s).getItem({ ...table, Key: { pk: { S: 'p' } } }),
    );
    await both(json({ Items: [row], LastEvaluatedKey: { pk: { S: 'p' } } }), (of, s) =>
      of
        .tableClient(s)
        .query({ ...table, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: 'p' } } }),
    );
    await both(json({ Responses: { T: [row] }, UnprocessedKeys: { T: { Keys: [{ pk: { S: 'q' } }] } } }), (of, s) =>
      of.tableClient(s).batchGetItem({ RequestItems: { T: { Keys: [{ pk: { S: 'p' } }], ConsistentRead: true } } }),
    );
    await both(json({}), (of, s) => of.tableClient(s).putItem({ ...table, Item: { pk: { S: 'p' } } }));
    await both(json({ __type: 'x#ConditionalCheckFailedException', message: 'no' }, 400), (of, s) =>
      of.tableClient(s).updateItem({ ...table, Key: { pk: { S: 'p' } }, UpdateExpression: 'SET a = b' }),
    );
    expect(read).toMatchObject({ Item: { ...row, body: { B: new Uint8Array([1, 2]) } } });
  });

  it('arm a schedule, and know one that is armed already', async () => {
    const answer = { ...json({ Message: 'it is there' }, 409), headers: { 'x-amzn-errortype': 'ConflictException' } };
    const outcome = await both(answer, (of, settings) =>
      of.scheduleCreator(settings)({
        Name: 'inc-1-2-3',
        ClientToken: 'random otherwise',
        GroupName: 'homeostat',
        ScheduleExpression: 'at(2026-03-02T10:00:00)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: { Arn: 'arn', RoleArn: 'arn', Input: '{}', RetryPolicy: { MaximumRetryAttempts: 2 } },
      }),
    );
    expect(outcome).toMatchObject({ threw: 'ConflictException', others: { $metadata: { httpStatusCode: 409 } } });
  });

  it('put on a role, and tell events', async () => {
    const body = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>a</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2026-03-02T11:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
    const asked = { RoleArn: 'arn:aws-cn:iam::1:role/r', RoleSessionName: 'inc-1', DurationSeconds: 900, Policy: '{}' };
    expect(await both({ status: 200, body }, (of, settings) => of.roleAssumer(settings)(asked))).toEqual({
      accessKeyId: 'a',
      secretAccessKey: 's',
      sessionToken: 't',
      expiration: new Date('2026-03-02T11:00:00Z'),
    });
    const event = { EventBusName: 'b', Source: 's', DetailType: 'd', Detail: '{}', Time: new Date(0), Resources: [] };
    expect(await both(json({ FailedEntryCount: 1 }), (of, settings) => of.eventPutter(settings)([event]))).toBe(1);
  });
});
