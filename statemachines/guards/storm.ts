import { durationText } from '../duration';
import type { EpochMillis } from '../../signals/signal';
import { usedOf, type Quota } from '../quota';
import { kindOfScope, scopeText, type Scope } from '../scope';
import { sightingsAtMost, weatherOf, type Sighting, type StormLimits } from '../storm';
import { defineGuard, type Objection } from './guard';
import { resourceName } from './resource-name';

/** Fewer than this many sick members are each one's own trouble, however small the group. */
const fewestOfAStorm = 2;

/** Many that fall sick together have one cause, and healing them one by one makes that worse. */
export const stormGuard = defineGuard({
  name: 'storm',
  when: 'while many are sick together in the group, the zone or the region, and but one by one for a time after that',
  enforces: ['limits.storm'],
  needs: ['sightings', 'bystanders', 'starts'],
  objections: ({ at, incident, overall: { storm } }, { sightings, bystanders, starts }): readonly Objection[] => {
    const arrivals = [...sightings].flatMap(([scope, seen]): Objection[] => {
      const threshold = thresholdOf(storm, scope);
      const weather = weatherOf(seen, threshold, storm, at);
      if (weather.kind === 'storm') {
        const count = weather.resources < sightingsAtMost ? String(weather.resources) : `${sightingsAtMost} or more`;
        const within = durationText(storm.withinSeconds);
        return [
          {
            reason: `${count} resources fell sick together in ${scopeText(scope)}, and ${threshold} within ${within} are a storm`,
            until: weather.until,
          },
        ];
      }
      return [];
    });
    const paced = paceQuotas(storm, sightings, at).flatMap((quota): Objection[] => {
      if (usedOf(quota, starts, incident, at) < quota.atMost) return [];
      const inScope = starts.filter(({ scopes }) => scopes.includes(quota.scope));
      const pace = durationText(storm.paceSeconds);
      return [
        {
          reason: `after the storm in ${scopeText(quota.scope)} there is one start in ${pace}`,
          until: Math.max(...inScope.map((start) => start.at)) + storm.paceSeconds * 1_000,
        },
      ];
    });
    const shares = bystanders.flatMap(({ resource, members }): string[] =>
      members && members.sick >= fewestOfAStorm && members.sick * 100 > members.size * storm.sickPercent
        ? [`${members.sick} of ${members.size} members of ${resourceName(resource)} are sick at once`]
        : [],
    );
    return [...arrivals, ...paced, ...shares];
  },
});

const thresholdOf = (storm: StormLimits, scope: Scope): number => {
  const kind = kindOfScope(scope);
  return kind === 'zone' || kind === 'region' ? storm[kind] : storm.group;
};

/** After a storm what was held back is let go one by one, in each scope that it was in: what a start must also fit into. */
export function paceQuotas(
  storm: StormLimits,
  sightings: ReadonlyMap<Scope, readonly Sighting[]>,
  at: EpochMillis,
): readonly Quota[] {
  return [...sightings]
    .filter(([scope, seen]) => weatherOf(seen, thresholdOf(storm, scope), storm, at).kind === 'clearing')
    .map(([scope]) => ({ scope, of: { startedWithinSeconds: storm.paceSeconds }, atMost: 1 }));
}
