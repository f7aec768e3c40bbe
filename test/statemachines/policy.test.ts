import fc from 'fast-check';
import { inMode, readPolicy } from '../../statemachines/policy';
import { facts, policyYaml, soundPolicy } from './policy/policy-yaml';

const ruleOf = (yaml: string, index = 0) => soundPolicy(yaml).policy.rules[index]!;

describe('a policy', () => {
  it('fills in every default of a rule', () => {
    expect(ruleOf(policyYaml()).rule).toEqual({
      name: 'web',
      mode: 'act',
      waitSeconds: 0,
      holdDownSeconds: 0,
      ladder: [{ remediation: 'reboot-instance', approval: 'notRequired', parameters: {} }],
      verify: { withinSeconds: 600, healthyForSeconds: 180 },
      limits: {
        atOnce: 1,
        perHour: 4,
        minHealthy: { percent: 50 },
        attempts: 1,
        backoffSeconds: 120,
        recursWithinSeconds: 7_200,
      },
      approvalWithinSeconds: 1_800,
      escalate: [{ contact: 'oncall', afterSeconds: 0 }],
    });
  });

  it('prefers what a rule says to its defaults, and those to the program’s, field by field', () => {
    const yaml = policyYaml({
      defaults:
        '{ wait: 1m, holdDown: 30s, verify: { within: 5m, healthyFor: 1m }, limits: { atOnce: 2, minHealthy: 3, backoff: 5m }, approval: { within: 1h } }',
      rule: { wait: '2m', verify: '{ within: 7m }', limits: '{ perHour: 1, attempts: 1 }' },
    });
    expect(ruleOf(yaml).rule).toMatchObject({
      waitSeconds: 120,
      holdDownSeconds: 30,
      verify: { withinSeconds: 420, healthyForSeconds: 60 },
      limits: { atOnce: 2, perHour: 1, minHealthy: { count: 3 }, attempts: 1, backoffSeconds: 300 },
      approvalWithinSeconds: 3_600,
    });
  });

  it('may try each rung of the ladder once, unless it says how many attempts there are', () => {
    expect(ruleOf(policyYaml({ rule: { try: '[reboot-instance, replace-instance]' } })).rule.limits.attempts).toBe(2);
  });

  it('has limits over all rules together, whether it names them or not', () => {
    const storm = {
      group: 4,
      zone: 6,
      region: 15,
      withinSeconds: 300,
      sickPercent: 40,
      coolDownSeconds: 600,
      paceSeconds: 120,
    };
    expect(soundPolicy(policyYaml()).policy.limits).toEqual({
      account: { atOnce: 3, perHour: 12 },
      group: { perHour: 4 },
      storm,
    });
    const limits = '{ account: { atOnce: 1 }, storm: { zone: 3, within: 10m, sick: 25% } }';
    expect(soundPolicy(policyYaml({ limits })).policy.limits).toEqual({
      account: { atOnce: 1, perHour: 12 },
      group: { perHour: 4 },
      storm: { ...storm, zone: 3, withinSeconds: 600, sickPercent: 25 },
    });
  });

  it('may have an empty ladder', () => {
    expect(ruleOf(policyYaml({ rule: { try: '[]' } })).rule.ladder).toEqual([]);
  });

  it('calls people tier by tier', () => {
    const arn = 'arn:aws:sns:eu-central-1:111122223333:x';
    const yaml = policyYaml({
      contacts: `{ oncall: { topic: ${arn} }, boss: { topic: ${arn}, format: chat } }`,
      rule: { escalate: '[oncall, { boss: { after: 15m } }]' },
    });
    expect(ruleOf(yaml).rule.escalate).toEqual([
      { contact: 'oncall', afterSeconds: 0 },
      { contact: 'boss', afterSeconds: 900 },
    ]);
    expect(soundPolicy(yaml).policy.contacts).toEqual({
      oncall: { topic: arn, format: 'email' },
      boss: { topic: arn, format: 'chat' },
    });
  });

  it('calls readers of OpsItems, whose severity is 2 unless it says otherwise', () => {
    const yaml = policyYaml({ contacts: '{ oncall: { opsItems: true }, desk: { opsItems: true, severity: 4 } }' });
    expect(soundPolicy(yaml).policy.contacts).toEqual({
      oncall: { opsItems: true, severity: 2 },
      desk: { opsItems: true, severity: 4 },
    });
  });

  it('fills in the parameters of a remediation and keeps its own keys out of them', () => {
    const yaml = policyYaml({ rule: { try: '[{ replace-instance: { approval: notRequired, zones: [a] } }]' } });
    expect(ruleOf(yaml).rule.ladder).toEqual([
      { remediation: 'replace-instance', approval: 'notRequired', parameters: { zones: ['a'], warmUp: 60 } },
    ]);
  });

  it.each<[string, string | undefined, string, true | undefined]>([
    ['never, unless somebody says so', undefined, 'replace-instance', undefined],
    ['if the rule says so', 'true', 'replace-instance', true],
    ['if the rung says so', undefined, '{ replace-instance: { snapshotFirst: true } }', true],
    ['unless the rung says that it does not', 'true', '{ replace-instance: { snapshotFirst: false } }', undefined],
  ])('takes a snapshot first: %s', (_when, snapshotFirst, rung, first) => {
    expect(ruleOf(policyYaml({ rule: { snapshotFirst, try: `[${rung}]` } })).rule.ladder[0]?.snapshotFirst).toBe(first);
  });

  it.each([
    ['as the remediation has it', 'act', 'replace-instance', 'required'],
    ['unless the rung says it is not', 'act', '{ replace-instance: { approval: notRequired } }', 'notRequired'],
    ['if the rung says so', 'act', '{ reboot-instance: { approval: required } }', 'required'],
    ['if the rung is of mode approve', 'act', '{ reboot-instance: { mode: approve } }', 'required'],
    ['not for a harmless one', 'act', 'reboot-instance', 'notRequired'],
    ['always in mode approve', 'approve', 'reboot-instance', 'required'],
  ])('asks a person: %s', (_when, mode, rung, approval) => {
    expect(ruleOf(policyYaml({ mode, rule: { try: `[${rung}]` } })).rule.ladder[0]?.approval).toBe(approval);
  });

  it.each([
    ['act', undefined, 'act'],
    ['act', 'approve', 'approve'],
    ['approve', 'observe', 'observe'],
    ['observe', undefined, 'observe'],
  ])('of mode %s has a rule of mode %s go as far as %s', (mode, own, expected) => {
    expect(ruleOf(policyYaml({ mode, rule: { mode: own } })).rule.mode).toBe(expected);
  });

  it('can be read as if it were in another mode, and stricter rules stay so', () => {
    const rules =
      '\n  - { name: free, on: [volume-lost], try: [], escalate: [oncall] }\n  - { name: held, mode: observe, on: [volume-impaired], try: [], escalate: [oncall] }';
    const acting = inMode('act', soundPolicy(policyYaml({ mode: 'observe', rules })).policy);
    expect(acting.mode).toBe('act');
    expect(acting.rules.map(({ rule }) => rule.mode)).toEqual(['act', 'observe']);
  });

  it('asks nobody in act for what it asked only because it was in approve', () => {
    const acting = inMode('act', soundPolicy(policyYaml({ mode: 'approve' })).policy);
    expect(acting.rules[0]?.rule.ladder[0]?.approval).toBe('notRequired');
  });

  it('maps events to conditions of the operator', () => {
    const yaml = policyYaml({
      conditions:
        '[{ condition: slow, events: { source: [my.app] }, resource: { kind: volume, id: { path: detail.id } }, means: recovered }]',
      rule: {
        name: 'stuck',
        on: undefined,
        events: '{ source: [my.queue] }',
        resource: '{ kind: other, id: q }',
        try: '[]',
      },
    });
    const { policy } = soundPolicy(yaml);
    expect(policy.mappings.map(({ pattern, ...mapping }) => ({ ...mapping, source: pattern.source }))).toEqual([
      {
        condition: 'slow',
        means: 'recovered',
        resource: { kind: 'volume', id: { path: 'detail.id' } },
        source: { source: ['my.app'] },
      },
      {
        condition: 'stuck',
        means: 'unhealthy',
        resource: { kind: 'other', id: 'q' },
        source: { source: ['my.queue'] },
      },
    ]);
    expect(policy.rules[0]?.on).toEqual(['stuck']);
  });

  it('may use a remediation for a condition of the operator whose kind of resource it takes', () => {
    const conditions = '[{ condition: slow, events: { source: [my.app] }, resource: { kind: ec2-instance, id: i-1 } }]';
    expect(ruleOf(policyYaml({ conditions, rule: { on: '[slow]' } })).on).toEqual(['slow']);
  });

  it('keeps accounts, regions and windows', () => {
    const yaml = policyYaml({
      accounts: "['111122223333']",
      regions: '[eu-central-1]',
      windows: "[{ name: freeze, cron: '0 22 * * 5', for: 60h, then: observe }]",
    });
    expect(soundPolicy(yaml).policy).toMatchObject({
      accounts: ['111122223333'],
      regions: ['eu-central-1'],
      windows: [{ name: 'freeze', cron: '0 22 * * 5', forSeconds: 216_000, timezone: 'UTC', then: 'observe' }],
    });
  });

  it('takes anchors that are used a few times', () => {
    const yaml = policyYaml({ rule: { limits: '&few { atOnce: 2 }' }, defaults: '{ limits: *few }' });
    expect(ruleOf(yaml).rule.limits.atOnce).toBe(2);
  });
});

describe('text that is no policy', () => {
  const bomb = [
    'a: &a [1,1,1,1,1,1,1,1,1,1]',
    ...'bcdefgh'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]!}`).join()}]`),
  ].join('\n');

  it.each([
    ['nothing', ''],
    ['a comment', '# mode: act'],
    ['brackets without end', '['.repeat(20_000)],
    ['dashes without end', '- '.repeat(20_000)],
    ['a list', '- act'],
    ['a key named __proto__', policyYaml({ ['__proto__x'.slice(0, 9)]: '{ mode: act }' })],
    ['a merge key', policyYaml({ '<<': '{ accounts: [] }' })],
  ])('is refused: %s', (_what, text) => {
    expect(readPolicy(text, facts).kind).toBe('errors');
  });

  it.each([
    ['a bomb of aliases', bomb, 'Excessive alias count indicates a resource exhaustion attack'],
    ['an alias of itself', 'mode: &x [*x]', 'Converting circular structure to JSON'],
  ])('is refused before anything is made of it: %s', (_what, text, why) => {
    const message = `the anchors (&) and aliases (*) or the nesting cannot be resolved: ${why}`;
    expect(readPolicy(text, facts)).toEqual({ kind: 'errors', errors: [{ line: 1, column: 1, message }] });
  });

  const value = fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom(
        'act',
        'web',
        'oncall',
        'ec2-instance-impaired',
        'reboot-instance',
        '2m',
        '50%',
        '-1m',
        null,
        0,
        1.5,
        true,
        '',
      ),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(
          'name',
          'on',
          'try',
          'where',
          'events',
          'resource',
          'kind',
          'id',
          'path',
          'mode',
          'limits',
          'minHealthy',
          'escalate',
          'after',
          'approval',
          'within',
          'topic',
          'tags',
          'reboot-instance',
          'replace-instance',
          '$or',
          '__proto__',
          'toString',
        ),
        tie('any'),
        { maxKeys: 4 },
      ),
    ),
  })).any;
  const likePolicy = fc.record(
    {
      mode: value,
      accounts: value,
      regions: value,
      defaults: value,
      conditions: fc.array(value),
      rules: fc.array(value),
      contacts: value,
      windows: fc.array(value),
    },
    { requiredKeys: [] },
  );

  const isSound = (text: string): boolean => {
    const reading = readPolicy(text, facts);
    const faults = reading.kind === 'errors' ? reading.errors : reading.warnings;
    const lines = text.split(/\n/).length;
    return faults.every(({ line, column, message }) => line >= 1 && line <= lines + 1 && column >= 1 && message !== '');
  };

  it('never makes it throw, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), isSound));
  });

  it('never makes it throw, whatever is put together of the words of a policy', () => {
    fc.assert(
      fc.property(likePolicy, (data) => isSound(JSON.stringify(data, null, 1))),
      { numRuns: 200 },
    );
  });

  it('never makes it throw, whichever part of a policy is cut out', () => {
    const text = policyYaml({
      conditions:
        '[{ condition: slow, events: { source: [my.app] }, resource: { kind: volume, id: { path: detail.id } } }]',
      rule: {
        where: '{ tags: { a: [{ prefix: b }] } }',
        limits: '{ minHealthy: 5% }',
        try: '[{ replace-instance: { zones: [a] } }]',
      },
      windows: "[{ name: freeze, cron: '0 22 * * 5', for: 60h, then: observe }]",
    });
    fc.assert(
      fc.property(
        fc.nat({ max: text.length }),
        fc.nat({ max: 30 }),
        fc.string({ maxLength: 3 }),
        (from, length, instead) => isSound(text.slice(0, from) + instead + text.slice(from + length)),
      ),
      { numRuns: 200 },
    );
  });
});
