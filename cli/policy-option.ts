import { accessSync } from 'node:fs';
import { join } from 'node:path';
import { readPolicyFile } from '../runtime/policy-file';
import type { Policy } from '../statemachines/policy';

/** The policy that is used when none is named. */
export const defaultPolicyFile = join(__dirname, '..', 'policies', 'default.yaml');

/** A policy that cannot be used; its message has a line for each fault. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

/** The policy in a file. Throws a `PolicyError` with all that is wrong with it. */
export function policyFrom(file: string): Policy {
  // Told like any other file that is not there; it throws what the file system throws.
  accessSync(file);
  const read = readPolicyFile(file);
  if (read.kind === 'policy') return read.policy;
  const faults = read.errors.map(({ file: of, line, column, message }) => `${of}:${line}:${column}: error: ${message}`);
  throw new PolicyError(`the policy cannot be used\n${faults.join('\n')}`);
}
