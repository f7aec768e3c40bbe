import type { Incident } from '../../statemachines/incident';
import type { Commit } from '../../runtime/store/incident-store';

/**
 * Two releases whose machines have different versions, from one code: what is stored has the version of whoever wrote it, and each
 * release sees its own as the one that this program has, and the other's as one that it does not know.
 */
export function asSeenBy(release: number, incident: Incident): Incident {
  return shifted(incident, -release);
}

export function asWrittenBy(release: number, commit: Commit): Commit {
  return release === 0 ? commit : { ...commit, incident: shifted(commit.incident, release) };
}

function shifted(incident: Incident, by: number): Incident {
  const { name, version } = incident.machine;
  return by === 0 ? incident : { ...incident, machine: { name, version: version + by } };
}
