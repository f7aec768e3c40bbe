import { rebootInstance } from './reboot-instance';
import type { Remediation } from './remediation';

/** Every remediation there is: the gentlest of each kind first. */
export const remediations: readonly Remediation[] = [
  rebootInstance, // minutes of one instance, on the host that it is on
];

/** The remediation of that name; undefined when there is none. */
export function remediationNamed(name: string): Remediation | undefined {
  return remediations.find((known) => known.name === name);
}
