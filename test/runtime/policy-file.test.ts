import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPolicyFile, readPolicyFrom } from '../../runtime/policy-file';

const sound = `mode: observe
rules:
  - { name: web, on: [ec2-instance-impaired], try: [reboot-instance], escalate: [oncall] }
contacts: { oncall: { topic: arn:aws:sns:eu-central-1:111122223333:oncall } }
`;

describe('the file of a policy', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'policy-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const written = (content: string | Buffer): string => {
    const file = join(folder, 'policy.yaml');
    writeFileSync(file, content);
    return file;
  };
  const messageOf = (file: string): string | undefined => {
    const reading = readPolicyFile(file);
    return reading.kind === 'errors' ? reading.errors[0].message : undefined;
  };

  it('gives its policy', () => {
    const reading = readPolicyFile(written(sound));
    expect(reading).toMatchObject({
      kind: 'policy',
      policy: { mode: 'observe', rules: [{ rule: { name: 'web' } }] },
      warnings: [],
    });
  });

  it('may begin with a byte order mark', () => {
    expect(readPolicyFile(written(`\uFEFF${sound}`)).kind).toBe('policy');
  });

  it('is named in each fault', () => {
    const file = written(sound.replace('observe', 'watch'));
    expect(readPolicyFile(file)).toEqual({
      kind: 'errors',
      errors: [{ file, line: 1, column: 7, message: 'mode is watch, which is none of observe, approve and act' }],
    });
  });

  it('is refused when it is not there', () => {
    expect(messageOf(join(folder, 'none.yaml'))).toContain('the policy cannot be read: ENOENT');
  });

  it('is refused when it is a folder', () => {
    expect(messageOf(folder)).toContain('the policy cannot be read: EISDIR');
  });

  it('is refused when it is longer than 1 MB', () => {
    expect(messageOf(written(`${sound}${'#'.repeat(1_000_000)}`))).toBe('the policy is longer than 1000000 bytes');
  });

  it('is refused when it is not UTF-8', () => {
    expect(messageOf(written(Buffer.concat([Buffer.from(sound), Buffer.from([0xe4, 0x0a])])))).toBe(
      'the policy is not text in UTF-8: save it in that encoding',
    );
  });
});

describe('the text of a policy', () => {
  it('is held to the same length', () => {
    expect(readPolicyFrom('ä'.repeat(500_001), 'text')).toMatchObject({
      kind: 'errors',
      errors: [{ file: 'text', message: 'the policy is longer than 1000000 bytes' }],
    });
  });

  it('has its windows checked against a calendar', () => {
    const windows = "windows: [{ name: x, cron: '0 25 * * *', timezone: Mars/Base, for: 1h, then: observe }]";
    const reading = readPolicyFrom(sound + windows, 'text');
    expect(reading.kind === 'errors' && reading.errors.map(({ line, column }) => [line, column])).toEqual([
      [5, 28],
      [5, 52],
    ]);
  });
});
