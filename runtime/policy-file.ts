import { readFileSync, statSync } from 'node:fs';
import { remediations } from '../remediations/index';
import { type Policy, readPolicy } from '../statemachines/policy';
import type { Fault } from '../statemachines/policy/text';
import { windowFaults } from './windows';

/** Something wrong or odd, and where: what an editor jumps to. */
export interface FileFault extends Fault {
  readonly file: string;
}

/** A policy, or everything that is wrong with it. Without a policy nothing may be done: there is no half of one. */
export type PolicyFile =
  | { readonly kind: 'policy'; readonly policy: Policy; readonly warnings: readonly FileFault[] }
  | { readonly kind: 'errors'; readonly errors: readonly [FileFault, ...FileFault[]] };

/** A policy is written by hand: a longer text is none. */
const maxBytes = 1_000_000;

function refused(file: string, message: string): PolicyFile {
  return { kind: 'errors', errors: [{ file, line: 1, column: 1, message }] };
}

/** Reads the policy in `text`; `file` is what its faults are told of. */
export function readPolicyFrom(text: string, file: string): PolicyFile {
  if (Buffer.byteLength(text) > maxBytes) return refused(file, `the policy is longer than ${maxBytes} bytes`);
  const inFile = (fault: Fault): FileFault => ({ file, ...fault });
  const reading = readPolicy(text, { remediations, windowFaults });
  if (reading.kind === 'policy') return { ...reading, warnings: reading.warnings.map(inFile) };
  const [first, ...others] = reading.errors;
  return { kind: 'errors', errors: [inFile(first), ...others.map(inFile)] };
}

/** Reads the policy in a file, at most 1 MB of UTF-8. */
export function readPolicyFile(file: string): PolicyFile {
  let bytes: Buffer;
  try {
    const { size } = statSync(file);
    if (size > maxBytes) return refused(file, `the policy is longer than ${maxBytes} bytes`);
    bytes = readFileSync(file);
  } catch (error) {
    return refused(file, `the policy cannot be read: ${String(error).replace(/^Error: /, '')}`);
  }
  try {
    return readPolicyFrom(new TextDecoder('utf-8', { fatal: true }).decode(bytes), file);
  } catch {
    return refused(file, 'the policy is not text in UTF-8: save it in that encoding');
  }
}
