import { isAccessPointAlias, readRoutes } from '../../../vitals/s3/access-point-routes';
import { type Describing, item, type Named } from './describer';
import { type Found, oneByOne } from './one-by-one';

/** Multi-Region access points: where each sends requests. They lead to the buckets there, in whatever Region these are. */
export const accessPoints = oneByOne(foundOf);

async function foundOf(of: string, { aws, redaction, home }: Describing): Promise<Found | undefined> {
  const reads = { ...aws, now: () => 0 };
  const found = isAccessPointAlias(of) ? await readRoutes(of, home.account, reads) : undefined;
  if (!found) return undefined;
  const routes = found.routes.map(({ bucket, region, isActive }) => ({
    bucket: redaction.name(bucket),
    region,
    active: isActive,
  }));
  const leads = found.routes.map(({ bucket }): Named => ({ kind: 'buckets', id: bucket }));
  return { entry: { of, item: item({ alias: redaction.name(of), routes }) }, leads };
}
