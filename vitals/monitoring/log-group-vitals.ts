import { plainText } from '../../signals/plain-text';
import { optedInByPolicy } from '../opted-in-by-policy';
import { defineVitals, type Health } from '../vitals';
import { isLogGroupName, logGroupReads, readLogGroup, readLogGroupTags, type LogGroup } from './log-group';

/** By this tag its owner says the names of its subscription filters, with spaces between. Without it, one at all will do. */
export const filtersTag = 'homeostat:filters';

/** A log group is well while it is there, with its filters and a retention. Whether what it delivers arrives, only metrics tell. */
export const logGroupVitals = defineVitals({
  kind: 'log-group',
  reads: [...logGroupReads, 'logs:ListTagsForResource'],
  sees: ['log-group-deleted', 'log-retention-deleted'],
  async health(resource, condition, aws) {
    const { id } = resource;
    if (!isLogGroupName(id)) return { kind: 'unknown', detail: `${plainText(id)} is not the name of a log group` };
    const group = await readLogGroup(id, aws);
    if (group.kind === 'absent') return { kind: 'unhealthy', detail: `there is no log group ${id}` };
    if (condition !== 'log-delivery-broken' && condition !== 'log-group-deleted') return ofItself(group, condition);
    const tags = (await readLogGroupTags(resource, aws)) ?? {};
    if (condition === 'log-group-deleted') return ofNewOne(group, tags);
    return ofDelivery(group, (tags[filtersTag] ?? '').split(/\s+/).filter(Boolean));
  },
  async tags(resource, aws) {
    if (!isLogGroupName(resource.id)) throw new Error(`${plainText(resource.id)} is not the name of a log group`);
    // One that was deleted took its tags along. It is made anew only where a policy says what it was like.
    return (await readLogGroupTags(resource, aws)) ?? optedInByPolicy;
  },
  place: () => Promise.resolve({ groups: [] }),
});

type Found = Extract<LogGroup, { readonly kind: 'found' }>;

function ofItself({ name, retention }: Found, condition: string): Health {
  return condition === 'log-retention-deleted' && retention === undefined
    ? { kind: 'unhealthy', detail: `${name} keeps everything for ever` }
    : { kind: 'healthy', detail: `the log group ${name} is there` };
}

/** Whoever writes to a log group makes it anew when it is gone, such as a function: without its tags, retention and filters. */
function ofNewOne(group: Found, tags: Readonly<Record<string, string>>): Health {
  const { name, retention, filters } = group;
  const isBare = retention === undefined && filters.length === 0 && Object.keys(tags).length === 0;
  if (!isBare) return ofItself(group, 'log-group-deleted');
  const detail = `${name} is there again, with no tag, retention or filter, as writers make it: restore what it had, or tag it`;
  return { kind: 'unhealthy', detail };
}

function ofDelivery({ name, filters }: Found, expected: readonly string[]): Health {
  const missing = expected.find((one) => !filters.some((filter) => filter.name === one));
  if (missing !== undefined) return { kind: 'unhealthy', detail: `${name} has no subscription filter ${missing}` };
  return filters.length === 0
    ? { kind: 'unhealthy', detail: `${name} has no subscription filter` }
    : { kind: 'healthy', detail: `${name} has the subscription filters ${filters.map((one) => one.name).join(', ')}` };
}
