import { execFile } from 'node:child_process';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { defaultPolicyFile, policyFrom } from '../../cli/policy-option';
import { faultClasses, faultKinds, faultNames } from '../../proof/faults/catalogue';
import { invariants } from '../../proof/invariants';
import { mutations } from '../../proof/mutations';
import { blindSpots } from '../../proof/mutations/blind-spots';
import type { Mutation } from '../../proof/mutations/mutation';
import { remediations } from '../../remediations';
import { anyCondition, type Remediation } from '../../remediations/remediation';
import { readRecorded } from '../../replay/recorded-events';
import { findRecordings } from '../../replay/recording';
import { settingFor } from '../../replay/recording-replay';
import { setStage } from '../../replay/stage';
import { emailOf, subjectOf } from '../../runtime/escalation/email';
import { messageFor } from '../../runtime/escalation/message';
import type { HistoryEntry } from '../../runtime/store/incident-store';
import { guards } from '../../statemachines/guards';
import { drawMachine } from '../../statemachines/graph';
import { contractCases } from '../emulators/contract/cases';
import { disagreements } from '../emulators/disagreements';
import { fileOf } from '../remediations/files';
import { root } from './pages';
import { coverageTable, systemPage } from './remediation-tables';
import { tableOf } from './table';

/** What stands between `<!-- generated: name -->` and `<!-- end -->`, by name. */
const parts: Readonly<Record<string, () => string | Promise<string>>> = {
  remediations: remediationTable,
  coverage: coverageTable,
  agreements: agreementTable,
  disagreements: disagreementTable,
  guards: guardTable,
  faults: faultTable,
  invariants: invariantTable,
  mutations: () => mutationTable(mutations),
  'blind-spots': () => mutationTable(blindSpots),
  machine: () => fenced('mermaid', drawMachine()),
  message: async () => fenced('text', await firstCall('test/recordings/nothing-helps-escalated')),
  // Loaded when asked for: they synthesise a stack.
  'permissions-of-roles': async () => (await import('../permissions/tables')).tableOfRoles(),
  'permissions-of-functions': async () => (await import('../permissions/tables')).tableOfFunctions(),
  'permissions-of-page': async () => (await import('../permissions/tables')).tableOfPage(),
  'permissions-without-consent': async () => (await import('../permissions/tables')).tableOfExceptions(),
  'permissions-never': async () => (await import('../permissions/tables')).tableOfNeverCalls(),
};

const generatedPart = /(<!-- generated: (\S+) -->\n)(?:(?!<!-- generated: )[\s\S])*?(<!-- end -->)/g;
const transcript = /(^```console\n\$ (.+)\n)[\s\S]*?(^```$)/gm;

/** A page with its generated parts made anew, and each `console` block with what its command prints today. */
export async function regenerated(text: string): Promise<string> {
  const open = text.replace(generatedPart, '').match(/<!-- generated: .*/);
  if (open) throw new Error(`${open[0]} has no <!-- end --> before the next part or the end of the page`);
  const bodies = new Map<string, string>();
  for (const [, , name = ''] of text.matchAll(generatedPart)) {
    const [, system] = /^system-(.+)$/.exec(name) ?? [];
    const part = system === undefined ? parts[name] : () => systemPage(system);
    if (!part) throw new Error(`no part of the docs is named ${name}; there are ${Object.keys(parts).join(', ')}`);
    bodies.set(name, await part());
  }
  const made = text.replace(generatedPart, (_all, before: string, name: string, after: string) => {
    return `${before}\n${bodies.get(name) ?? ''}\n\n${after}`;
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

/** Each guard, what it keeps from starting, and the settings of a policy that it keeps. */
function guardTable(): string {
  const rows = guards.map(({ name, when, enforces }) => [
    `[${name}](../statemachines/guards/${name}.ts)`,
    when,
    enforces.map((setting) => `\`${setting}\``).join(', '),
  ]);
  return tableOf(['guard', 'nothing starts', 'keeps to'], rows);
}

/** What goes wrong in a simulated world, by where it strikes. */
function faultTable(): string {
  const rows = faultClasses.flatMap((where) =>
    faultNames
      .filter((name) => faultKinds[name].class === where)
      .map((name) => [where, `\`${name}\``, faultKinds[name].what]),
  );
  return tableOf(['where', 'fault', 'it happens that …'], rows);
}

function invariantTable(): string {
  const numberOf = (id: string): number => Number(id.slice(1));
  const sorted = [...invariants].sort((one, other) => numberOf(one.id) - numberOf(other.id));
  return tableOf(
    ['', 'it holds that …'],
    sorted.map(({ id, promise }) => [id, promise]),
  );
}

/** Bugs that the simulation finds, or does not; after how many seeds, its command tells. */
function mutationTable(planted: readonly Mutation[]): string {
  const rows = planted.map(({ name, what, file, breaks }) => [
    `\`${name}\``,
    what,
    `[${basename(file)}](../${file})`,
    breaks.join(', '),
  ]);
  return tableOf(['mutation', 'the bug', 'planted into', 'told by'], rows);
}

const fenced = (language: string, text: string): string => ['```' + language, text.trimEnd(), '```'].join('\n');

/** What people get by e-mail when a recording first comes to call them. */
async function firstCall(path: string): Promise<string> {
  const [recording] = await findRecordings([join(root, path)]);
  if (!recording) throw new Error(`there is no recording ${path}`);
  const setting = await settingFor(policyFrom(recording.policyFile ?? defaultPolicyFile), recording.accountFile);
  const events: unknown[] = [];
  for await (const one of readRecorded(recording.files)) if (one.kind === 'event') events.push(one.event);
  const begin = Date.parse((events[0] as { time: string }).time);
  const history: HistoryEntry[] = [];
  const told: string[] = [];
  const stage = setStage(begin, {
    ...setting,
    onCommit: ({ incident, entries }) => {
      history.push(...entries);
      // The intent to call is committed before the call: what is known now is what the message tells.
      if (incident.state === 'escalating') {
        const message = messageFor('escalated', incident, history);
        told.push(`Subject: ${subjectOf(message)}\n\n${emailOf(message)}`);
      }
    },
  });
  for (const event of events) await stage.play(event);
  await stage.clock.runUntil(begin + 24 * 3_600_000);
  const [first] = told;
  if (first === undefined) throw new Error(`${path} calls nobody`);
  return first;
}

/** Each operation, and in how many of its contract cases who does what AWS does. */
function agreementTable(): string {
  const operations = [...new Set(contractCases.map(({ operation }) => operation))];
  const rows = operations.map((operation) => {
    const all = contractCases.filter((one) => one.operation === operation).length;
    const held = (['moto', 'ministack'] as const).map((name) => {
      const not = disagreements.filter((row) => row.operation === operation && row.emulator === name).length;
      return `${all - not} of ${all}`;
    });
    return [`\`${operation}\``, `${all} of ${all}`, ...held];
  });
  return tableOf(['operation', 'simulated account', 'moto', 'ministack'], rows);
}

function disagreementTable(): string {
  const rows = disagreements.map(({ operation, emulator, case: name, reason }) => {
    return [`\`${operation}\``, emulator, name, reason];
  });
  return tableOf(['operation', 'emulator', 'what does not hold there', 'because'], rows);
}

function remediationTable(): string {
  const rows = remediations.map((remediation) => [
    `[\`${remediation.name}\`](remediations/${fileOf(remediation.name).system}/${remediation.name}.ts)`,
    healed(remediation),
    remediation.risk,
    remediation.needsApproval ? 'yes' : 'no',
    remediation.title,
  ]);
  return tableOf(['remediation', 'heals', 'risk', 'asks first', 'what it does'], rows);
}

function healed({ heals }: Remediation): string {
  if (heals.includes(anyCondition)) return 'what the policy says';
  return heals.map((condition) => `\`${condition}\``).join(', ');
}
