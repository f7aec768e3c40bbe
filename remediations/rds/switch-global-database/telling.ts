import type { EpochMillis } from '../../../signals/signal';
import type { Calls } from '../../../vitals/aws';
import { momentText } from '../../../vitals/moment-text';
import type { DbCluster } from '../../../vitals/rds/db-cluster';
import { globalFollowedUntil } from '../../../vitals/rds/global-database';

const minute = 60_000;
/** Minutes: CloudWatch itself is some behind, so that no closer figure would be true of a secondary that keeps up. */
const keepsUp = 5;

/** What people are told of a move of a primary before they agree to it. */
interface Telling {
  readonly summary: string;
  readonly destroys?: readonly string[];
}

/** The primary is well and hands over. */
export function handedOver({ id, globalCluster = '' }: DbCluster, from: string): Telling {
  return {
    summary: `make ${id} the primary of ${globalCluster}: ${named(from)} stops writing, hands over and loses nothing`,
  };
}

/** It is given up: with what to do before and after, since nobody here can reach the other Region. */
export async function givenUp(
  cluster: DbCluster,
  from: string,
  aws: Calls<'cloudwatch:GetMetricData'>,
): Promise<Telling> {
  const { id, globalCluster = '', address = 'its endpoint' } = cluster;
  return {
    summary:
      `make ${id} the primary of ${globalCluster} and give ${named(from)} up. Before: cut that off, so that it takes no more writes. ` +
      `After: send those who write to ${address}`,
    destroys: [
      `what ${named(from)} wrote and had not copied to ${id}: ${howMuch(await globalFollowedUntil(cluster, aws), aws.now())}`,
    ],
  };
}

/** Told by a moment, and not by a lag, which grows: a plan that is made again after people agreed to it must read the same. */
function howMuch(until: EpochMillis | undefined, now: EpochMillis): string {
  if (until === undefined) return 'nobody knows how much';
  const what =
    now - until < keepsUp * minute ? `the last ${keepsUp} minutes at most` : `all after ${momentText(until)}`;
  return `${what}, as far as CloudWatch knows`;
}

/** A cluster of another Region by its ARN, for people. */
function named(arn: string): string {
  const [, , , region = '', , , id = ''] = arn.split(':');
  return `${id} in ${region}`;
}
