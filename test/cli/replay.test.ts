import { aFile, homeostat, homeostatIn, impaired } from './command';

describe('homeostat replay', () => {
  it('tells the story of each incident and counts what was decided', async () => {
    const { status, out } = await homeostat('replay', aFile('event.json', JSON.stringify(impaired())));
    expect(status).toBe(0);
    expect(out).toContain('RESOLVED');
    expect(out).toContain('started reboot-instance (ec2:RebootInstances)');
    expect(out).toContain('1 event: 1 opened\n1 incident: 1 resolved');
    expect(out).toContain('Assumed, since nothing recorded says it:');
  });

  it('prints with --json the one object that scripts rely on, and nothing else', async () => {
    const { out } = await homeostat('replay', aFile('event.json', JSON.stringify(impaired())), '--json');
    const report = JSON.parse(out) as Record<string, unknown> & { incidents: Record<string, unknown>[] };
    expect(Object.keys(report)).toEqual(['events', 'ignored', 'invalid', 'decisions', 'incidents', 'assumed']);
    expect(report.decisions).toEqual([
      { eventId: impaired().id, decision: 'opened', incident: report.incidents[0]!.id },
    ]);
    expect(Object.keys(report.incidents[0]!)).toEqual([
      'id',
      'rule',
      'condition',
      'resource',
      'mode',
      'outcome',
      'openedAt',
      'closedAt',
      'attempts',
      'calls',
      'notifications',
      'timeline',
    ]);
    expect(report.incidents[0]).toMatchObject({
      condition: 'ec2-instance-impaired',
      mode: 'act',
      outcome: 'resolved',
      openedAt: '2026-03-01T03:12:04Z',
      attempts: [{ remediation: 'reboot-instance', outcome: 'healed' }],
      notifications: [],
    });
    expect(report.incidents[0]!.calls).toContainEqual({
      at: '2026-03-01T03:14:04Z',
      service: 'ec2',
      operation: 'RebootInstances',
      access: 'write',
      input: { InstanceIds: ['i-0abc1234567890def'] },
    });
  });

  it('touches nothing in mode observe', async () => {
    const { out } = await homeostat(
      'replay',
      aFile('event.json', JSON.stringify(impaired())),
      '--mode',
      'observe',
      '--json',
    );
    const { incidents } = JSON.parse(out) as { incidents: { outcome: string; calls: { access: string }[] }[] };
    expect(incidents.map(({ outcome }) => outcome)).toEqual(['observed']);
    expect(incidents[0]!.calls.filter(({ access }) => access === 'write')).toEqual([]);
  });

  it('goes on after what it cannot read, says where that is, and ends with status 1', async () => {
    const lines = [
      JSON.stringify(impaired()),
      '{"version": "0", oops',
      JSON.stringify({ ...impaired(), time: 'soon' }),
    ];
    const file = aFile('events.jsonl', lines.join('\n'));
    const { status, out, err } = await homeostat('replay', file);
    expect(status).toBe(1);
    expect(out).toContain('1 incident: 1 resolved');
    expect(err).toContain(`${file}:2:`);
    expect(err).toContain(`${file}:3: not an AWS event: time`);
    expect(homeostatIn({}, 'replay', file)).toEqual({ status, out, err });
  });

  it.each([
    [['replay'], "missing required argument 'path'"],
    [['replay', '/no/such/file.json'], 'there is no file or folder /no/such/file.json'],
    [['replay', '.', '--policy', '/no/policy.yaml'], 'there is no file or folder /no/policy.yaml'],
    [['replay', '.', '--mode', 'dance'], 'Allowed choices are observe, approve, act'],
    [['replays'], "unknown command 'replays'"],
  ])('%j is wrong usage: status 2, one plain sentence, no stack trace', async (words, sentence) => {
    const { status, err } = await homeostat(...words);
    expect(status).toBe(2);
    expect(err).toContain(sentence);
    expect(err).not.toMatch(/^\s+at /m);
  });

  it('refuses to run under a policy with a fault, and names its line and column', async () => {
    const policy = aFile('policy.yaml', 'mode: act\nrules: []\ncontact: {}\n');
    const { status, err } = await homeostat(
      'replay',
      aFile('event.json', JSON.stringify(impaired())),
      '--policy',
      policy,
    );
    expect(status).toBe(1);
    expect(err).toContain(`${policy}:3:1: error:`);
  });

  it('refuses an account file that does not fit, and names what does not', async () => {
    const account = aFile('account.yaml', "account: '111122223333'\nregion: eu-central-1\ninstances: [{ id: 7 }]\n");
    const { status, err } = await homeostat(
      'replay',
      aFile('event.json', JSON.stringify(impaired())),
      '--account',
      account,
    );
    expect(status).toBe(1);
    expect(err).toContain(account);
    expect(err).toContain('instances');
    expect(err).not.toMatch(/^\s+at /m);
  });
});
