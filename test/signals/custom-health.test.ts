import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readEvent } from '../../signals';
import { customHealthJsonSchema } from '../../signals/custom-health';
import type { Signal } from '../../signals/signal';
import { anywhere, inWords, readJson, sampleEvent } from './event-files';

const sample = 'custom/service-unhealthy';
const root = join(__dirname, '..', '..');
const published = readJson(join(root, 'docs/events/custom-health.schema.json'));

const read = (detail: object, changes: object = {}): string =>
  inWords(readEvent(sampleEvent(sample, changes as never, detail as never), anywhere)).join(' + ');

function signalOf(detail: object = {}, changes: object = {}): Signal {
  const reading = readEvent(sampleEvent(sample, changes as never, detail as never), anywhere);
  if (reading.kind !== 'signals') throw new Error(reading.reason);
  return reading.signals[0];
}

test('any program can tell that a resource is sick, and is quoted', () => {
  expect(signalOf()).toMatchObject({
    kind: 'unhealthy',
    condition: 'service-tasks-failing',
    source: 'custom-health',
    resource: { kind: 'ecs-service', id: 'shop/checkout', account: '111122223333', region: 'eu-west-1' },
    at: Date.parse('2026-03-01T10:12:04Z'),
    detail: '3 of 5 orders placed by the probe got no answer within 2 seconds',
    evidence: {},
  });
});

test('it can tell that it is over, and name a condition that only a policy knows', () => {
  const recovered = { state: 'recovered', condition: 'queue-stuck', resource: { kind: 'other', id: 'orders' } };
  expect(read(recovered)).toBe('recovered queue-stuck 111122223333/eu-west-1/other/orders');
});

test('what it quotes is one line without control characters, and not long', () => {
  const { detail } = signalOf({ reason: `no answer\n\u001b[31m${'x'.repeat(900)}` });
  expect(detail).not.toMatch(/\p{Cc}/u);
  expect(detail.length).toBeLessThanOrEqual(200);
});

test('the same id is the same fact, for the same resource, condition and state alone', () => {
  const other = { id: '9c0a1b2c-0000-4000-8000-0000000000ff' };
  const { dedupKey } = signalOf();
  expect(signalOf({}, other).dedupKey).toBe(dedupKey);
  const others = [
    { id: 'probe/checkout/2026-03-01T10:13' },
    { state: 'recovered' },
    { condition: 'service-erroring' },
    { resource: { kind: 'ecs-service', id: 'shop/search' } },
  ];
  for (const detail of others) expect(signalOf(detail, other).dedupKey).not.toBe(dedupKey);
});

test('without an id each event is a fact of its own, and one that is delivered twice is one', () => {
  const without = { id: undefined };
  const { dedupKey } = signalOf(without);
  expect(signalOf(without).dedupKey).toBe(dedupKey);
  expect(signalOf(without, { id: '9c0a1b2c-0000-4000-8000-0000000000ff' }).dedupKey).not.toBe(dedupKey);
});

test('nothing is seen later than it is told', () => {
  expect(signalOf({ time: '2026-03-01T11:00:00Z' }).at).toBe(Date.parse('2026-03-01T10:12:10Z'));
  expect(signalOf({ time: undefined }).at).toBe(Date.parse('2026-03-01T10:12:10Z'));
});

test('an alarm that it names is what is looked at, if it is one of the same account and region', () => {
  const alarm = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout probe';
  expect(signalOf({ alarm }).evidence).toEqual({ alarmArn: alarm });
  for (const other of [
    alarm.replace('111122223333', '444455556666'),
    alarm.replace('eu-west-1', 'eu-west-2'),
    'probe',
  ]) {
    expect(read({ alarm: other })).toMatch(/^refused: detail\.alarm: .* is no alarm of 111122223333 eu-west-1/);
  }
});

test('a resource of another account or region is refused', () => {
  const id = 'arn:aws:elasticloadbalancing:eu-west-1:444455556666:targetgroup/web/0123456789abcdef';
  const refused = /^refused: detail\.resource: arn:.* is no target-group of 111122223333 eu-west-1/;
  expect(read({ resource: { kind: 'target-group', id } })).toMatch(refused);
  const elsewhere = id.replace('eu-west-1', 'us-east-1').replace('444455556666', '111122223333');
  expect(read({ resource: { kind: 'target-group', id: elsewhere } })).toMatch(refused);
  expect(read({ resource: { kind: 'function', id: 'checkout', account: '444455556666' } })).toMatch(/^invalid: /);
});

test('an account that events are not taken from is refused, whatever it tells', () => {
  const reading = readEvent(sampleEvent(sample), { accounts: ['444455556666'], regions: 'any' });
  expect(reading).toMatchObject({ kind: 'refused', reason: expect.stringContaining('account 111122223333') as string });
});

test.each<[string, object, RegExp]>([
  ['no version', { version: undefined }, /^invalid: detail\.version/],
  ['a later version', { version: 2 }, /^invalid: detail\.version/],
  ['a condition that is not in kebab-case', { condition: 'Queue Stuck' }, /kebab-case/],
  ['a kind that there is not', { resource: { kind: 'server', id: 'a' } }, /^invalid: detail\.resource\.kind/],
  ['no resource', { resource: undefined }, /^invalid: detail\.resource is missing/],
  ['an id of another shape', { resource: { kind: 'ec2-instance', id: 'web' } }, /web is not the id of a ec2-instance/],
  ['an id with control characters', { resource: { kind: 'other', id: 'a\u0000' } }, /control characters/],
  ['another state', { state: 'sick' }, /^invalid: detail\.state/],
  ['no reason', { reason: '' }, /^invalid: detail\.reason/],
  ['a time that is none', { time: 'now' }, /^invalid: detail\.time/],
  ['an id with spaces', { id: 'a b' }, /^invalid: detail\.id: an id has letters/],
  ['a field that is misspelt', { dedupId: 'a' }, /^invalid: detail\..*dedupId/],
])('an event with %s is none, and it is said why', (_, detail, reason) => {
  expect(read(detail)).toMatch(reason);
});

test('another type of event of that source is none of it, and Homeostat itself cannot be played', () => {
  expect(read({}, { 'detail-type': 'Something' })).toMatch(/^ignored: .*no signal is read from such custom\.health/);
  expect(read({}, { source: 'homeostat.health' })).toMatch(/^refused: only Homeostat itself/);
});

describe('the published schema', () => {
  const schema = z.fromJSONSchema(published as never);

  test('is the one of the program: else run npm run schema', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(customHealthJsonSchema())));
  });

  test('takes what the samples hold, and nothing else', () => {
    for (const name of [sample, 'custom/service-recovered']) {
      expect(schema.safeParse(sampleEvent(name).detail).error?.issues ?? []).toEqual([]);
    }
    expect(schema.safeParse(sampleEvent(sample, {}, { state: 'sick' }).detail).success).toBe(false);
    expect(schema.safeParse(sampleEvent(sample, {}, { surprise: 1 }).detail).success).toBe(false);
  });
});

test('the examples to be sent are read as what they are', () => {
  const event = readJson(join(root, 'docs/examples/custom-health.json')) as Record<string, unknown>;
  expect(read(event['detail'] as object)).toBe(
    'unhealthy service-tasks-failing 111122223333/eu-west-1/ecs-service/shop/checkout',
  );
  const entries = JSON.parse(readFileSync(join(root, 'docs/examples/custom-health-entries.json'), 'utf8')) as {
    readonly Source: string;
    readonly DetailType: string;
    readonly Detail: string;
  }[];
  expect(entries).toEqual([
    { Source: event['source'], DetailType: event['detail-type'], Detail: JSON.stringify(event['detail']) },
  ]);
});
