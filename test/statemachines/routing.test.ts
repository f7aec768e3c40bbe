import type { UnhealthySignal } from '../../signals/signal';
import { asksForTags, explainRouting, route } from '../../statemachines/routing';
import { policyYaml, soundPolicy } from './policy/policy-yaml';

function signal(overrides: Partial<UnhealthySignal> = {}): UnhealthySignal {
  return {
    kind: 'unhealthy',
    condition: 'ec2-instance-impaired',
    dedupKey: 'a',
    eventId: '1',
    source: 'cloudwatch-alarm',
    resource: { kind: 'ec2-instance', id: 'i-0abc', account: '111122223333', region: 'eu-central-1' },
    at: 0,
    detail: 'StatusCheckFailed',
    evidence: {},
    tags: {},
    ...overrides,
  };
}

/** A policy whose rules ask for these, in this order, each named by its place. */
const policyOf = (...rules: readonly string[]) =>
  soundPolicy(
    policyYaml({
      rules: rules
        .map((rule, index) => `\n  - { name: rule-${index + 1}, ${rule}, try: [], escalate: [oncall] }`)
        .join(''),
    }),
  ).policy;

const impaired = 'on: [ec2-instance-impaired]';

describe('routing', () => {
  it('gives a signal to the first rule that takes it', () => {
    const policy = policyOf('on: [volume-lost]', `${impaired}, where: { region: eu-central-1 }`, impaired);
    expect(route(policy, signal(), {})).toMatchObject({ kind: 'rule', rule: { name: 'rule-2' } });
  });

  it('gives a signal that no rule is on to none, and says so', () => {
    expect(route(policyOf('on: [volume-lost]'), signal(), {})).toEqual({
      kind: 'none',
      reason: 'no rule is on ec2-instance-impaired',
    });
  });

  it('says when a rule is on the condition and wants another resource', () => {
    expect(route(policyOf(`${impaired}, where: { region: us-east-1 }`), signal(), {})).toEqual({
      kind: 'none',
      reason: 'no rule on ec2-instance-impaired takes ec2-instance i-0abc: see its where',
    });
  });

  it.each([
    ['{ account: "111122223333" }', true],
    ['{ account: "444455556666" }', false],
    ['{ resource: { kind: ec2-instance, id: [{ prefix: i-0 }] } }', true],
    ['{ resource: { kind: volume } }', false],
    ['{ tags: { service: web } }', true],
    ['{ tags: { service: [api, web] } }', true],
    ['{ tags: { service: [{ anything-but: web }] } }', false],
    ['{ tags: { owner: [{ exists: false }] } }', true],
    ['{ source: cloudwatch-alarm, condition: ec2-instance-impaired }', true],
    ['{ region: eu-central-1, tags: { service: api } }', false],
    ['{ $or: [{ region: [us-east-1] }, { tags: { service: [web] } }] }', true],
  ])('takes a resource by %s: %s', (where, takes) => {
    const routed = route(policyOf(`${impaired}, where: ${where}`), signal(), { service: 'web' });
    expect(routed.kind).toBe(takes ? 'rule' : 'none');
  });

  it.each(['{ tags: { service: web } }', '{ $or: [{ region: [x] }, { tags: { service: [web] } }] }'])(
    'gives no later rule what one that asks for %s may have kept from it, when tags are unreadable',
    (where) => {
      const policy = policyOf(`${impaired}, where: ${where}`, impaired);
      expect(route(policy, signal(), 'unreadable')).toEqual({
        kind: 'none',
        reason: 'rule rule-1 cannot decide: it asks for tags, and the tags of i-0abc could not be read',
      });
    },
  );

  it('needs no tags for a rule that does not ask for them, or is out for another reason', () => {
    const policy = policyOf(`${impaired}, where: { region: x, tags: { a: b } }`, impaired);
    expect(route(policy, signal(), 'unreadable')).toMatchObject({ kind: 'rule', rule: { name: 'rule-2' } });
  });

  it('says of each rule why it takes the signal or does not', () => {
    const policy = policyOf(
      'on: [volume-lost, volume-impaired]',
      `${impaired}, where: { tags: { service: api } }`,
      `${impaired}, where: { region: eu-central-1 }`,
      impaired,
    );
    expect(explainRouting(policy, signal(), { service: 'web' })).toEqual([
      {
        rule: 'rule-1',
        concerned: false,
        matches: false,
        why: 'it is on volume-lost or volume-impaired, not ec2-instance-impaired',
      },
      {
        rule: 'rule-2',
        concerned: true,
        matches: false,
        why: 'its where asks for tags {"service":["api"]}, and not {"service":"web"}',
      },
      { rule: 'rule-3', concerned: true, matches: true, why: 'its on and its where match' },
      {
        rule: 'rule-4',
        concerned: true,
        matches: false,
        why: 'it is on ec2-instance-impaired, but rule-3 comes first',
      },
    ]);
  });

  it('explains the same rule that it routes to', () => {
    const policy = policyOf(`${impaired}, where: { tags: { a: b } }`, impaired);
    const [first, second] = explainRouting(policy, signal(), 'unreadable');
    expect([first?.matches, second?.matches]).toEqual([false, false]);
    expect(second?.why).toBe('it is on ec2-instance-impaired, but rule-1 could not decide');
  });

  it.each([
    [`${impaired}, where: { tags: { a: b } }`, true],
    [`${impaired}, where: { $or: [{ region: [x] }, { tags: { a: [b] } }] }`, true],
    [`${impaired}, where: { region: x }`, false],
    ['on: [volume-lost], where: { tags: { a: b } }', false],
  ])('needs tags to route by a rule with %s: %s', (rule, asks) => {
    expect(asksForTags(policyOf(rule), signal())).toBe(asks);
  });
});
