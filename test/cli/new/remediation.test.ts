import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as ts from 'typescript';
import { newRemediation, type NewRemediation } from '../../../cli/new/remediation';
import { readEvent } from '../../../signals';

const root = join(__dirname, '../../..');

/** As much of a clone as the command reads. */
function clone(): string {
  const folder = mkdtempSync(join(tmpdir(), 'new-'));
  for (const room of ['remediations', 'vitals']) cpSync(join(root, room), join(folder, room), { recursive: true });
  return folder;
}

describe('homeostat new remediation', () => {
  const clones: string[] = [];
  const write = async (asked: Partial<NewRemediation> = {}, folder = clone()) => {
    clones.push(folder);
    const result = await newRemediation(folder, { name: 'restart-proxy', takes: 'ec2-instance', ...asked });
    const text = (file: string): string => readFileSync(join(folder, file), 'utf8');
    return { ...result, folder, text };
  };
  afterAll(() => {
    for (const folder of clones) rmSync(folder, { recursive: true });
  });

  it('writes the file, its scenario, its test and its recording, and one line into the list', async () => {
    const { status, out, text } = await write();
    expect(status).toBe(0);
    for (const [, file = ''] of out.matchAll(/^ {2}(\S+\.\w+)$/gm)) expect(text(file)).not.toBe('');
    const before = readFileSync(join(root, 'remediations/index.ts'), 'utf8').split('\n');
    const added = text('remediations/index.ts')
      .split('\n')
      .filter((line) => !before.includes(line));
    expect(added).toEqual([
      "import { restartProxy } from './ec2/restart-proxy';",
      '  restartProxy, // DECIDE: its place, the gentlest of each kind first, and why',
    ]);
  });

  it('what it writes compiles in the clone', async () => {
    const { folder, out } = await write({ takes: 'db-instance', heals: 'db-overloaded' });
    const written = [...out.matchAll(/^ {2}(\S+\.ts)$/gm)].map(([, file = '']) => file);
    expect(written).toHaveLength(3);
    expect(problemsOf(written, folder)).toEqual([]);
  }, 120_000);

  it.each([
    ['ec2-instance', 'ec2-host-impaired'],
    ['target-group', 'target-erroring'],
    ['db-cluster', 'db-writer-unhealthy'],
  ])('the recorded event of a %s tells of %s, and its policy tries the remediation on that', async (takes, heals) => {
    const { text } = await write({ takes, heals });
    const event: unknown = JSON.parse(text('test/recordings/restart-proxy/events.jsonl'));
    expect(readEvent(event, { accounts: 'any', regions: 'any' })).toMatchObject({
      kind: 'signals',
      signals: [{ kind: 'unhealthy', condition: heals, resource: { kind: takes } }],
    });
    expect(text('test/recordings/restart-proxy/policy.yaml')).toContain(`on: [${heals}]\n    try: [restart-proxy: `);
  });

  it.each<[Partial<NewRemediation>, RegExp]>([
    [{ name: 'Restart Proxy' }, /"Restart Proxy" is no name: say what it does, in kebab-case/],
    [{ name: '../../etc/x-y' }, /is no name/],
    [{ name: 'reboot-instance' }, /there is a remediation reboot-instance already/],
    [{ takes: 'toaster' }, /nothing looks at a "toaster" yet: take one of ec2-instance, /],
    [{ heals: 'db-overloaded' }, /"db-overloaded" is said of no ec2-instance: heal one of ec2-instance-impaired, /],
    [{ system: '../outside' }, /name the folder of remediations\/ that it goes to: --system /],
  ])('writes nothing for %j', async (asked, reason) => {
    const { status, err, folder } = await write(asked);
    expect([status, err]).toEqual([2, expect.stringMatching(reason)]);
    expect(existsSync(join(folder, 'test'))).toBe(false);
  });

  it('writes nothing over what is there', async () => {
    const folder = clone();
    const there = 'test/recordings/restart-proxy/policy.yaml';
    mkdirSync(dirname(join(folder, there)), { recursive: true });
    cpSync(join(root, 'package.json'), join(folder, there));
    const { status, err } = await write({}, folder);
    expect([status, err]).toEqual([2, expect.stringContaining(`${there} is there already: nothing was written`)]);
    expect(existsSync(join(folder, 'remediations/ec2/restart-proxy.ts'))).toBe(false);
  });

  it('says where it belongs when it is run outside of a clone', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'new-'));
    const { status, err } = await write({}, empty);
    expect([status, err]).toEqual([1, expect.stringContaining('run this in a clone of Homeostat')]);
  });
});

/** What the compiler says of these files, as if they stood in this clone. */
function problemsOf(files: readonly string[], folder: string): readonly string[] {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  // Most of what the SDK's types are made of, and nothing of it bears on a type.
  host.jsDocParsingMode = ts.JSDocParsingMode.ParseNone;
  const laid = new Map(files.map((file) => [join(root, file), join(folder, file)]));
  const program = ts.createProgram(
    [...laid.keys()],
    { ...options, noEmit: true },
    {
      ...host,
      fileExists: (file) => laid.has(file) || host.fileExists(file),
      readFile: (file) => host.readFile(laid.get(file) ?? file),
      getSourceFile: (file, ...rest) => {
        const from = laid.get(file);
        return from === undefined
          ? host.getSourceFile(file, ...rest)
          : ts.createSourceFile(file, readFileSync(from, 'utf8'), ts.ScriptTarget.Latest, true);
      },
    },
  );
  return [...laid.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  });
}
