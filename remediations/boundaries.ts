import { remediations } from './index';
import type { Remediation } from './remediation';

/** Remediations that one permissions boundary has room for: IAM takes 6,144 characters. */
const most = 8;

/** The system that a remediation writes to first, by IAM's prefix: `rds`, `ec2`, `elasticache`, … */
function systemOf({ name, permissions }: Remediation): string {
  const [first] = permissions.write;
  if (!first) throw new Error(`${name} writes nothing: it can heal nothing`);
  return first.action.replace(/:.*/, '');
}

/** The remediations whose roles are under one boundary, by its name: those that write to one system, or so many of them. */
export const boundaries: ReadonlyMap<string, readonly Remediation[]> = new Map(
  [...new Set(remediations.map(systemOf))].flatMap((system) => {
    const own = remediations.filter((remediation) => systemOf(remediation) === system);
    const parts = Math.ceil(own.length / most);
    return Array.from({ length: parts }, (_, part): [string, readonly Remediation[]] => [
      part === 0 ? system : `${system}-${part + 1}`,
      own.slice(part * most, (part + 1) * most),
    ]);
  }),
);

/** The name of the boundary that the role of a remediation is under; undefined for one that there is not. */
export function boundaryOf(remediation: string): string | undefined {
  for (const [name, bounded] of boundaries) if (bounded.some((one) => one.name === remediation)) return name;
  return undefined;
}
