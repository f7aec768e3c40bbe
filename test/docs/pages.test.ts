import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { parse } from 'yaml';
import { registerAcknowledge } from '../../cli/acknowledge';
import { registerApprove } from '../../cli/approve';
import { registerBacktest } from '../../cli/backtest';
import { registerCheck } from '../../cli/check';
import { registerDeny } from '../../cli/deny';
import { registerExplain } from '../../cli/explain';
import { registerDoctor } from '../../cli/doctor';
import { registerEvents } from '../../cli/events';
import { registerGraph } from '../../cli/graph';
import { registerHold } from '../../cli/hold';
import { registerIncident } from '../../cli/incident';
import { registerIncidents } from '../../cli/incidents';
import { registerNew } from '../../cli/new';
import { registerRecord } from '../../cli/record';
import { registerReplay } from '../../cli/replay';
import { registerReport } from '../../cli/report';
import { registerSimulate } from '../../cli/simulate';
import { registerStart } from '../../cli/start';
import { registerTestEventPattern } from '../../cli/test-event-pattern';
import { readPolicyFrom } from '../../runtime/policy-file';
import { readDescription } from '../../simulator/account-schema';
import { commandLines, pages, root, type Page } from './pages';

const all = pages();
const decisions = all.filter(({ path }) => /decisions\/\d/.test(path));
const of = <T>(what: (page: Page) => readonly T[]): [string, T][] =>
  all.flatMap((page) => what(page).map((one): [string, T] => [page.path, one]));

const registers = [
  registerStart,
  registerRecord,
  registerReplay,
  registerBacktest,
  registerSimulate,
  registerExplain,
  registerCheck,
  registerTestEventPattern,
  registerGraph,
  registerIncidents,
  registerIncident,
  registerApprove,
  registerDeny,
  registerAcknowledge,
  registerReport,
  registerHold,
  registerDoctor,
  registerEvents,
  registerNew,
];

const prose = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, '');
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const linksIn = ({ text }: Page): string[] =>
  [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^https?:/.test(link));

/** Promises that a page links to their test by its name. */
const promisesIn = ({ text }: Page): [string, string][] =>
  [...prose(text).matchAll(/\[([^\]]+)\]\(\.\.\/(test\/[^)]+\.test\.ts)\)/g)].map(
    ([, name = '', file = '']): [string, string] => [name, file],
  );

/** The anchors that GitHub gives to the headings of a page. */
function anchorsOf(text: string): string[] {
  return [...prose(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test.each(of((page) => [...new Set(linksIn(page))]))('in %s the link %s leads somewhere', (path, link) => {
  const [file = '', anchor] = link.split('#');
  const target = join(root, file === '' ? path : join(dirname(path), file));
  expect(existsSync(target)).toBe(true);
  const anchors = anchor === undefined ? [undefined] : anchorsOf(readFileSync(target, 'utf8'));
  expect(anchors).toContain(anchor);
});

test.each(
  of(({ blocks }) => blocks.filter(({ language }) => language === 'ts')).map(
    ([path, block], index) => [path, block.of, index, block.text] as const,
  ),
)('%s quotes %s as it is (%i)', (_path, quoted, _index, text) => {
  expect(readFileSync(join(root, quoted), 'utf8')).toContain(text);
});

test.each(
  pages()
    .filter(({ path }) => path === 'docs/guarantees.md')
    .flatMap(promisesIn),
)('that it "%s" is tested in %s', (name, file) => {
  expect(readFileSync(join(root, file), 'utf8')).toMatch(new RegExp(`['"\`]${escaped(name)}['"\`]`));
});

/** The command that a line would run, by the program's own words and options. Throws for a line that it does not take. */
async function commandOf(line: string): Promise<string> {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word = '']) => quoted ?? word).slice(1);
  const program = new Command().exitOverride();
  for (const register of registers) register(program);
  let run = words[0] === '--help' ? '--help' : '';
  const listen = (command: Command, name: string): void => {
    command.exitOverride().configureOutput({ writeErr: () => undefined });
    if (command.commands.length > 0) for (const part of command.commands) listen(part, name);
    else
      command.action(() => {
        run = name;
      });
  };
  for (const command of program.commands) listen(command, command.name());
  if (run === '') await program.parseAsync(words, { from: 'user' });
  return run;
}

test.each(of(commandLines))('%s shows a command that there is: %s', async (_path, line) => {
  expect(await commandOf(line)).toBe(line.split(' ')[1]);
});

test('the pages show commands and scripts', () => {
  const scripts = Object.keys(
    (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }).scripts,
  );
  const shown = of(({ text }) => [...text.matchAll(/npm run ([\w:]+)/g)].map(([, script = '']) => script));
  expect(shown.filter(([, script]) => !scripts.includes(script))).toEqual([]);
  expect(of(commandLines).length).toBeGreaterThan(8);
});

test('every policy and every account that the pages show can be used', () => {
  const shown = of(({ blocks }) => blocks.filter(({ language }) => language === 'yaml'));
  const [accounts, policies] = [true, false].map((is) =>
    shown.filter(([, block]) => (block.of === 'account.yaml') === is),
  );
  expect(accounts?.map(([, { text }]) => readDescription(parse(text)).account)).toEqual(['111122223333']);
  expect(policies?.map(([path, { text }]) => readPolicyFrom(text, path))).toMatchObject([
    { kind: 'policy', warnings: [] },
  ]);
});

test('decisions are numbered without a gap, listed, and short', () => {
  const numbers = decisions.map(({ path }) => Number(/\/(\d{4})-/.exec(path)?.[1]));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  const list = all.find(({ path }) => path === 'docs/decisions/README.md');
  for (const { path, text } of decisions) {
    const number = Number(/\/(\d{4})-/.exec(path)?.[1]);
    expect(text).toMatch(
      new RegExp(`^# ${number}\\. .+\\n\\n## Context\\n[^#]+## Decision\\n[^#]+## Consequences\\n[^#]+$`),
    );
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
    const title = text.slice(2, text.indexOf('\n')).replace(/^\d+\. /, '');
    expect(list?.text).toContain(`${number}. [${title}](${path.replace('docs/decisions/', '')})`);
  }
});
