import type { SimulatedAccount } from '../../simulator/world';
import { tags, type AssumedSickness, type Sick } from './sickness';

/** Invocations at one time: what is reserved, what comes while it is at ease, and by which factor too much comes. */
const room = { reserved: 10, easy: 5, much: 1.5 };

/** The mapping that is made up for a function which is behind. */
const mapping = '00000000-0000-4000-8000-0000000000aa';

/** The one that is live of a function that is made up, and what was live until a quarter of an hour before it fell sick. */
const versions = { version: 2, before: 1, switchedMinutesAgo: 15 };

export function ofFunction(
  { services: { lambda } }: SimulatedAccount,
  { resource: { id }, condition }: Sick,
): AssumedSickness {
  return {
    ensure: () => {
      if (lambda.holds(id)) return undefined;
      lambda.add({ name: id, reserved: room.reserved, demand: room.easy, tags });
      if (condition !== 'event-source-late') return `function ${id} may run ${room.reserved} times at once`;
      lambda.mappings.add({ id: mapping, function: id, tags });
      return `one event source mapping brings function ${id} its records, and is disabled once that is behind`;
    },
    sicken: () => {
      if (condition === 'function-throttled') crowd(lambda, id);
      else if (condition === 'function-erroring') lambda.befall({ function: id, failing: ['$LATEST'] });
      else if (lambda.mappings.find(mapping)?.function === id) lambda.mappings.put(mapping, 'Disabled');
    },
    recover: () => {
      if (!lambda.holds(id)) return;
      if (condition === 'function-throttled') lambda.befall({ function: id, demand: room.easy });
      else if (condition === 'function-erroring') lambda.befall({ function: id, failing: [] });
      else if (lambda.mappings.find(mapping)?.function === id) lambda.mappings.put(mapping, 'Enabled');
    },
  };
}

export function ofAlias(
  { services: { lambda } }: SimulatedAccount,
  { resource: { id }, condition }: Sick,
): AssumedSickness {
  const [owner = '', name = ''] = id.split(':');
  return {
    ensure: () => {
      if (lambda.holds(owner)) return undefined;
      const aliases = [{ name, ...versions }];
      lambda.add({ name: owner, reserved: room.reserved, demand: room.easy, aliases, tags });
      return `${id} was switched to another version ${versions.switchedMinutesAgo} minutes before, and may run ${room.reserved} times at once`;
    },
    sicken: () => {
      const live = lambda.find(owner)?.aliases.find((alias) => alias.name === name)?.version;
      if (condition === 'function-throttled') crowd(lambda, owner);
      else if (live !== undefined) lambda.befall({ function: owner, failing: [live] });
    },
    recover: () => {
      if (!lambda.holds(owner)) return;
      if (condition === 'function-throttled') lambda.befall({ function: owner, demand: room.easy });
      else lambda.befall({ function: owner, failing: [] });
    },
  };
}

export function ofMapping({ services: { lambda } }: SimulatedAccount, { resource: { id } }: Sick): AssumedSickness {
  const owner = 'assumed';
  return {
    ensure: () => {
      if (lambda.mappings.find(id)) return undefined;
      if (!lambda.holds(owner)) lambda.add({ name: owner, tags });
      lambda.mappings.add({ id, function: owner, tags });
      return `event source mapping ${id} brings records to a function that is well`;
    },
    // What people do to it is in the recording, and is not told once more.
    sicken: () => {
      lambda.mappings.put(id, 'Disabled');
    },
    recover: () => {
      if (lambda.mappings.find(id)) lambda.mappings.put(id, 'Enabled');
    },
  };
}

/** More comes than it may run, and less than twice as much. */
function crowd(lambda: SimulatedAccount['services']['lambda'], name: string): void {
  const has = lambda.find(name)?.reserved ?? lambda.limit;
  if (lambda.turnedAway(name) === 0) lambda.befall({ function: name, demand: has * room.much });
}
