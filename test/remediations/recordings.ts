import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../recordings');

/** Name of each recording that is a test, and the incidents that its replay tells of, each a text of several lines. */
const told: readonly { readonly name: string; readonly incidents: readonly string[] }[] = readdirSync(folder)
  .filter((name) => existsSync(join(folder, name, 'expected.txt')))
  .map((name) => ({
    name,
    incidents: readFileSync(join(folder, name, 'expected.txt'), 'utf8').split(/^(?=inc-[0-9a-f]{12} )/m),
  }));

/** Recordings in which a remediation heals, being the last that was started, and those in which it refuses. */
export function recordingsOf(remediation: string): {
  readonly heals: readonly string[];
  readonly refuses: readonly string[];
} {
  const named = (holds: (incident: string) => boolean): string[] =>
    told.filter(({ incidents }) => incidents.some(holds)).map(({ name }) => name);
  return {
    heals: named((incident) => /^inc-\S+ +RESOLVED/.test(incident) && lastStarted(incident) === remediation),
    refuses: named((incident) => incident.includes(` ${remediation} refused: `)),
  };
}

function lastStarted(incident: string): string | undefined {
  return [...incident.matchAll(/^ .*\d\d:\d\d:\d\d {2}started ([a-z0-9-]+)/gm)].at(-1)?.[1];
}
