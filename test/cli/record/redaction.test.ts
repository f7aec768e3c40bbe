import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { plainWords } from '../../../cli/record/plain-words';
import { needsOf } from '../../../cli/record/policy-needs';
import { Redaction } from '../../../cli/record/redaction';
import { StandIns } from '../../../cli/record/stand-ins';
import { defaultPolicyFile, policyFrom } from '../../../cli/policy-option';
import { readRecorded } from '../../../replay/recorded-events';
import { findRecordings } from '../../../replay/recording';
import { replayRecording } from '../../../replay/recording-replay';
import { readEvent } from '../../../signals';
import type { JsonObject } from '../../../signals/plain-json';
import type { Reading } from '../../../signals/signal';
import { inMode, type Policy } from '../../../statemachines/policy';
import { aFile } from '../command';
import { laced, secret, word } from './laced';
import { newFolder, trueAccount } from './recorded-account';

const kept = { names: true, accounts: false };
const redactionFor = (policy: Policy, { names, accounts } = kept, key = 7): Redaction =>
  new Redaction(new StandIns(Buffer.alloc(32, key), trueAccount, { names, accounts }), needsOf(policy));
const byDefault = policyFrom(defaultPolicyFile);
const standIn = '111122223333';
const ofTrueAccount = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll(standIn, trueAccount)) as T;
const ofStandIn = <T>(value: T): T =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll(trueAccount, standIn)
      .replace(/(?<!-)444455556666/g, redactionFor(byDefault).standIns.account('444455556666')),
  ) as T;

const root = join(__dirname, '../..');
const samples = readdirSync(join(root, 'events')).flatMap((service) =>
  readdirSync(join(root, 'events', service)).map((name) => join(service, name)),
);
const sample = (name: string): JsonObject => JSON.parse(readFileSync(join(root, 'events', name), 'utf8')) as JsonObject;

/** What is decided on, without what is only for people. */
function decisiveIn(reading: Reading): unknown {
  if (reading.kind !== 'signals') return reading.kind;
  return reading.signals.map(({ detail: _text, tags, ...rest }) => ({
    ...rest,
    dedupKey: rest.resource.kind.startsWith('db-') ? '' : rest.dedupKey,
    tags: Object.keys(tags).filter((key) => key.startsWith('homeostat:')),
  }));
}

const anywhere = { accounts: 'any', regions: 'any' } as const;

/** Of these no source reads anything. */
const unread = /^(s3|elasticache.snapshot-)/;

test.each(samples.filter((name) => !unread.test(name)))('%s is read the same when it is redacted', (name) => {
  const event = ofTrueAccount(sample(name));
  const redacted = redactionFor(byDefault).event(event);
  expect(decisiveIn(readEvent(redacted, anywhere))).toEqual(ofStandIn(decisiveIn(readEvent(event, anywhere))));
});

test('an event that nobody reads is left out, and one that the policy maps has what the mapping asks for', () => {
  const event = ofTrueAccount(sample('s3/object-created.json'));
  expect(redactionFor(byDefault).event(event)).toBeUndefined();
  const policy = policyFrom(
    aFile(
      'policy.yaml',
      `mode: observe
conditions:
  - condition: disk-filled
    events: { source: [aws.s3], detail: { reason: [PutObject] } }
    resource: { kind: other, id: { path: detail.bucket.name } }
rules: []
contacts: {}`,
    ),
  );
  const [mapping] = policy.mappings;
  const redacted = redactionFor(policy).event(event);
  expect(redacted?.['detail']).toEqual({ reason: 'PutObject', bucket: { name: expect.any(String) as string } });
  const options = { ...anywhere, mappings: [mapping!] };
  expect(decisiveIn(readEvent(redacted, options))).toEqual(ofStandIn(decisiveIn(readEvent(event, options))));
});

test('a secret that is told by its shape is in no redacted event, wherever it stood', () => {
  fc.assert(
    fc.property(fc.constantFrom(...samples), secret, fc.boolean(), (name, canary, names) => {
      const event = laced(ofTrueAccount(sample(name)), canary) as JsonObject;
      const text = JSON.stringify(redactionFor(byDefault, { names, accounts: false }).event(event) ?? {});
      expect(text).not.toContain(canary);
      expect(text).not.toContain(trueAccount);
      expect(text).not.toContain('hunter2');
      expect(text).not.toContain(word);
    }),
    { numRuns: 300 },
  );
});

test('an id with more parts than its kind has is not taken apart, since a part of a secret may look harmless', () => {
  const id = (text: string): string => redactionFor(byDefault).id('function-alias', text);
  expect(id('checkout:live')).toBe('checkout:live');
  expect(id('checkout:live 2001:db8:85a3::8a2e:370:7334')).not.toContain('2001:db8');
});

test('a word that no shape tells is kept in names alone, and in none under pseudonyms', () => {
  for (const name of samples) {
    const event = laced(ofTrueAccount(sample(name)), word) as JsonObject;
    expect(JSON.stringify(redactionFor(byDefault, { names: false, accounts: false }).event(event) ?? {})).not.toContain(
      word,
    );
    const words = redactionFor(byDefault).event(event)?.['detail'] as Record<string, unknown> | undefined;
    for (const field of ['Message', 'Cause', 'StatusMessage']) expect(String(words?.[field])).not.toContain(word);
  }
});

test.each(['a', '-', 'a.', '1:', 'password'])('a long text of "%s" costs no time', (part) => {
  const text = part.repeat(100_000);
  const event = ofTrueAccount(sample('rds/instance-storage-low.json'));
  const before = performance.now();
  const redacted = redactionFor(byDefault).event({
    ...event,
    resources: [text],
    detail: { ...(event['detail'] as object), Message: text, SourceArn: text },
  });
  expect(JSON.stringify(redacted).length).toBeLessThan(5_000);
  expect(performance.now() - before).toBeLessThan(1_000);
});

test('free text keeps the words by which an alarm tells how it compares', () => {
  const reason =
    'Threshold Crossed: 2 out of the last 2 datapoints [97.5 (01/03/26 02:57:00), 98.0 (01/03/26 02:56:00)] were greater than or equal to the threshold (90.0) (minimum 2 datapoints for OK -> ALARM transition).';
  expect(plainWords(reason)).toBe(reason);
  expect(plainWords('Set by ann for CHG-1234 (call +4917012345678)')).toBe('Set by … for … (…)');
});

test('a name is replaced by one and the same wherever it stands', () => {
  const redaction = redactionFor(byDefault, { names: false, accounts: false });
  const arn = `arn:aws:elasticloadbalancing:eu-west-1:${trueAccount}:targetgroup/shop/73e2d6bc24d8a067`;
  expect(redaction.name(arn)).toMatch(
    /^arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup\/n-[0-9a-f]{10}\/73e2d6bc24d8a067$/,
  );
  expect(redaction.name('targetgroup/shop/73e2d6bc24d8a067')).toBe(redaction.name(arn).split(':').at(-1));
  expect(redaction.name(`arn:aws:cloudwatch:eu-west-1:${trueAccount}:alarm:shop: slow/late`)).toBe(
    `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${redaction.name('shop: slow/late')}`,
  );
  expect(redaction.name('i-0a1b2c3d4e5f60711')).toBe('i-0a1b2c3d4e5f60711');
});

test('accounts stay apart from each other, and two recordings do not tell of one another', () => {
  const [one, other] = [redactionFor(byDefault), redactionFor(byDefault, kept, 8)];
  const others = ['444455556666', '555566667777'];
  expect(new Set([trueAccount, ...others].map((id) => one.standIns.account(id))).size).toBe(3);
  expect(one.standIns.account(trueAccount)).toBe(standIn);
  expect(one.standIns.account('444455556666')).not.toBe(other.standIns.account('444455556666'));
});

const recordings = readdirSync(join(root, 'recordings')).filter((name) => !name.includes('.'));

/** What a replay comes to. Ids of incidents are made of accounts. */
async function comesTo(folder: string, policy: Policy): Promise<unknown> {
  const [recording] = await findRecordings([folder]);
  const { decisions, incidents, assumed } = await replayRecording(recording!, inMode('act', policy), undefined);
  return {
    decisions: decisions.map(({ decision, eventId }) => `${eventId} ${decision}`),
    incidents: incidents.map(({ id: _id, timeline: _timeline, calls, attempts, notifications, ...rest }) => ({
      ...rest,
      calls: calls.map(({ at, service, operation, access }) => ({ at, service, operation, access })),
      attempts: attempts.length,
      notifications: notifications.map(({ at, kind }) => ({ at, kind })),
    })),
    assumed,
  };
}

test.each(recordings)('the recording %s comes to the same when it is redacted', async (name) => {
  const from = join(root, 'recordings', name);
  const policyFile = join(from, 'policy.yaml');
  const policy = existsSync(policyFile) ? policyFrom(policyFile) : byDefault;
  const redaction = redactionFor(policy);
  const [raw, redacted] = [newFolder(), newFolder()];
  for (const folder of [raw, redacted]) mkdirSync(folder, { recursive: true });
  const [recording] = await findRecordings([from]);
  const events: JsonObject[] = [];
  for await (const one of readRecorded(recording!.files))
    if (one.kind === 'event') events.push(ofTrueAccount(one.event as JsonObject));
  const lines = (all: readonly unknown[]): string => all.map((one) => `${JSON.stringify(one)}\n`).join('');
  writeFileSync(join(raw, 'events.jsonl'), lines(events));
  writeFileSync(join(redacted, 'events.jsonl'), lines(events.map((event) => redaction.event(event))));
  if (recording!.accountFile !== undefined) {
    const account: unknown = parse(readFileSync(recording!.accountFile, 'utf8'));
    writeFileSync(join(raw, 'account.yaml'), JSON.stringify(ofTrueAccount(account)));
    writeFileSync(join(redacted, 'account.yaml'), JSON.stringify(account));
  }
  expect(await comesTo(redacted, policy)).toEqual(ofStandIn(await comesTo(raw, policy)));
});
