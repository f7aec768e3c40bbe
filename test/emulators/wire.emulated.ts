import { randomUUID } from 'node:crypto';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EC2 } from '@aws-sdk/client-ec2';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { onEachEmulator } from './each';
import { clientSettings, freshAccount } from './endpoints';
import { Wire } from './wire';

/** Of a name of its own, for an endpoint that does not keep accounts apart. */
let wired: string;

const table = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
} as const;

const put = (pk: string) => ({ TableName: wired, Item: { pk: { S: pk } } });

let wire: Wire;
let isClosed: boolean;
const close = async (): Promise<void> => {
  if (!isClosed) await wire.close();
  isClosed = true;
};
afterEach(close);

onEachEmulator(['dynamodb'], ({ endpoint }) => {
  let client: DynamoDB;

  const keys = async (): Promise<string[]> => {
    const { Items = [] } = await client.scan({ TableName: wired });
    return Items.map(({ pk }) => pk?.S ?? '').sort();
  };

  beforeEach(async () => {
    wire = await Wire.open({ default: endpoint });
    isClosed = false;
    wired = `wired-${randomUUID()}`;
    client = new DynamoDB(clientSettings(wire.endpoint, freshAccount()));
    await client.createTable({
      TableName: wired,
      ...table,
      AttributeDefinitions: [...table.AttributeDefinitions],
      KeySchema: [...table.KeySchema],
    });
  });
  afterEach(() => {
    client.destroy();
  });

  test('a request is recorded with its service, its operation and what it said', async () => {
    await client.putItem(put('a'));
    expect(wire.requests.at(-1)).toMatchObject({ service: 'dynamodb', operation: 'PutItem', status: 200 });
    expect(JSON.parse(wire.requests.at(-1)!.input)).toMatchObject({ Item: { pk: { S: 'a' } } });
  });

  test('before: the emulator has not yet done it when the hook is called, and does it afterwards', async () => {
    const seen: string[][] = [];
    wire.interrupt({ operation: 'PutItem' }, { kind: 'before', hook: async () => void seen.push(await keys()) });
    await client.putItem(put('a'));
    expect(seen).toEqual([[]]);
    expect(await keys()).toEqual(['a']);
  });

  test('after: the emulator has done it when the hook is called, and the client hears of it later', async () => {
    const order: string[] = [];
    const hook = async (): Promise<void> => void order.push(`done: ${(await keys()).join()}`);
    wire.interrupt({ operation: 'PutItem' }, { kind: 'after', hook });
    await client.putItem(put('a'));
    order.push('heard');
    expect(order).toEqual(['done: a', 'heard']);
  });

  test('lostAnswer: it is done, and the client gets none', async () => {
    wire.interrupt({ operation: 'PutItem' }, { kind: 'lostAnswer' });
    await expect(client.putItem(put('a'))).rejects.toThrow(/hang up|ECONNRESET/);
    expect(await keys()).toEqual(['a']);
    expect(wire.done('PutItem')).toBe(1);
  });

  test('lostRequest: it is not done', async () => {
    wire.interrupt({ operation: 'PutItem' }, { kind: 'lostRequest' });
    await expect(client.putItem(put('a'))).rejects.toThrow(/hang up|ECONNRESET/);
    expect(await keys()).toEqual([]);
    expect(wire.done('PutItem')).toBe(0);
  });

  test('answer: the client gets that one, and it is not done', async () => {
    const body = JSON.stringify({ __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException', message: 'slower' });
    const answer = { status: 400, headers: { 'content-type': 'application/x-amz-json-1.0' }, body };
    wire.interrupt({ operation: 'PutItem' }, { kind: 'answer', answer });
    await expect(client.putItem(put('a'))).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(await keys()).toEqual([]);
  });

  test('only the n-th request that is meant is interrupted', async () => {
    const where = ({ input }: { input: string }): boolean => input.includes('"b');
    wire.interrupt({ operation: 'PutItem', service: 'dynamodb', where, nth: 2 }, { kind: 'lostRequest' });
    await client.putItem(put('a'));
    await client.putItem(put('b1'));
    await expect(client.putItem(put('b2'))).rejects.toThrow(/hang up|ECONNRESET/);
    await client.putItem(put('b3'));
    expect(await keys()).toEqual(['a', 'b1', 'b3']);
  });

  test('a service with a route of its own is answered there', async () => {
    const other = await Wire.open({ default: 'http://127.0.0.1:1', dynamodb: endpoint });
    const routed = new DynamoDB(clientSettings(other.endpoint, freshAccount()));
    expect((await routed.listTables()).TableNames).toBeDefined();
    routed.destroy();
    await other.close();
  });

  test('an emulator that is gone is not taken for a lost answer: closing the wire tells it', async () => {
    const other = await Wire.open({ default: 'http://127.0.0.1:1' });
    const lost = new DynamoDB(clientSettings(other.endpoint));
    await expect(lost.listTables()).rejects.toThrow(/hang up|ECONNRESET/);
    lost.destroy();
    await expect(other.close()).rejects.toThrow('ECONNREFUSED');
  });

  test('the consumed capacity is summed, writes apart from reads', async () => {
    await client.putItem({ ...put('a'), ReturnConsumedCapacity: 'TOTAL' });
    await client.getItem({ TableName: wired, Key: { pk: { S: 'a' } }, ReturnConsumedCapacity: 'TOTAL' });
    expect(wire.capacity.write).toBeGreaterThan(0);
    expect(wire.capacity.read).toBeGreaterThan(0);
  });
});

onEachEmulator(['ec2', 'cloudwatch', 'sns', 'sqs', 'events', 'scheduler'], ({ endpoint }) => {
  test('the operations of every protocol are told apart: forms, JSON, CBOR and REST', async () => {
    wire = await Wire.open({ default: endpoint });
    isClosed = false;
    const settings = clientSettings(wire.endpoint, freshAccount());
    const scheduler = new Scheduler(settings);
    await new EC2(settings).describeInstances({});
    await new CloudWatch(settings).describeAlarms({});
    await new SNS(settings).listTopics({});
    await new SQS(settings).listQueues({});
    await new EventBridge(settings).listRules({});
    await scheduler.createScheduleGroup({ Name: 'wired' });
    await scheduler.listSchedules({});
    await expect(scheduler.getSchedule({ Name: 'none', GroupName: 'wired' })).rejects.toThrow();
    expect(wire.requests.map(({ service, operation }) => `${service}:${operation}`)).toEqual([
      'ec2:DescribeInstances',
      'cloudwatch:DescribeAlarms',
      'sns:ListTopics',
      'sqs:ListQueues',
      'events:ListRules',
      'scheduler:CreateScheduleGroup',
      'scheduler:ListSchedules',
      'scheduler:GetSchedule',
    ]);
  });
});
