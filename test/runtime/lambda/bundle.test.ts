import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment, pageEnvironment } from './environment';

const root = join(__dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'homeostat-bundle-'));
const out = join(folder, 'lambda');

function bundle(): Record<string, string> {
  execFileSync(process.execPath, [join(root, 'bin', 'bundle.js'), '--out', out], { encoding: 'utf8' });
  return Object.fromEntries(readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]));
}

/** Runs a script in a process of its own, as Lambda would; answers what it prints last. */
function run(script: string, told: Readonly<Record<string, string>> = environment): unknown {
  const printed = execFileSync(process.execPath, ['-e', script], { cwd: out, env: told, encoding: 'utf8' });
  return JSON.parse(printed.trimEnd().split('\n').at(-1) ?? '');
}

const context = '{ getRemainingTimeInMillis: () => 60000 }';

describe('the bundle', () => {
  let files: Record<string, string> = {};
  beforeAll(() => {
    files = bundle();
  }, 60_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('loads as Lambda loads it, and takes a batch', () => {
    const script = `require('./index.js').work({ Records: [] }, ${context}).then((answer) => console.log(JSON.stringify(answer)))`;
    expect(run(script)).toEqual({ batchItemFailures: [] });
  });

  it('gives back what is no event, in one process with nothing but its environment', () => {
    const record = "{ messageId: 'm1', body: 'x', attributes: { ApproximateReceiveCount: '1' } }";
    const script = `require('./index.js').work({ Records: [${record}] }, ${context}).then((answer) => console.log(JSON.stringify(answer)))`;
    expect(run(script)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
  });

  it('answers a browser, in one process with nothing but its environment', () => {
    const call = "{ rawPath: '/', isBase64Encoded: false, requestContext: { http: { method: 'GET' } } }";
    const script = `require('./index.js').answer(${call}).then(({ statusCode }) => console.log(JSON.stringify(statusCode)))`;
    expect(run(script, pageEnvironment)).toBe(404);
  });

  it('loads without any setting, and says in the first call what is missing', () => {
    const script = `require('./index.js').sweep({}, ${context}).catch((error) => console.log(JSON.stringify(error.message)))`;
    expect(run(script, {})).toContain('HOMEOSTAT_TABLE is not set');
  });

  it('reads no client of the SDK before a call to one is made', () => {
    const script = `
      const { work } = require('./index.js');
      work({ Records: [] }, ${context}).then(() => console.log(JSON.stringify(Object.keys(require.cache).map((file) => require('path').basename(file)))));`;
    const loaded = run(script) as string[];
    const read = loaded.map((name) => `${name}.map`).flatMap((name) => sourcesOf(files[name]));
    expect(loaded).toContain('index.js');
    expect(read.filter((source) => /@aws-sdk|@smithy/.test(source))).toEqual([]);
    expect(read.some((source) => source.endsWith('runtime/lambda/composition.ts'))).toBe(true);
  });

  it('holds neither the simulator, nor YAML, nor a compiler, nor a test', () => {
    const sources = Object.entries(files).flatMap(([name, text]) => (name.endsWith('.map') ? sourcesOf(text) : []));
    const strays =
      /\/(simulator|replay|cli|infra|test)\/|node_modules\/(yaml|typescript|commander|@swc|@aws-lambda-powertools)\//;
    expect(sources.filter((source) => strays.test(source.replace(/.*node_modules/, 'node_modules')))).toEqual([]);
  });

  it('is the same each time it is made', () => {
    expect(bundle()).toEqual(files);
  }, 60_000);
});

function sourcesOf(map: string | undefined): string[] {
  return map === undefined ? [] : (JSON.parse(map) as { sources: string[] }).sources;
}
