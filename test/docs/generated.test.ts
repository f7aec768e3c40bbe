import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawMachine } from '../../statemachines/graph';
import { states } from '../../statemachines/incident';
import { remediationFiles } from '../remediations/files';
import { regenerated } from './generated';
import { pageAt, pages, root } from './pages';

const withGenerated = pages().filter(({ text }) => /^<!-- generated: |^```console$/m.test(text));

test.each(withGenerated.map(({ path, text }) => [path, text]))(
  '%s says what the code says: run `npm run docs` if not',
  async (_path, text) => {
    expect(text).toBe(await regenerated(text));
  },
  60_000,
);

test('a part that nobody has generated yet is generated, and is not taken for right', async () => {
  const bare = 'before\n\n<!-- generated: guards -->\n<!-- end -->\n\nafter\n';
  const made = await regenerated(bare);
  expect(made).toContain('| guard |');
  expect(await regenerated(made)).toBe(made);
});

test('a part without an end is told, and swallows nothing', async () => {
  const open = '<!-- generated: guards -->\n<!-- end generated -->\n\n<!-- generated: faults -->\n<!-- end -->\n';
  await expect(regenerated(open)).rejects.toThrow('<!-- generated: guards --> has no <!-- end -->');
});

test.each(remediationFiles.map(({ name, system }) => [name, system]))(
  '%s is described in the page of its system',
  (name, system) => {
    expect(pageAt(`docs/remediations/${system}.md`).text).toContain(`\n## \`${name}\`\n`);
  },
);

test('the timeline in the README is what its recording expects', () => {
  const { blocks } = pageAt('README.md');
  const shown = blocks.find(({ text }) => text.startsWith('$ npx homeostat replay test/recordings/'));
  const [command = '', ...output] = shown?.text.split('\n') ?? [];
  const expected = join(root, command.replace('$ npx homeostat replay ', ''), 'expected.txt');
  expect(readFileSync(expected, 'utf8').trim()).toBe(output.join('\n').trim());
});

test('the drawing has every state, and nothing that Mermaid would stumble over', () => {
  const drawn = drawMachine().trimEnd().split('\n').slice(1);
  expect(states.filter((state) => !drawn.some((line) => line.startsWith(`  ${state} --> `)))).toEqual([]);
  const arrow = /^ {2}(\[\*\]|\w+) --> (\[\*\]|\w+)(: [^:;\n]+)?$/;
  const description = /^ {2}\w+: [^:;\n]+$/;
  expect(drawn.filter((line) => !arrow.test(line) && !description.test(line))).toEqual([]);
});
