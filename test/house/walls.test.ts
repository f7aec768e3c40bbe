import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** File, planted line, and what lint must say of it. */
const walls: [string, string, string][] = [
  ['signals/time.ts', "export { step } from '../statemachines/step';", 'signals/ may not import statemachines/'],
  ['statemachines/step.ts', "export { EC2 } from '@aws-sdk/client-ec2';", 'statemachines/ is pure'],
  ['statemachines/step.ts', "export { vitals } from '../vitals';", 'statemachines/ may not import vitals/'],
  ['statemachines/step.ts', "export { readFileSync } from 'node:fs';", 'statemachines/ is pure'],
  [
    'vitals/auto-scaling/group.ts',
    "export { EC2 } from '@aws-sdk/client-ec2';",
    'vitals/ calls AWS through what it is handed',
  ],
  [
    'vitals/auto-scaling/group.ts',
    "export { remediations } from '../remediations';",
    'vitals/ may not import remediations/',
  ],
  [
    'remediations/ec2/reboot-instance.ts',
    "export { RDS } from '@aws-sdk/client-rds';",
    'remediations/ calls AWS through what it is handed',
  ],
  [
    'remediations/ec2/reboot-instance.ts',
    "export { step } from '../statemachines/step';",
    'remediations/ may not import statemachines/',
  ],
  ['simulator/ec2.ts', "export { step } from '../statemachines/step';", 'simulator/ may not import statemachines/'],
  ['simulator/ec2.ts', "export { vitals } from '../vitals';", 'simulator/ may not import vitals/'],
  ['runtime/advance.ts', "export { World } from '../simulator/world';", 'runtime/ may not import simulator/'],
  ['runtime/advance.ts', "export { replay } from '../replay/replay';", 'runtime/ may not import replay/'],
  ['runtime/advance.ts', "export { transition } from 'xstate';", 'step() is the sole caller of xstate'],
  ['infra/stack.ts', "export { World } from '../simulator/world';", 'infra/ may not import simulator/'],
  [
    'infra/stack.ts',
    "export { takeEvent } from '../runtime/intake';",
    'infra/ reads the policy, the shape of the table',
  ],
  ['cli/main.ts', "export { HomeostatStack } from '../infra/stack';", 'cli/ may not import infra/'],
  ['replay/replay.ts', "export { registerReplay } from '../cli/replay';", 'replay/ may not import cli/'],
];

/** File of a pure room, and a line that would make it impure. */
const impure: [string, string][] = [
  ['signals/envelope.ts', 'export const at = Date.now();'],
  ['signals/time.ts', 'export const at = Date.now();'],
  ['signals/time.ts', 'export const at = new Date();'],
  ['signals/envelope.ts', 'export const luck = Math.random();'],
  ['statemachines/step.ts', 'export const at = new Date(0);'],
  ['statemachines/step.ts', 'export const set = process.env.HOME;'],
  ['statemachines/step.ts', 'export const id = crypto.randomUUID();'],
  ['statemachines/step.ts', "export const got = fetch('http://127.0.0.1');"],
  ['statemachines/step.ts', 'setTimeout(() => undefined, 1);'],
  ['statemachines/step.ts', 'export async function wait(): Promise<void> { await Promise.resolve(); }'],
  ['statemachines/step.ts', "export const loaded = import('./rule');"],
];

const harmless: [string, string][] = [
  // A type of the SDK may be imported where a client may not.
  ['vitals/auto-scaling/group.ts', "export type { EC2 } from '@aws-sdk/client-ec2';"],
  ['statemachines/step.ts', 'export const one = 1;'],
];

const planted = [...walls, ...impure, ...harmless].map(([file, line]) => [file, line]);
const said = JSON.parse(
  execFileSync(process.execPath, [join(__dirname, 'lint-planted.js')], {
    input: JSON.stringify(planted),
    encoding: 'utf8',
  }),
) as string[][];
const complaintsOf = (line: string, file: string): string =>
  (said[planted.findIndex(([of, one]) => of === file && one === line)] ?? ['not linted']).join('\n');

describe('the walls between the rooms', () => {
  it.each(walls)('%s: %s is refused', (file, line, complaint) => {
    expect(complaintsOf(line, file)).toContain(complaint);
  });
});

describe('the rooms that decide', () => {
  it.each(impure)('%s: %s is refused', (file, line) => {
    expect(complaintsOf(line, file)).not.toBe('');
  });
});

it.each(harmless)('%s: %s is not refused', (file, line) => {
  expect(complaintsOf(line, file)).toBe('');
});
