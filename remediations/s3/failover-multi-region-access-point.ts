import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import { activeRegions, routesOrReason } from '../../vitals/s3/access-point-routes';
import { replicationReads } from '../../vitals/s3/bucket-replication';
import { answerBefore, backFrom, checkOf, standingOf } from '../absolute-change';
import { defineRemediation } from '../remediation';
import { missingReplication, nameOfRoutes, sendTo } from './failover-multi-region-access-point/routes';

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
    read: ['s3:GetMultiRegionAccessPointRoutes', ...replicationReads],
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
    if (id !== accessPoint) {
      return { kind: 'refused', reason: `the policy opts in ${accessPoint}, and not ${plainText(id)}` };
    }
    const found = await routesOrReason(id, account, aws);
    if (typeof found === 'string') return { kind: 'refused', reason: found };
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
    const found = await routesOrReason(accessPoint, account, aws);
    if (typeof found === 'string') return { kind: 'refused', reason: found };
    const answer = answerBefore(standingOf({ from, to }, activeRegions(found.routes)), nameOfRoutes(accessPoint));
    if (answer) return answer;
    const missing = await missingReplication(found.routes, to, account, aws);
    if (missing) return { kind: 'refused', reason: missing };
    await sendTo(to, found, account, aws);
    return { kind: 'started', handle: 'accepted' };
  },

  async check({ account, accessPoint, from, to }, handle, aws) {
    const found = await routesOrReason(accessPoint, account, aws);
    if (typeof found === 'string') return { kind: 'failed', detail: found };
    const standing = standingOf({ from, to }, activeRegions(found.routes));
    // S3 says that it may take a while, and not what it tells until then.
    const work =
      handle !== undefined && standing === 'due' ? `S3 has yet to change ${nameOfRoutes(accessPoint)}` : undefined;
    return checkOf(standing, nameOfRoutes(accessPoint), work);
  },

  async undo({ account, accessPoint, from, to }, aws) {
    const found = await routesOrReason(accessPoint, account, aws);
    if (typeof found === 'string') return { kind: 'refused', reason: found };
    const back = backFrom({ from, to });
    const answer = answerBefore(standingOf(back, activeRegions(found.routes)), nameOfRoutes(accessPoint));
    if (answer) return answer;
    await sendTo(from, found, account, aws);
    return { kind: 'started' };
  },
});

function left(from: readonly string[], to: readonly string[]): string {
  return from.filter((region) => !to.includes(region)).join(' and ');
}
