import type { Calls } from '../../../vitals/aws';
import type { Route, Routes } from '../../../vitals/s3/access-point-routes';
import { replicatedInto, type replicationReads } from '../../../vitals/s3/bucket-replication';

export function nameOfRoutes(accessPoint: string): string {
  return `where ${accessPoint} sends requests`;
}

/**
 * What is not replicated back, in one line: what is written meanwhile would never come to where requests go to later. Only the
 * buckets that take over are asked. The others may be out of reach, which is why this is done.
 */
export async function missingReplication(
  routes: readonly Route[],
  to: readonly string[],
  account: string,
  aws: Calls<(typeof replicationReads)[number]>,
): Promise<string | undefined> {
  const others = routes.filter(({ region }) => !to.includes(region));
  for (const { bucket } of routes.filter(({ region }) => to.includes(region))) {
    const into = await replicatedInto(bucket, account, aws);
    const lost = others.find((other) => !into.includes(other.bucket));
    if (lost)
      return `${bucket} is not replicated into ${lost.bucket}: what is written meanwhile would be missing there`;
  }
  return undefined;
}

/** Sends all requests to these Regions. In one call, so that at no moment none of them is active. */
export async function sendTo(
  to: readonly string[],
  { arn, routes, through }: Routes,
  account: string,
  aws: Calls<'s3:SubmitMultiRegionAccessPointRoutes'>,
): Promise<void> {
  const updates = routes.map(({ bucket, region }) => ({
    Bucket: bucket,
    Region: region,
    TrafficDialPercentage: to.includes(region) ? 100 : 0,
  }));
  // The Region that has just told the routes takes the change as well.
  const request = { AccountId: account, Mrap: arn, RouteUpdates: updates, Through: through };
  await aws.s3.submitMultiRegionAccessPointRoutes(request);
}
