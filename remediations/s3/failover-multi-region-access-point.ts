import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import { orAbsent } from '../../vitals/absent';
import type { Calls } from '../../vitals/aws';
import { activeRegions, isAccessPointAlias, readRoutes, type Route } from '../../vitals/s3/access-point-routes';
import { answerBefore, checkOf, standingOf } from '../absolute-change';
import { defineRemediation } from '../remediation';

const parameters = z.strictObject({
  /** Alias of the one access point that this may be done to. S3 takes no tags of one: to name it here opts it in. */
  accessPoint: z.string().regex(/^[a-z0-9]{1,50}\.mrap$/, 'an alias is written like mfzwi23gnjvgw.mrap'),
  /** Regions that get the requests from then on; all others get none. */
  to: z.array(z.string().min(1)).min(1),
});

const planned = z.object({
  account: z.string(),
  accessPoint: z.string(),
  /** Before-image: the Regions that get requests. */
  from: z.array(z.string()),
  to: z.array(z.string()),
});

/** Sends the requests to a multi-Region access point to other Regions than the one that fails. */
export const failoverMultiRegionAccessPoint = defineRemediation({
  name: 'failover-multi-region-access-point',
  title: 'Fail a multi-Region access point over',
  when: 'S3 fails in the Region that a multi-Region access point sends requests to, and a bucket of another one has the data.',
  whenNot:
    'The buckets are not replicated into each other, or readers cannot bear to miss what was written last and not copied yet.',
  heals: ['region-impaired'],
  takes: ['multi-region-access-point'],
  risk: 'medium',
  needsApproval: true,
  parameters,
  permissions: {
    read: ['s3:GetMultiRegionAccessPointRoutes', 's3:GetBucketReplication'],
    write: [
      {
        action: 's3:SubmitMultiRegionAccessPointRoutes',
        on: 'arn:*:s3::*:accesspoint/*',
        tagged: false,
        namedIn: ['accessPoint'],
      },
    ],
  },
  // AWS says that it takes up to two minutes.
  patience: { checkEvery: 30, giveUpAfter: 600 },
  planned,
  snapshots: 'losesNoData',

  async plan({ resource }, { accessPoint, to: wanted }, aws) {
    const { id, account } = resource;
    if (!isAccessPointAlias(id)) return { kind: 'refused', reason: `${plainText(id)} is no alias of an access point` };
    if (id !== accessPoint) return { kind: 'refused', reason: `the policy opts in ${accessPoint}, and not ${id}` };
    const found = await readRoutes(id, account, aws);
    if (!found) return { kind: 'refused', reason: `the multi-Region access point ${id} no longer exists` };
    const { routes } = found;
    const to = [...wanted].sort();
    const stranger = to.find((region) => routes.every((route) => route.region !== region));
    if (stranger !== undefined) return { kind: 'refused', reason: `${id} has no bucket in ${plainText(stranger)}` };
    const from = activeRegions(routes);
    if (standingOf({ from: [], to }, from) === 'made') {
      return { kind: 'notNeeded', reason: `${id} sends all requests to ${to.join(' and ')}` };
    }
    const missing = await missingReplication(routes, to, account, aws);
    if (missing) return { kind: 'refused', reason: missing };
    return {
      kind: 'planned',
      plan: { account, accessPoint: id, from: [...from], to },
      summary: `send the requests to ${id} to ${to.join(' and ')} and no longer to ${left(from, to)}; what is not copied yet is missing there`,
      touches: [resource],
      // Its Regions stand in for each other.
      group: { resource, size: routes.length, healthyOthers: to.length },
    };
  },

  async start({ account, accessPoint, from, to }, aws) {
    const found = await readRoutes(accessPoint, account, aws);
    if (!found) return { kind: 'refused', reason: `the multi-Region access point ${accessPoint} no longer exists` };
    const { arn, routes, through } = found;
    const answer = answerBefore(standingOf({ from, to }, activeRegions(routes)), routesOf(accessPoint));
    if (answer) return answer;
    const missing = await missingReplication(routes, to, account, aws);
    if (missing) return { kind: 'refused', reason: missing };
    const request = { AccountId: account, Mrap: arn, RouteUpdates: updates(routes, to) };
    // The Region that has just answered takes the change as well.
    await aws.s3.submitMultiRegionAccessPointRoutes({ ...request, Through: through });
    return { kind: 'started', handle: 'accepted' };
  },

  async check({ account, accessPoint, from, to }, handle, aws) {
    const found = await readRoutes(accessPoint, account, aws);
    if (!found) return { kind: 'failed', detail: `the multi-Region access point ${accessPoint} no longer exists` };
    const standing = standingOf({ from, to }, activeRegions(found.routes));
    // S3 says that it may take a while, and not what it tells until then.
    const work =
      handle !== undefined && standing === 'due' ? `S3 has yet to change ${routesOf(accessPoint)}` : undefined;
    return checkOf(standing, routesOf(accessPoint), work);
  },

  async undo({ account, accessPoint, from, to }, aws) {
    const found = await readRoutes(accessPoint, account, aws);
    if (!found) return { kind: 'refused', reason: `the multi-Region access point ${accessPoint} no longer exists` };
    const { arn, routes, through } = found;
    const answer = answerBefore(standingOf({ from: to, to: from }, activeRegions(routes)), routesOf(accessPoint));
    if (answer) return answer;
    const request = { AccountId: account, Mrap: arn, RouteUpdates: updates(routes, from) };
    await aws.s3.submitMultiRegionAccessPointRoutes({ ...request, Through: through });
    return { kind: 'started' };
  },
});

const routesOf = (accessPoint: string): string => `where ${accessPoint} sends requests`;
const left = (from: readonly string[], to: readonly string[]): string =>
  from.filter((region) => !to.includes(region)).join(' and ');

/** All routes in one call, so that at no moment none of them is active. */
function updates(routes: readonly Route[], to: readonly string[]) {
  return routes.map(({ bucket, region }) => ({
    Bucket: bucket,
    Region: region,
    TrafficDialPercentage: to.includes(region) ? 100 : 0,
  }));
}

/**
 * What is not replicated back, in one line: what is written meanwhile would never come to where requests go to later. Only the
 * buckets that take over are asked. The others may be out of reach, which is why this is done.
 */
async function missingReplication(
  routes: readonly Route[],
  to: readonly string[],
  account: string,
  aws: Calls<'s3:GetBucketReplication'>,
): Promise<string | undefined> {
  const others = routes.filter(({ region }) => !to.includes(region));
  for (const { bucket } of routes.filter(({ region }) => to.includes(region))) {
    const asked = aws.s3.getBucketReplication({ Bucket: bucket, ExpectedBucketOwner: account });
    const { ReplicationConfiguration } = (await orAbsent('ReplicationConfigurationNotFoundError', asked)) ?? {};
    const into = (ReplicationConfiguration?.Rules ?? []).flatMap(({ Status, Destination }) =>
      Status === 'Enabled' && Destination?.Bucket ? [Destination.Bucket.replace(/^.*:::/, '')] : [],
    );
    const lost = others.find((other) => !into.includes(other.bucket));
    if (lost)
      return `${bucket} is not replicated into ${lost.bucket}: what is written meanwhile would be missing there`;
  }
  return undefined;
}
