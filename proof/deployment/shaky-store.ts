import type { Faults } from '../faults';
import type { Commit, CommitResult, IncidentStore } from '../../runtime/store/incident-store';
import { asSeenBy, asWrittenBy } from './release-view';
import type { Sandbox } from './sandbox';

/** No answer came: what was asked for may or may not have been done. */
function timedOut(): Error {
  return Object.assign(new Error('connection timed out'), { name: 'TimeoutError' });
}

function throttled(): Error {
  return Object.assign(new Error('The level of configured provisioned throughput was exceeded.'), {
    name: 'ProvisionedThroughputExceededException',
    $metadata: { httpStatusCode: 400 },
  });
}

/** Lists lag by up to so many milliseconds. */
const staleFor = 20_000;

/** What one process sees of a store that is sound in itself: calls take time, fail, and are written though they fail. */
export function shakyStore(sandbox: Sandbox, sound: IncidentStore, faults: Faults): IncidentStore {
  const { release } = sandbox;
  const read = <T>(what: string, act: () => Promise<T>): Promise<T> =>
    sandbox.cross({ what: `table: ${what}`, changes: false }, () => {
      if (faults.hits('table-throttled')) throw throttled();
      return act();
    });
  const write = <T>(what: string, act: () => Promise<T>): Promise<T> =>
    sandbox.cross({ what: `table: ${what}`, changes: true }, () => {
      if (faults.hits('table-throttled')) throw throttled();
      return act();
    });
  const commit = (wanted: Commit): Promise<CommitResult> =>
    sandbox.cross({ what: 'table: commit', changes: true }, async () => {
      if (faults.hits('table-throttled')) throw throttled();
      if (faults.hits('commit-failed')) throw timedOut();
      const result = await sound.commit(asWrittenBy(release, wanted));
      if (faults.hits('commit-unknown')) throw timedOut();
      return result;
    });
  return {
    read: (id) =>
      read(`read ${id}`, async () => {
        const incident = await sound.read(id);
        return incident && asSeenBy(release, incident);
      }),
    openOn: (resource) =>
      read('open on', async () => (await sound.openOn(resource)).map((incident) => asSeenBy(release, incident))),
    history: (id) => read('history', () => sound.history(id)),
    isSeen: (signal) => read('is seen', () => sound.isSeen(signal)),
    sightings: (scope, since) => read('sightings', () => sound.sightings(scope, since)),
    lastOn: (sickness) => read('last on', () => sound.lastOn(sickness)),
    holdings: (incident, resources, at) =>
      read('holdings', () => {
        if (faults.hits('holdings-unreadable')) throw throttled();
        return sound.holdings(incident, resources, at);
      }),
    holds: () =>
      read('holds', () => {
        if (faults.hits('holds-unreadable')) throw throttled();
        return sound.holds();
      }),
    due: (before, atMost) =>
      read('due', () =>
        sound.due(
          faults.hits('list-stale') ? before - faults.randomOf('list-stale').between(0, staleFor) : before,
          atMost,
        ),
      ),
    list: (states, atMost) => read('list', () => sound.list(states, atMost)),
    parked: (atMost) => read('parked', () => sound.parked(atMost)),
    commit,
    park: (id, reason) => write(`park ${id}`, () => sound.park(id, reason)),
    setHold: (hold) => write('set hold', () => sound.setHold(hold)),
    endHold: (of) => write('end hold', () => sound.endHold(of)),
  };
}
