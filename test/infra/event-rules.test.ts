import { type Pattern, rulePatterns, unionOf } from '../../infra/homeostat/rule-patterns';
import { readEvent } from '../../signals';
import { matchesPattern, parseEventPattern } from '../../signals/event-pattern';
import { eventFiles, sampleEvent } from '../signals/event-files';
import { account, mixed, policyOf, takingAll } from './policies';

function takes(pattern: Pattern, event: object): boolean {
  const parsed = parseEventPattern(pattern);
  if (parsed.kind === 'invalid') throw new Error(parsed.reason);
  return matchesPattern(parsed.pattern, event);
}

const regions = [...new Set(eventFiles.map((file) => String(sampleEvent(file).region)))];
const everything = policyOf(takingAll);
const reach = { policy: everything, accounts: [account], regions };
const rules = rulePatterns(reach);

/** Sample events that tell something, with the name of the source that reads them. */
const telling = eventFiles.flatMap((file): [string, string][] => {
  const reading = readEvent(sampleEvent(file), { accounts: [account], regions });
  return reading.kind === 'signals' ? [[file, reading.signals[0].source]] : [];
});

describe('the rules on events', () => {
  it.each(telling)('take %s by the rule of %s, and by no other', (file, source) => {
    const taking = rules.filter(({ pattern }) => takes(pattern, sampleEvent(file)));
    expect(taking.map(({ id }) => id)).toEqual([source]);
  });

  it.each(telling)('do not take %s of another account', (file) => {
    const event = sampleEvent(file, { account: '999999999999' });
    expect(rules.filter(({ pattern }) => takes(pattern, event))).toEqual([]);
  });

  it('take no event of another region, but for AWS Health, whose events tell of other regions than theirs', () => {
    const elsewhere = telling.map(([file]) => sampleEvent(file, { region: 'sa-east-1' }));
    const taking = rules.filter(({ pattern }) => elsewhere.some((event) => takes(pattern, event)));
    expect(taking.map(({ id }) => id)).toEqual(['health']);
  });

  it('leave out alarms that have no data, and those of scaling policies', () => {
    for (const file of ['cloudwatch/insufficient-data', 'cloudwatch/group-target-tracking-alarm']) {
      expect(rules.filter(({ pattern }) => takes(pattern, sampleEvent(file)))).toEqual([]);
    }
  });

  it('hear no source that has nothing to tell to the policy', () => {
    const quiet = `
mode: observe
rules: [{ name: spot, on: [spot-instance-at-risk], try: [], escalate: [oncall] }]
contacts: { oncall: { topic: 'arn:aws:sns:eu-west-1:111122223333:oncall' } }
`;
    const ids = rulePatterns({ ...reach, policy: policyOf(quiet) }).map(({ id }) => id);
    expect([...ids].sort()).toEqual(['cloudwatch-alarm', 'custom-health', 'spot-interruption']);
  });
});

describe('the rule of a mapping', () => {
  const mapping = rulePatterns({ ...reach, policy: policyOf(mixed) }).find(({ id }) => id === 'mapping-1')!;
  const event = { source: 'shop.orders', 'detail-type': 'Queue Stuck', account, region: regions[0], detail: {} };

  it('takes what the operator wrote, of the own account and regions', () => {
    expect(takes(mapping.pattern, event)).toBe(true);
    expect(takes(mapping.pattern, { ...event, account: '999999999999' })).toBe(false);
    expect(takes(mapping.pattern, { ...event, region: 'sa-east-1' })).toBe(false);
  });

  it('leaves an account that the operator named as it is', () => {
    const text = mixed.replace('source: [shop.orders]', "source: [shop.orders], account: ['222233334444']");
    const [own] = rulePatterns({ ...reach, policy: policyOf(text) }).filter(({ id }) => id === 'mapping-1');
    expect(own?.pattern.account).toEqual(['222233334444']);
  });
});

describe('a pattern that is too long for EventBridge', () => {
  const accounts = Array.from({ length: 300 }, (_, index) => String(100_000_000_000 + index));
  const parts = rulePatterns({ ...reach, accounts });

  it('is split into rules that are short enough', () => {
    expect(Math.max(...parts.map(({ pattern }) => JSON.stringify(pattern).length))).toBeLessThanOrEqual(2048);
    expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length);
  });

  it('is taken by exactly one of its parts', () => {
    const event = sampleEvent('cloudwatch/instance-status-alarm');
    for (const one of [accounts[0], accounts[150], accounts[299]]) {
      expect(parts.filter(({ pattern }) => takes(pattern, { ...event, account: one }))).toHaveLength(1);
    }
  });

  it('that cannot be split is refused', () => {
    const long = Array.from({ length: 300 }, (_, index) => `service-${index}`).join(', ');
    const policy = policyOf(mixed.replace('Queue Stuck', long));
    expect(() => rulePatterns({ ...reach, policy })).toThrow('mapping-1 has more than 2048 characters');
  });
});

test.each([
  ['few', [account]],
  ['many', Array.from({ length: 90 }, (_, index) => String(100_000_000_000 + index)).concat(account)],
])('the archive keeps every event that a rule takes (%s accounts)', (_many, accounts) => {
  const patterns = rulePatterns({ ...reach, accounts }).map(({ pattern }) => pattern);
  const union = unionOf(patterns);
  expect(JSON.stringify(union).length).toBeLessThanOrEqual(2048);
  expect(telling.filter(([file]) => !takes(union, sampleEvent(file)))).toEqual([]);
  expect(takes(union, { ...(sampleEvent('s3/object-created') as object), source: 'aws.glue' })).toBe(false);
});
