import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { remediations } from '../../remediations';
import { anyCondition, type Remediation } from '../../remediations/remediation';
import { drawMachine } from '../../statemachines/graph';
import { root } from './pages';

/** What stands between `<!-- generated: name -->` and `<!-- end -->`, by name. */
const parts: Readonly<Record<string, () => string>> = {
  remediations: remediationTable,
  machine: () => ['```mermaid', drawMachine().trimEnd(), '```'].join('\n'),
};

const generatedPart = /(<!-- generated: (\S+) -->\n)[\s\S]*?(\n<!-- end -->)/g;
const transcript = /(^```console\n\$ (.+)\n)[\s\S]*?(^```$)/gm;

/** A page with its generated parts made anew, and each `console` block with what its command prints today. */
export async function regenerated(text: string): Promise<string> {
  const made = text.replace(generatedPart, (_all, before: string, name: string, after: string) => {
    const part = parts[name];
    if (!part) throw new Error(`no part of the docs is named ${name}; there are ${Object.keys(parts).join(', ')}`);
    return `${before}\n${part()}\n${after}`;
  });
  const outputs = new Map<string, string>();
  for (const [, , command = ''] of made.matchAll(transcript)) outputs.set(command, await outputOf(command));
  return made.replace(transcript, (_all, before: string, command: string, after: string) => {
    return `${before}${outputs.get(command) ?? ''}${after}`;
  });
}

/** What a command line prints, run as in a clone. */
async function outputOf(command: string): Promise<string> {
  const line = command.replaceAll('npx homeostat', 'node bin/homeostat.js');
  const { stdout } = await promisify(execFile)('sh', ['-c', line], { cwd: root });
  return stdout.replace(/[ \t]+$/gm, '');
}

function remediationTable(): string {
  const rows = remediations.map((remediation) => [
    `[\`${remediation.name}\`](remediations/${remediation.name}.ts)`,
    healed(remediation),
    remediation.risk,
    remediation.needsApproval ? 'yes' : 'no',
    `**When:** ${remediation.when} **Not when:** ${remediation.whenNot}`,
  ]);
  const heads = ['remediation', 'heals', 'risk', 'asks first', 'when, and when not'];
  const table = [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  // Aligned, its cells would be mostly spaces.
  return ['<!-- prettier-ignore -->', ...table].join('\n');
}

function healed({ heals }: Remediation): string {
  if (heals.includes(anyCondition)) return 'what the policy says';
  return heals.map((condition) => `\`${condition}\``).join(', ');
}
