import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { remediations } from '../../remediations';
import { conditions } from '../../signals/conditions';
import { resourceKinds, type ResourceKind } from '../../signals/signal';
import { vitalsOf } from '../../vitals';
import { failed, fine, type CommandResult } from '../command-result';
import { registered } from './registered';
import { account, alarmEvent, region, sampleIds } from './sick-resource';

/** What the author has said of it. */
export interface NewRemediation {
  readonly name: string;
  /** Kind of resource. */
  readonly takes: string;
  readonly heals?: string;
  /** Folder of `remediations/`. */
  readonly system?: string;
}

const nameShape = z
  .string()
  .regex(/^[a-z]+(-[a-z0-9]+)+$/)
  .max(40);

/** Writes the files of a new remediation into the clone at `root`; nothing where one of them is there already. */
export async function newRemediation(root: string, asked: NewRemediation): Promise<CommandResult> {
  const list = join(root, 'remediations/index.ts');
  if (!existsSync(list)) return failed(`${list} is missing: run this in a clone of Homeostat, which holds its sources`);
  const { name } = asked;
  if (!nameShape.safeParse(name).success) {
    return usage(`"${name}" is no name: say what it does, in kebab-case and at most 40 letters, such as restart-proxy`);
  }
  if (remediations.some((known) => known.name === name)) return usage(`there is a remediation ${name} already`);
  const kind = resourceKinds.find((known) => known === asked.takes);
  if (!kind || !vitalsOf(kind)) {
    const known = resourceKinds.filter((one) => vitalsOf(one));
    return usage(`nothing looks at a "${asked.takes}" yet: take one of ${known.join(', ')}, or write its vitals first`);
  }
  const fitting = conditions.filter(({ of }) => (of as readonly ResourceKind[]).includes(kind)).map((one) => one.name);
  const condition = fitting.find((one) => one === (asked.heals ?? fitting[0]));
  if (condition === undefined) {
    return usage(`"${asked.heals ?? ''}" is said of no ${kind}: heal one of ${fitting.join(', ')}, or add it first`);
  }
  const system = asked.system ?? systemOf(root, kind);
  if (system === undefined || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(system)) {
    return usage(`name the folder of remediations/ that it goes to: --system ${folders(root).join(' | ')} | a new one`);
  }
  return write(root, list, { name, kind, condition, system });
}

interface Decided {
  readonly name: string;
  readonly kind: ResourceKind;
  readonly condition: string;
  readonly system: string;
}

async function write(root: string, list: string, decided: Decided): Promise<CommandResult> {
  const { name, kind, condition, system } = decided;
  const id = sampleIds[kind];
  const fill = filler({ ...decided, ...vitalsFile(root, kind), id, account, region });
  const recording = `test/recordings/${name}`;
  const event = await alarmEvent(kind, id, condition);
  const files = new Map([
    [`remediations/${system}/${name}.ts`, fill('remediation')],
    [`test/remediations/${system}/${name}.scenario.ts`, fill('scenario')],
    [`test/remediations/${system}/${name}.test.ts`, fill('test')],
    [`${recording}/policy.yaml`, fill('policy')],
    [`${recording}/events.jsonl`, event === undefined ? '' : `${event}\n`],
  ]);
  const there = [...files.keys()].find((file) => existsSync(join(root, file)));
  if (there !== undefined) return usage(`${there} is there already: nothing was written`);
  const listed = registered(readFileSync(list, 'utf8'), name, `./${system}/${name}`);
  for (const [file, text] of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text, { flag: 'wx' });
  }
  writeFileSync(list, listed);
  return fine(
    [
      'Written:',
      ...[...files.keys()].map((file) => `  ${file}`),
      '  remediations/index.ts: its line in the list',
      '',
      ...(event === undefined
        ? [`No alarm of AWS's own metrics tells of ${condition}: put the events into ${recording}/events.jsonl.`]
        : []),
      'What only you can decide is marked DECIDE; docs/writing-a-remediation.md walks through one. What is left is listed by',
      `npx jest test/remediations/contract -t "^${name} " --verbose=false`,
    ].join('\n'),
  );
}

function filler(values: Decided & Readonly<Record<string, string>>): (template: string) => string {
  const words = values.name.split('-');
  const title = `${(words[0] ?? '').charAt(0).toUpperCase()}${words.join(' ').slice(1)}`;
  const exported = values.name.replace(/-(\w)/g, (_all, letter: string) => letter.toUpperCase());
  const all = new Map(Object.entries({ ...values, title, export: exported }));
  return (template) =>
    readFileSync(join(__dirname, 'templates', `${template}.txt`), 'utf8').replace(
      /\{\{(\w+)\}\}/g,
      (_all, key: string) => all.get(key) ?? key,
    );
}

/** How the vitals of a kind are imported. Throws where the list of vitals is not as it was. */
function vitalsFile(root: string, kind: ResourceKind): { readonly vitals: string; readonly vitalsFile: string } {
  const list = readFileSync(join(root, 'vitals/index.ts'), 'utf8');
  for (const [, vitals = '', file = ''] of list.matchAll(/^import \{ (\w+) \} from '\.\/([\w/-]+)';$/gm)) {
    const text = readFileSync(join(root, 'vitals', `${file}.ts`), 'utf8');
    if (text.includes(`export const ${vitals} = defineVitals({\n  kind: '${kind}',`))
      return { vitals, vitalsFile: file };
  }
  throw new Error(`no line of vitals/index.ts imports the vitals of ${kind}`);
}

function folders(root: string): readonly string[] {
  return readdirSync(join(root, 'remediations'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/** The folder of the first remediation that takes this kind. */
function systemOf(root: string, kind: ResourceKind): string | undefined {
  const others = remediations.filter(({ takes }) => takes.includes(kind));
  return others.flatMap(({ name }) =>
    folders(root).filter((folder) => existsSync(join(root, 'remediations', folder, `${name}.ts`))),
  )[0];
}

function usage(message: string): CommandResult {
  return { status: 2, out: '', err: `homeostat: ${message}` };
}
