import type { Remediation } from '../remediations/remediation';
import { asWanted } from '../remediations/snapshot-first';
import type { Incident } from '../statemachines/incident';
import type { Rung } from '../statemachines/rule';
import type { Allowed } from './aws/access';
import type { Surroundings } from './surroundings';

/** The remediation of that name, as the rung that is being tried wants it; undefined where there is none of that name. */
export function wantedRemediation(
  name: string,
  incident: Incident,
  { remediations }: Pick<Surroundings, 'remediations'>,
): Remediation | undefined {
  const remediation = remediations.get(name);
  return remediation && asWanted(remediation, rungOf(incident));
}

function rungOf({ rule, memory }: Incident): Rung | undefined {
  return rule.ladder[memory.rung];
}

/** What a remediation may call while it looks. */
export function readsOf({ name, permissions }: Remediation): Allowed {
  return { by: name, reads: new Set<string>(permissions.read), writes: new Set() };
}

/** What it may call when it starts, and as whom. */
export function writesOf({ name, permissions }: Remediation, incident: Incident): Allowed {
  const { id, rule, memory, wake } = incident;
  const touches = memory.planned?.touches ?? [];
  const caller = { kind: 'remediation', remediation: name, incident: id, mode: rule.mode, touches } as const;
  return {
    by: name,
    caller: rungOf(incident)?.snapshotFirst ? { ...caller, snapshotFirst: true } : caller,
    reads: new Set<string>(permissions.read),
    writes: new Set(permissions.write.map(({ action }) => action)),
    // The wake-up that was armed with the intent looks after whoever has not come back by then.
    ...(wake && { writesUntil: wake.at }),
  };
}
