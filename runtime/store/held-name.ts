import type { Held } from './incident-store';

/** The one text that names what is held: `everything`, `rule/NAME`, `remediation/NAME`. */
export function heldName(of: Held): string {
  if (of === 'everything') return of;
  return 'rule' in of ? `rule/${of.rule}` : `remediation/${of.remediation}`;
}
