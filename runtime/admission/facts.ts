import { resourceKey, type Resource } from '../../signals/signal';
import { known, unreadable, type Fact, type Facts } from '../../statemachines/guards/facts';
import type { Incident } from '../../statemachines/incident';
import { regionScope, scopesOf, type Scope } from '../../statemachines/scope';
import { stormMattersFor } from '../../statemachines/storm';
import type { Action, Calls } from '../../vitals/aws';
import { readShiftedZones } from '../../vitals/load-balancing/autoshift';
import { readActiveMutes } from '../../vitals/cloudwatch/mute-rules';
import { failureOf } from '../aws/failure';
import type { Surroundings } from '../surroundings';
import { modeAt } from '../windows';
import { readNeighbourhood } from './bystanders';

/** What guards decide on, and what a start would claim and count in. */
export interface Ground {
  readonly facts: Facts;
  /** Keys of what is touched and of all groups that it is in. */
  readonly resources: readonly string[];
  /** Groups, zones and regions of what is touched. */
  readonly places: readonly Scope[];
}

/**
 * Reads what the guards decide on, each from its own source: what cannot be read is told as such, and is for its guard to refuse.
 * Never throws.
 */
export async function readGround(
  incident: Pick<Incident, 'id' | 'evidence' | 'resource' | 'place'>,
  touches: readonly Resource[],
  planGroup: Resource | undefined,
  aws: Calls<Action>,
  world: Pick<Surroundings, 'clock' | 'store' | 'policy' | 'vitals'>,
): Promise<Ground> {
  const { store, policy, clock } = world;
  const at = clock.now();
  const around = await read('what would be touched cannot be looked at', () =>
    readNeighbourhood(touches, planGroup, aws, world),
  );
  const { bystanders, places } = around.kind === 'known' ? around.value : { bystanders: [], places: [] };
  const scopes = [
    ...new Set([
      ...places.flatMap((place) => scopesOf(place.resource, place)),
      ...scopesOf(incident.resource, incident.place),
      ...touches.map(regionScope),
    ]),
  ];
  const resources = [
    ...new Set(
      [...touches, ...(planGroup ? [planGroup] : []), ...bystanders.map(({ resource }) => resource)].map(resourceKey),
    ),
  ];
  const since = at - stormMattersFor(policy.limits.storm) * 1_000;
  const [holds, mutes, shiftedZones, sightings, holdings] = await Promise.all([
    read('whether there is a hold cannot be read', () => store.holds()),
    read('whether the alarm is muted cannot be read', async () =>
      incident.evidence.alarmArn === undefined ? [] : readActiveMutes(incident.evidence.alarmArn, aws),
    ),
    read('whether AWS has shifted traffic away from a zone cannot be read', async () =>
      places.some(({ zone }) => zone !== undefined) ? readShiftedZones(aws) : [],
    ),
    read('what else has fallen sick cannot be read', async () => {
      const seen = await Promise.all(
        scopes.map(async (scope) => [scope, await store.sightings(scope, since)] as const),
      );
      return new Map(seen);
    }),
    read('what others are touching, and what was started, cannot be read', () =>
      store.holdings(incident.id, resources, at),
    ),
  ]);
  const facts: Facts = {
    holds,
    modeNow: await read('whether a window is open cannot be told', async () => modeAt(policy.mode, policy.windows, at)),
    mutes,
    bystanders: around.kind === 'known' ? known(bystanders) : around,
    shiftedZones,
    sightings,
    starts: holdings.kind === 'known' ? known(holdings.value.starts) : holdings,
    heldByOthers: holdings.kind === 'known' ? known(holdings.value.heldByOthers) : holdings,
  };
  return { facts, resources, places: scopes };
}

async function read<T>(otherwise: string, from: () => Promise<T>): Promise<Fact<T>> {
  try {
    return known(await from());
  } catch (error) {
    return unreadable(`${otherwise}: ${failureOf(error).reason}`);
  }
}
