import { DynamoDbStore } from '../../../runtime/store/dynamodb-store';
import type { Incident } from '../../../statemachines/incident';
import { anIncident } from '../../statemachines/incident';
import { slowTable } from './slow-table';

const quota = { scope: 'account/1', of: 'touching', atMost: 2 } as const;

/** Incidents that reach for a claim one shortly after the other, while rows of those before are still to appear. */
async function racing(seed: number): Promise<readonly string[]> {
  const { client, options } = slowTable(seed * 7_919);
  const store = new DynamoDbStore(client, 'table', options);
  const { pause = async () => undefined, random = () => 0 } = options;
  const commit = async (incident: Incident, rest: object = {}) =>
    store.commit({ incident, entries: [], signals: [], watches: [], sightings: [], ...rest });
  const racers = Array.from({ length: 8 }, (_, at) => {
    const resource = { ...anIncident().resource, id: `i-${at}` };
    return { ...anIncident(), id: `racer-${at}`, resource, revision: 1 };
  });
  await Promise.all(racers.map((racer) => commit(racer)));
  return Promise.all(
    racers.map(async (racer) => {
      await pause(random() * 200);
      const claim = { resources: [racer.id], at: 0, scopes: [quota.scope], quotas: [quota] };
      return (await commit({ ...racer, revision: 2, state: 'starting' }, { claim })).kind;
    }),
  );
}

test.each(Array.from({ length: 25 }, (_, seed) => seed + 1))(
  'a quota lets as many touch as it says, however slowly their claims appear: seed %i',
  async (seed) => {
    const kinds = await racing(seed);
    expect(kinds.toSorted()).toEqual([...Array<string>(6).fill('claimRefused'), 'committed', 'committed']);
  },
);
