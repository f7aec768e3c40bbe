import type { DbCluster } from '../../../vitals/rds/db-cluster';

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

/** It is given up: with what to do before and after, since nobody here can reach the other Region. `lag` is in seconds. */
export function givenUp(
  { id, globalCluster = '', address = 'its endpoint' }: DbCluster,
  from: string,
  lag: number | undefined,
): Telling {
  const howMuch =
    lag === undefined ? 'nobody knows how much' : `the last ${Math.ceil(lag)} s, as far as CloudWatch knows`;
  return {
    summary:
      `make ${id} the primary of ${globalCluster} and give ${named(from)} up. Before: cut that off, so that it takes no more writes. ` +
      `After: send those who write to ${address}`,
    destroys: [`what ${named(from)} wrote and had not copied to ${id}: ${howMuch}`],
  };
}

/** A cluster of another Region by its ARN, for people. */
function named(arn: string): string {
  const [, , , region = '', , , id = ''] = arn.split(':');
  return `${id} in ${region}`;
}
