import { readPolicy } from '../../../statemachines/policy';
import { facts, faultsAtMarker, policyYaml } from './policy-yaml';

const rule = (parts: Record<string, string | undefined>, top: Record<string, string | undefined> = {}): string =>
  policyYaml({ ...top, rule: parts });
const contact = (topic: string): string => `{ oncall: { topic: ${topic} } }`;
const mapping = (events: string, condition = 'slow', resource = '{ kind: volume, id: vol-1 }'): string =>
  `[{ condition: ${condition}, events: ${events}, resource: ${resource} }]`;
const second = (name: string): string =>
  `\n  - { name: web, on: [ec2-instance-impaired], try: [], escalate: [oncall] }\n  - { name: ${name}, on: [ec2-host-impaired], try: [], escalate: [oncall] }`;

/** What is wrong, a policy with a marker where the fault is, and what its author is told. */
const errors: readonly (readonly [what: string, yaml: string, message: string])[] = [
  [
    'an open bracket',
    'mode: act\nrules: [\n▸',
    'this is not YAML that a policy may use: Flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
  [
    'a key that is there twice',
    policyYaml({ mode: 'act\n▸mode: act' }),
    'this is not YAML that a policy may use: Map keys must be unique',
  ],
  [
    'a tag',
    policyYaml({ mode: '▸!!js/function act' }),
    'this is not YAML that a policy may use: Unresolved tag: tag:yaml.org,2002:js/function',
  ],
  [
    'a second document',
    `${policyYaml()}▸---\nmode: act\n`,
    'this is not YAML that a policy may use: Source contains multiple documents; please use YAML.parseAllDocuments()',
  ],
  [
    'an alias of nothing',
    '▸mode: *x',
    'the anchors (&) and aliases (*) or the nesting cannot be resolved: Unresolved alias (the anchor must be set before the alias): x',
  ],
  ['text that is no policy', '▸observe', 'the policy must be keys with values, and is text'],
  [
    'a rung that is to take a snapshot first and cannot',
    rule({ try: '[▸{ run-ssm-automation: { document: a, snapshotFirst: true } }]' }),
    'run-ssm-automation can lose data of which no snapshot can be made first: leave it out, or accept that by { run-ssm-automation: { snapshotFirst: false } }',
  ],
  [
    'such a rung in a rule that wants snapshots',
    rule({ snapshotFirst: 'true', try: '[reboot-instance, ▸{ run-ssm-automation: { document: a } }]' }),
    'run-ssm-automation can lose data of which no snapshot can be made first: leave it out, or accept that by { run-ssm-automation: { snapshotFirst: false } }',
  ],
  [
    'a snapshot that is neither wanted nor not',
    rule({ snapshotFirst: '▸first' }),
    'snapshotFirst must be true or false, and is text',
  ],
  ['no mode', `▸${policyYaml({ mode: undefined })}`, 'mode is missing: write observe, approve or act'],
  ['no contacts', `▸${policyYaml({ contacts: undefined })}`, 'contacts is missing'],
  ['an unknown mode', policyYaml({ mode: '▸acting' }), 'mode is acting, which is none of observe, approve and act'],
  [
    'a misspelt mode',
    policyYaml({ mode: '▸atc' }),
    'mode is atc, which is none of observe, approve and act; did you mean act?',
  ],
  [
    'an empty mode',
    policyYaml({ mode: '' }).replace('mode', '▸mode'),
    'mode is empty, which is none of observe, approve and act',
  ],
  [
    'a misspelt key',
    policyYaml({ '▸acounts': "['111122223333']" }),
    'acounts is not known here; did you mean accounts?',
  ],
  ['a misspelt key of a rule', rule({ '▸wiat': '2m' }), 'wiat is not known here; did you mean wait?'],
  [
    'a key that is like no other',
    rule({ verify: '{ ▸zzzzzz: 1m }' }),
    'zzzzzz is not known here; there are within and healthyFor',
  ],
  [
    'an account that is a number',
    policyYaml({ accounts: '[▸111122223333]' }),
    "accounts: an account is text: '111122223333', in quotes",
  ],
  ['a short account', policyYaml({ accounts: "[▸'1111']" }), 'accounts: an account has 12 digits'],
  ['no account at all', policyYaml({ accounts: '▸[]' }), 'accounts must be at least 1 entry'],
  ['a zone for a region', policyYaml({ regions: '[▸eu-central-1a]' }), 'regions: write a region such as eu-central-1'],

  [
    'a rule without a name',
    rule({ name: undefined, on: '[ec2-instance-impaired]' }).replace('- on', '- ▸on'),
    'name is missing',
  ],
  ['a rule name with capitals', rule({ name: '▸Web' }), 'name: a name is in kebab-case, such as web-tier'],
  [
    'two rules of one name',
    policyYaml({ rules: second('▸web') }),
    'rule 1 is named web too: each rule needs a name of its own',
  ],
  [
    'a rule about nothing',
    rule({ on: undefined }).replace('name: web', '▸name: web'),
    'write on which conditions (on) or on which events (events) the rule acts',
  ],
  ['a rule on nothing', rule({ on: '▸[]' }), 'on: name at least one condition'],
  ['a condition in place of a list', rule({ on: '▸ec2-instance-impaired' }), 'on must be a list, and is text'],
  [
    'a misspelt condition',
    rule({ on: '[▸ec2-instance-imparied]' }),
    'there is no condition ec2-instance-imparied; did you mean ec2-instance-impaired?',
  ],
  [
    'a condition that nothing maps',
    rule({ on: '[▸my-checkout]' }),
    'there is no condition my-checkout; map events to it under conditions',
  ],
  [
    'a looser mode',
    rule({ mode: '▸act' }, { mode: 'approve' }),
    "the rule's mode act is looser than the policy's, approve: a rule may only be stricter",
  ],
  ['no ladder', rule({ try: undefined }).replace('name: web', '▸name: web'), 'try is missing'],

  [
    'an unknown remediation',
    rule({ try: '[▸restart-world]' }),
    'there is no remediation restart-world; there are reboot-instance, replace-instance, scale-out-group and run-ssm-automation',
  ],
  [
    'a misspelt remediation',
    rule({ try: '[▸reboot-instnce]' }),
    'there is no remediation reboot-instnce; did you mean reboot-instance?',
  ],
  [
    'a misspelt remediation with parameters',
    rule({ try: '[{ ▸replace-instnce: { warmUp: 5 } }]' }),
    'replace-instnce is not known here; did you mean replace-instance?',
  ],
  [
    'a misspelt parameter',
    rule({ try: '[{ replace-instance: { ▸warmup: 5 } }]' }),
    'warmup is not known here; did you mean warmUp?',
  ],
  [
    'a parameter of the wrong kind',
    rule({ try: '[{ replace-instance: { warmUp: ▸soon } }]' }),
    'warmUp must be a number, and is text',
  ],
  ['a parameter out of range', rule({ try: '[{ replace-instance: { warmUp: ▸-1 } }]' }), 'warmUp must be at least 0'],
  [
    'parameters at odds',
    rule({ on: '[group-overloaded]', try: '[{ scale-out-group: { by: 2, to: ▸1 } }]' }),
    'to must be more than by',
  ],
  [
    'a remediation without what it needs',
    rule({ try: '[▸run-ssm-automation]' }),
    'try: run-ssm-automation does not go by its name alone (document is missing): write { run-ssm-automation: { … } }',
  ],
  [
    'a number in place of text',
    rule({ try: '[{ run-ssm-automation: { document: Fix, version: ▸1 } }]' }),
    'version must be text, and is a number; put it in quotes',
  ],
  [
    'two remediations in one rung',
    rule({ try: '[▸{ reboot-instance: {}, replace-instance: {} }]' }),
    'try: a rung is one remediation: begin each with its own dash',
  ],
  ['a rung that is a number', rule({ try: '[▸5]' }), 'try must be text or keys with values'],
  [
    'an unknown approval',
    rule({ try: '[{ reboot-instance: { approval: ▸never } }]' }),
    'approval is never, which is none of twoPeople, required and notRequired',
  ],
  [
    'a rung that observes',
    rule({ try: '[{ reboot-instance: { mode: ▸observe } }]' }),
    'mode: a rung is approve or act; to observe only, put it into a rule of mode observe',
  ],
  [
    'a rung that undercuts approve',
    rule({ mode: 'approve', try: '[{ reboot-instance: { approval: ▸notRequired } }]' }),
    "approval: notRequired is looser than the rule's mode, approve: a rung may only be stricter",
  ],
  [
    'a rung of a looser mode',
    rule({ try: '[{ reboot-instance: { mode: ▸act } }]' }, { mode: 'approve' }),
    "mode: act is looser than the rule's mode, approve: a rung may only be stricter",
  ],
  [
    'a remediation that does not help',
    rule({ on: '[group-overloaded]', try: '[▸reboot-instance]' }),
    'reboot-instance does not heal group-overloaded; it heals ec2-instance-impaired',
  ],
  [
    'a remediation of another kind of resource',
    rule({ on: '[db-storage-low]', try: '[▸{ run-ssm-automation: { document: Fix } }]' }),
    'run-ssm-automation takes ec2-instance, auto-scaling-group and volume, and the rule is about db-instance',
  ],
  [
    'a remediation that an own condition cannot use',
    rule({ on: '[slow]', try: '[▸reboot-instance]' }, { conditions: mapping('{ source: [my.app] }') }),
    'reboot-instance takes ec2-instance, and the rule is about volume',
  ],

  [
    'a duration without a unit',
    rule({ wait: '▸90' }),
    'wait: write a duration with its unit, such as 90s, 2m, 1h30m or 2d',
  ],
  ['a negative duration', rule({ wait: '▸-2m' }), 'wait: write a duration with its unit, such as 90s, 2m, 1h30m or 2d'],
  ['a wait that is too long', rule({ wait: '▸25h' }), 'wait: 25h is too long: at most 1d'],
  ['no time to verify', rule({ verify: '{ within: ▸0s }' }), 'within: 0s is too short: at least 1s'],
  ['no time to settle', rule({ verify: '{ healthyFor: ▸0m }' }), 'healthyFor: 0m is too short: at least 1s'],
  ['no time to approve', rule({ approval: '{ within: ▸0s }' }), 'within: 0s is too short: at least 1s'],
  ['too long to approve', rule({ approval: '{ within: ▸8d }' }), 'within: 8d is too long: at most 7d'],
  ['nothing at once', rule({ limits: '{ atOnce: ▸0 }' }), 'atOnce must be at least 1'],
  ['nothing in an hour', rule({ limits: '{ perHour: ▸0 }' }), 'perHour must be at least 1'],
  ['no attempt', rule({ limits: '{ attempts: ▸0 }' }), 'attempts must be at least 1'],
  ['half an attempt', rule({ limits: '{ attempts: ▸1.5 }' }), 'attempts must be a whole number, and is 1.5'],
  [
    'more than all healthy',
    rule({ limits: '{ minHealthy: ▸150% }' }),
    'minHealthy: write a percent from 0% to 100%, or a count',
  ],
  ['fewer than none healthy', rule({ limits: '{ minHealthy: ▸-1 }' }), 'minHealthy must be at least 0'],

  [
    'a contact that is not there',
    rule({ escalate: '[▸onkall]' }),
    'there is no contact onkall under contacts; did you mean oncall?',
  ],
  [
    'a later contact that is not there',
    rule({ escalate: '[oncall, ▸{ boss: { after: 5m } }]' }),
    'there is no contact boss under contacts; there are oncall',
  ],
  [
    'nobody to call',
    rule({ escalate: undefined }).replace('name: web', '▸name: web'),
    'nobody is called when this rule fails: write escalate here or under defaults',
  ],
  [
    'an empty list of people',
    rule({ escalate: '▸[]' }),
    'escalate: name at least one contact: a rule that fails must reach a person',
  ],
  [
    'a first contact that waits',
    rule({ escalate: '[▸{ oncall: { after: 5m } }]' }),
    'oncall is called first and at once: leave out its after',
  ],
  [
    'a second contact that does not wait',
    rule({ escalate: '[oncall, ▸oncall]' }),
    'say how long the one before oncall has: { oncall: { after: 15m } }',
  ],
  [
    'a default contact that is not there',
    policyYaml({ defaults: '{ escalate: [▸nobody] }' }),
    'there is no contact nobody under contacts; there are oncall',
  ],
  [
    'a topic that is no ARN',
    policyYaml({ contacts: contact('▸oncall@example.com') }),
    'topic: write the ARN of a standard SNS topic: arn:aws:sns:REGION:ACCOUNT:NAME',
  ],
  [
    'a queue for a topic',
    policyYaml({ contacts: contact('▸arn:aws:sqs:eu-central-1:111122223333:x') }),
    'topic: write the ARN of a standard SNS topic: arn:aws:sns:REGION:ACCOUNT:NAME',
  ],
  [
    'a FIFO topic',
    policyYaml({ contacts: contact('▸arn:aws:sns:eu-central-1:111122223333:x.fifo') }),
    'topic: write the ARN of a standard SNS topic: arn:aws:sns:REGION:ACCOUNT:NAME',
  ],
  [
    'a contact that reads nothing',
    policyYaml({ contacts: '{ oncall: ▸{ format: chat } }' }),
    'oncall: write a topic, or opsItems: true',
  ],
  [
    'a contact that reads both a topic and OpsItems',
    policyYaml({ contacts: '{ oncall: ▸{ topic: arn:aws:sns:eu-central-1:111122223333:x, opsItems: true } }' }),
    'oncall: write a topic or opsItems: make two contacts of it',
  ],
  [
    'a topic with a severity',
    policyYaml({ contacts: '{ oncall: ▸{ topic: arn:aws:sns:eu-central-1:111122223333:x, severity: 1 } }' }),
    'oncall: severity is not of this kind of contact',
  ],
  [
    'OpsItems in chat',
    policyYaml({ contacts: '{ oncall: ▸{ opsItems: true, format: chat } }' }),
    'oncall: format is not of this kind of contact',
  ],
  [
    'a severity that OpsItems do not have',
    policyYaml({ contacts: '{ oncall: { opsItems: true, severity: ▸5 } }' }),
    'severity must be at most 4',
  ],
  [
    'no OpsItems',
    policyYaml({ contacts: '{ oncall: { opsItems: ▸false } }' }),
    'opsItems: write true, or a topic instead',
  ],
  [
    'a placeholder in a policy that acts',
    policyYaml({ contacts: contact('▸arn:aws:sns:eu-central-1:000000000000:x') }),
    'the topic of oncall is a placeholder, and nobody reads it: write the ARN of your own SNS topic',
  ],
  [
    'a contact name with spaces',
    policyYaml({ contacts: '{ ▸on call: { topic: arn:aws:sns:eu-central-1:111122223333:x } }', rules: '[]' }),
    'on call: a name is in kebab-case, such as web-tier',
  ],

  [
    'an unknown field of where',
    rule({ where: '{ ▸regoin: eu-central-1 }' }),
    'where knows no regoin; did you mean region?',
  ],
  [
    'an unknown field of the resource',
    rule({ where: '{ resource: { ▸name: x } }' }),
    'resource has no name; it has a kind and an id',
  ],
  ['a number in where', rule({ where: '{ tags: ▸{ version: 1 } }' }), 'tags is text: put 1 in quotes'],
  [
    'an unknown operator in where',
    rule({ where: '{ tags: { service: ▸[{ prefx: web }] } }' }),
    expect.stringContaining('tags.service: there is no operator "prefx"') as string,
  ],
  [
    'an event pattern that is none',
    policyYaml({ conditions: mapping('{ source: ▸aws.ec2 }') }),
    expect.stringContaining('not an event pattern: source: ') as string,
  ],
  [
    'events without a resource',
    rule({ on: undefined, events: '{ source: [my.app] }', try: '[]' }).replace('name: web', '▸name: web'),
    'events needs resource: of what the events speak',
  ],
  [
    'events and on',
    rule({ '▸events': '{ source: [my.app] }', resource: '{ kind: other, id: x }', try: '[]' }),
    'a rule has either on or events; write two rules',
  ],
  [
    'a resource with on',
    rule({ '▸resource': '{ kind: other, id: x }' }),
    'resource goes with events; a condition says itself what it is about',
  ],
  [
    'events in a rule with the name of a condition',
    rule({
      name: '▸volume-lost',
      on: undefined,
      events: '{ source: [my.app] }',
      resource: '{ kind: volume, id: x }',
      try: '[]',
    }),
    'volume-lost is a condition: give a rule with events a name of its own',
  ],
  [
    'a known condition of another kind',
    policyYaml({ conditions: mapping('{ source: [my.app] }', 'db-storage-low', '{ kind: ▸volume, id: x }') }),
    'db-storage-low is said of db-instance, not of volume: map to a condition of your own',
  ],
  [
    'a kind that there is not',
    policyYaml({ conditions: mapping('{ source: [my.app] }', 'slow', '{ kind: ▸volum, id: x }') }),
    expect.stringContaining('kind is volum, which is none of') as string,
  ],
  [
    'a path with a space',
    policyYaml({ conditions: mapping('{ source: [my.app] }', 'slow', '{ kind: volume, id: { path: ▸detail id } }') }),
    'path: write a path such as detail.instance-id',
  ],

  [
    'limits of a rule that starts nothing',
    policyYaml({ rule: { try: '[]', '▸limits': '{ perHour: 1 }' } }),
    'nothing is ever started under this rule, so that its limits hold nothing back: take them out',
  ],
  [
    'more attempts than the ladder can make',
    policyYaml({ rule: { limits: '{ attempts: ▸3 }' } }),
    'attempts: 3 is more than the 1 that the ladder has, each of which is tried once: nothing ever comes to that limit',
  ],
  [
    'a limit that there is none of',
    policyYaml({ limits: '{ account: { ▸perDay: 3 } }' }),
    'perDay is not known here; there are atOnce and perHour',
  ],
  ['a storm that nothing could be', policyYaml({ limits: '{ storm: { zone: ▸0 } }' }), 'zone must be at least 1'],
  [
    'a window with four fields',
    policyYaml({ windows: "[{ name: x, cron: ▸'0 22 * *', for: 1h, then: observe }]" }),
    'cron: write five fields: minute hour day month weekday, such as 0 22 * * 5',
  ],
  [
    'a window that the calendar refuses',
    policyYaml({ windows: "[{ name: x, cron: ▸'0 99 * * *', for: 1h, then: observe }]" }),
    'there is no hour 99',
  ],
  [
    'a window that is too long',
    policyYaml({ windows: "[{ name: x, cron: '0 2 * * *', for: ▸32d, then: observe }]" }),
    'for: 32d is too long: at most 31d',
  ],
  [
    'a window that would loosen',
    policyYaml({ windows: "[{ name: x, cron: '0 2 * * *', for: 1h, then: ▸act }]" }),
    'then is act, which is none of observe and approve',
  ],
];

describe('a fault in a policy', () => {
  it.each(errors)('is told where it stands: %s', (_what, yaml, message) => {
    const { here } = faultsAtMarker(yaml);
    expect(here).toContainEqual(message);
  });

  it.each(errors)('is told alone: %s', (_what, yaml) => {
    // What follows from one fault is not told as another; syntax may well break more than one line.
    const { elsewhere } = faultsAtMarker(yaml);
    expect(elsewhere.length).toBeLessThanOrEqual(yaml.includes('rules: [\n') ? 1 : 0);
  });

  it('hides no other: all are told at once, in the order of their lines', () => {
    const yaml = policyYaml({
      acounts: '[]',
      contacts: contact('x'),
      windows: '[5]',
      rule: { wait: '5', try: '[reboot-me]', escalate: '[nobody]', mode: 'act' },
      mode: 'observe',
    });
    const reading = readPolicy(yaml, facts);
    const lines = reading.kind === 'errors' ? reading.errors.map(({ line }) => line) : [];
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
    expect(new Set(lines).size).toBe(7);
  });
});

describe('something odd in a policy', () => {
  const three = (first: string, next: string): string =>
    policyYaml({
      rules: `\n  - { name: first, ${first}, try: [], escalate: [oncall] }\n  - ▸{ name: next, ${next}, try: [], escalate: [oncall] }`,
    });

  it.each([
    ['no rules', policyYaml({ rules: '▸[]' }), 'there are no rules: nothing is ever healed'],
    [
      'a placeholder while it only observes',
      policyYaml({ mode: 'observe', contacts: contact('▸arn:aws:sns:eu-central-1:000000000000:x') }),
      'the topic of oncall is a placeholder, and nobody reads it: write the ARN of your own SNS topic',
    ],
    [
      'a rule that an earlier one leaves nothing',
      three('on: [volume-lost, volume-impaired]', 'on: [volume-lost], where: { region: eu-central-1 }'),
      'rule next never acts: first before it takes all of its conditions',
    ],
    [
      'a rule that asks the same as an earlier one',
      three('on: [volume-lost], where: { region: x }', 'on: [volume-lost], where: { region: x }'),
      'rule next never acts: first before it takes all of its conditions',
    ],
  ])('is a warning, and the policy stands: %s', (_what, yaml, message) => {
    expect(readPolicy(yaml.replace('▸', ''), facts).kind).toBe('policy');
    expect(faultsAtMarker(yaml).here).toEqual([message]);
  });

  it.each([
    ['takes another condition too', three('on: [volume-lost]', 'on: [volume-lost, volume-impaired]')],
    ['comes after one that asks for more', three('on: [volume-lost], where: { region: x }', 'on: [volume-lost]')],
  ])('is not a rule that %s', (_what, yaml) => {
    expect(faultsAtMarker(yaml)).toEqual({ here: [], elsewhere: [] });
  });
});
