import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { check, registerCheck } from '../../cli/check';

const sound = `mode: approve
rules:
  - name: web
    on: [ec2-instance-impaired]
    where: { region: eu-central-1 }
    try: [reboot-instance]
    escalate: [oncall, { boss: { after: 15m } }]
  - { name: disk, on: [volume-lost], mode: observe, try: [], escalate: [boss] }
contacts:
  oncall: { topic: arn:aws:sns:eu-central-1:111122223333:oncall }
  boss: { topic: arn:aws:sns:eu-central-1:111122223333:boss }
windows: [{ name: freeze, cron: '0 22 * * 5', for: 60h, then: observe }]
`;

describe('homeostat check', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'check-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const written = (content: string): string => {
    const file = join(folder, 'policy.yaml');
    writeFileSync(file, content);
    return file;
  };

  it('shows what the rules of a sound policy would do', () => {
    const { status, out, err } = check(written(sound), {});
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const [head, web, disk, , ...rest] = out.split('\n');
    expect(head?.split(/ {2,}/)).toEqual(['RULE', 'MODE', 'ON', 'TRIES', 'CALLS']);
    expect(web?.split(/ {2,}/)).toEqual([
      'web',
      'approve',
      'ec2-instance-impaired region=["eu-central-1"]',
      'reboot-instance (asks first)',
      'oncall, boss after 15m',
    ]);
    expect(disk?.split(/ {2,}/)).toEqual([
      'disk',
      'observe',
      'volume-lost',
      'nothing: people are called at once',
      'boss',
    ]);
    expect(rest.slice(0, 2)).toEqual(['2 rules, in mode approve.', 'Windows: freeze (observe).']);
    expect(rest[2]).toMatch(/^No rule is on: ec2-host-impaired, /);
  });

  it('says of a rung that it asks first, and takes a snapshot first', () => {
    const keeping = '{ replace-instance: { snapshotFirst: true } }, { reboot-instance: { snapshotFirst: true } }';
    const { out } = check(written(sound.replace('[reboot-instance]', `[${keeping}]`)), {});
    expect(out).toContain(
      'replace-instance (asks first, snapshot first) → reboot-instance (asks first, snapshot first)',
    );
  });

  it('shows the errors of another with file, line and column', () => {
    const file = written(sound.replace('[volume-lost]', '[volume-lots]').replace('observe,', 'act,'));
    expect(check(file, {})).toEqual({
      status: 1,
      out: '',
      err: [
        `${file}:8:24: error: there is no condition volume-lots; did you mean volume-lost?`,
        `${file}:8:44: error: the rule's mode act is looser than the policy's, approve: a rule may only be stricter`,
        `${file}: 2 errors`,
      ].join('\n'),
    });
  });

  it('shows warnings and what the policy would do', () => {
    const { status, out, err } = check(written(sound.replace(/rules:[^]*contacts:/, 'rules: []\ncontacts:')), {});
    expect(status).toBe(0);
    expect(err).toMatch(/policy\.yaml:2:8: warning: there are no rules: nothing is ever healed$/);
    expect(out).toContain('0 rules, in mode approve.');
  });

  it('prints one JSON object', () => {
    const file = written(sound);
    const told: unknown = JSON.parse(check(file, { json: true }).out);
    expect(told).toMatchObject({
      file,
      errors: [],
      warnings: [],
      policy: {
        mode: 'approve',
        rules: [
          {
            name: 'web',
            on: ['ec2-instance-impaired'],
            where: { region: ['eu-central-1'] },
            ladder: [{ remediation: 'reboot-instance' }],
          },
          { name: 'disk' },
        ],
      },
    });
  });

  it('prints errors as JSON, without a policy', () => {
    const file = written('mode: act');
    expect(JSON.parse(check(file, { json: true }).out)).toEqual({
      file,
      errors: [
        { file, line: 1, column: 1, message: 'rules is missing' },
        { file, line: 1, column: 1, message: 'contacts is missing' },
      ],
      warnings: [],
    });
  });

  it('ends with 2 when there is no such file', () => {
    expect(check('/no/policy.yaml', {})).toEqual({
      status: 2,
      out: '',
      err: 'There is no policy /no/policy.yaml: name a file, as in homeostat check policies/default.yaml',
    });
  });

  describe('as a command', () => {
    const before = process.exitCode;
    afterEach(() => {
      process.exitCode = before;
      jest.restoreAllMocks();
    });

    it('prints the report, and the faults to the error stream', async () => {
      const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
      const error = jest.spyOn(console, 'error').mockImplementation(() => undefined);
      const program = new Command();
      registerCheck(program);
      await program.parseAsync(['check', written('mode: act\nrules: []')], { from: 'user' });
      expect(log).not.toHaveBeenCalled();
      expect(error).toHaveBeenCalledWith(expect.stringContaining('policy.yaml:1:1: error: contacts is missing'));
      expect(process.exitCode).toBe(1);
    });
  });
});
