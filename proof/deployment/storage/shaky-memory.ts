import type { IncidentStore } from '../../../runtime/store/incident-store';
import type { Faults } from '../../faults';
import type { Sandbox } from '../sandbox';
import { seenAs } from './release-view';

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
export function shakyMemory(sandbox: Sandbox, sound: IncidentStore, faults: Faults): IncidentStore {
  const read = <T>(what: string, act: () => Promise<T>): Promise<T> =>
    sandbox.cross({ what: `table: ${what}`, changes: false }, () => {
      if (faults.hits('table-throttled')) throw throttled();
      return act();
    });
  const write = <T>(what: string, act: () => Promise<T>): Promise<T> =>
    sandbox.cross({ what: `table: ${what}`, changes: true }, async () => {
      if (faults.hits('table-throttled')) throw throttled();
      if (faults.hits('commit-failed')) throw timedOut();
      const answer = await act();
      if (faults.hits('commit-unknown')) throw timedOut();
      return answer;
    });
  const shaky: IncidentStore = {
    read: (id) => read(`read ${id}`, () => sound.read(id)),
    openOn: (resource) => read('open on', () => sound.openOn(resource)),
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
    due: (before, atMost) => {
      const lag = faults.hits('list-stale') ? faults.randomOf('list-stale').between(0, staleFor) : 0;
      return read('due', () => sound.due(before - lag, atMost));
    },
    list: (states, atMost) => read('list', () => sound.list(states, atMost)),
    parked: (atMost) => read('parked', () => sound.parked(atMost)),
    commit: (commit) => write('commit', () => sound.commit(commit)),
    park: (id, reason) => write(`park ${id}`, () => sound.park(id, reason)),
    setHold: (hold) => write('set hold', () => sound.setHold(hold)),
    endHold: (of) => write('end hold', () => sound.endHold(of)),
  };
  return seenAs(sandbox.release, shaky, (commit) => shaky.commit(commit));
}
