import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { compilePolicy } from '../runtime/compiled-policy';
import { readPolicyFrom } from '../runtime/policy-file';

const leanClients = createRequire(__filename)('../bin/lean-clients') as (root: string) => Plugin;
const root = join(__dirname, '..');
const folder = join(root, 'dist/bench');

/** What is measured, each an `index.js` in a folder of its own. */
export interface Bundles {
  /** Homeostat's, with a policy that lets AWS heal first, and with one that acts at once. */
  readonly waiting: string;
  readonly acting: string;
  /** The bare function, bundled with the same settings of esbuild. */
  readonly bare: string;
  /** The same, and with the plugin that makes Homeostat's clients lean. */
  readonly bareLean: string;
  /** The bare function as it is, with the SDK in `node_modules`. */
  readonly bareUnbundled: string;
}

const ruleWith = (wait: string): string => `mode: act
limits:
  account: { atOnce: 1000, perHour: 1000 }
  storm: { group: 100, zone: 100, region: 100 }
rules:
  - name: instances
    on: [ec2-instance-impaired]
    ${wait}
    try: [reboot-instance, replace-instance]
    verify: { within: 10m, healthyFor: 3m }
    limits: { atOnce: 1000, perHour: 1000 }
    escalate: [oncall]
contacts: { oncall: { topic: 'arn:aws:sns:eu-central-1:111122223333:oncall' } }
`;

/** Makes them anew. The bundle of Homeostat is the one that is deployed, but for its policy. */
export async function makeBundles(): Promise<Bundles> {
  const at = (name: string): string => join(folder, name, 'index.js');
  mkdirSync(folder, { recursive: true });
  const waiting = join(folder, 'waiting');
  const policy = join(folder, 'waiting.yaml');
  writeFileSync(policy, ruleWith('wait: 2m'));
  execFileSync(process.execPath, [join(root, 'bin/bundle.js'), '--policy', policy, '--out', waiting], { cwd: root });
  rmSync(join(folder, 'acting'), { recursive: true, force: true });
  cpSync(waiting, join(folder, 'acting'), { recursive: true });
  writeFileSync(join(folder, 'acting/policy.json'), compiled(ruleWith('')));
  const settings: BuildOptions = {
    entryPoints: [join(__dirname, 'bare-lambda.ts')],
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
  };
  // As bin/bundle.js has it.
  const same: BuildOptions = { minify: true, mainFields: ['module', 'main'], legalComments: 'none' };
  await build({ ...settings, ...same, outfile: at('bare') });
  await build({ ...settings, ...same, plugins: [leanClients(root)], outfile: at('bare-lean') });
  await build({ ...settings, packages: 'external', outfile: at('bare-unbundled') });
  return {
    waiting: at('waiting'),
    acting: at('acting'),
    bare: at('bare'),
    bareLean: at('bare-lean'),
    bareUnbundled: at('bare-unbundled'),
  };
}

function compiled(yaml: string): string {
  const read = readPolicyFrom(yaml, 'bench');
  if (read.kind === 'errors') throw new Error(read.errors.map(({ message }) => message).join('; '));
  return compilePolicy(read.policy);
}

/** Sizes in bytes. */
export interface BundleSize {
  /** Every file of it that holds code. */
  readonly raw: number;
  readonly zipped: number;
  /** What is evaluated as the function is loaded, before a first message: all that no dynamic import stands before. */
  readonly eager: number;
}

export function sizeOfHomeostat(index: string): BundleSize {
  const { outputs } = JSON.parse(readFileSync(join(folder, 'lambda-metafile.json'), 'utf8')) as Metafile;
  const named = new Map(Object.entries(outputs).map(([path, output]) => [basename(path), output]));
  const eager = new Set<string>();
  const waiting = [basename(index)];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (eager.has(name)) continue;
    eager.add(name);
    for (const { path, kind } of named.get(name)?.imports ?? []) {
      if (kind !== 'dynamic-import' && named.has(basename(path))) waiting.push(basename(path));
    }
  }
  const at = dirname(index);
  const scripts = readdirSync(at).filter((name) => name.endsWith('.js'));
  return {
    ...sizeOf(scripts.map((name) => join(at, name))),
    eager: sizeOf([...eager].map((name) => join(at, name))).raw,
  };
}

export function sizeOfBare(index: string): BundleSize {
  const size = sizeOf([index]);
  return { ...size, eager: size.raw };
}

function sizeOf(files: readonly string[]): { readonly raw: number; readonly zipped: number } {
  const contents = files.map((file) => readFileSync(file));
  return {
    raw: contents.reduce((all, { byteLength }) => all + byteLength, 0),
    zipped: contents.reduce((all, bytes) => all + gzipSync(bytes, { level: 9 }).byteLength, 0),
  };
}
