import { retentions } from '../../../simulator/logs/log-group';
import { functionName } from '../../../simulator/lambda/permissions';
import { isLogGroupName, readLogGroup, readLogGroupTags } from '../../../vitals/monitoring/log-group';
import { type Describing, item, type Named } from './describer';
import { type Found, oneByOne } from './one-by-one';

/** Log groups: how long each keeps what is written to it, and what receives that, which they lead to where it is a function. */
export const logGroups = oneByOne(foundOf);

async function foundOf(of: string, { aws, redaction, home }: Describing): Promise<Found | undefined> {
  const reads = { ...aws, now: () => 0 };
  const group = isLogGroupName(of) ? await readLogGroup(of, reads) : undefined;
  if (group?.kind !== 'found') return undefined;
  const tags = await readLogGroupTags({ ...home, kind: 'log-group', id: of }, reads);
  const { retention, filters } = group;
  const isKnown = retention === undefined || retentions.includes(retention);
  const entry = {
    of,
    item: item({
      name: redaction.name(of),
      retention: isKnown ? retention : undefined,
      filters: filters.map(({ name, destination, role }) => ({
        name: redaction.name(name),
        destination: redaction.name(destination),
        ...(role !== undefined && { role: redaction.name(role) }),
      })),
      tags: redaction.tags(Object.entries(tags ?? {})),
    }),
    notes: [
      ...(isKnown ? [] : [`that it keeps what is written to it for ${retention} days`]),
      ...(filters.some(({ pattern }) => pattern !== '')
        ? ['what its filters look for: here they deliver all of it']
        : []),
    ],
  };
  const functionHere = `:lambda:${home.region}:${home.account}:function:`;
  const leads = filters.flatMap(({ destination }): readonly Named[] =>
    destination.includes(functionHere) ? [{ kind: 'functions', id: functionName(destination) }] : [],
  );
  return { entry, leads };
}
