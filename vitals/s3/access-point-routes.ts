import { plainText } from '../../signals/plain-text';
import { orAbsent } from '../absent';
import type { Calls } from '../aws';
import { firstAnswer } from '../first-answer';

/** Regions in which AWS tells and changes routes, of whatever Regions they are. */
const failoverRegions = ['us-west-2', 'us-east-1', 'eu-west-1', 'ap-southeast-2', 'ap-northeast-1'] as const;

/** Where a multi-Region access point sends requests for one of its buckets. */
export interface Route {
  readonly region: string;
  readonly bucket: string;
  readonly isActive: boolean;
}

/** All its routes, in the order of their Regions. */
export interface Routes {
  readonly arn: string;
  readonly routes: readonly Route[];
  /** The failover Region that told them: it answers. */
  readonly through: string;
}

/** Whether the text can be the alias of a multi-Region access point. */
export function isAccessPointAlias(text: string): boolean {
  return /^[a-z0-9]{1,50}\.mrap$/.test(text);
}

/** Asks the failover Regions for its routes, one after the other; undefined where there is no such access point. */
export async function readRoutes(
  alias: string,
  account: string,
  aws: Calls<'s3:GetMultiRegionAccessPointRoutes'>,
): Promise<Routes | undefined> {
  const arn = `arn:aws:s3::${account}:accesspoint/${alias}`;
  const { place, answer } = await firstAnswer(failoverRegions, (Through) =>
    orAbsent(
      'NoSuchMultiRegionAccessPoint',
      aws.s3.getMultiRegionAccessPointRoutes({ AccountId: account, Mrap: arn, Through }),
    ),
  );
  if (!answer) return undefined;
  const routes = (answer.Routes ?? []).map(({ Region, Bucket, TrafficDialPercentage: dial }) => {
    if (!Region || !Bucket || dial === undefined) throw new Error(`S3 does not say where ${alias} sends what`);
    return { region: Region, bucket: Bucket, isActive: dial > 0 };
  });
  if (routes.length === 0) throw new Error(`S3 tells no route of ${alias}`);
  return { arn, routes: routes.sort((one, other) => (one.region < other.region ? -1 : 1)), through: place };
}

/** Its routes; or why there are none to be changed. */
export async function routesOrReason(
  alias: string,
  account: string,
  aws: Calls<'s3:GetMultiRegionAccessPointRoutes'>,
): Promise<Routes | string> {
  if (!isAccessPointAlias(alias)) return `${plainText(alias)} is no alias of an access point`;
  return (await readRoutes(alias, account, aws)) ?? `the multi-Region access point ${alias} no longer exists`;
}

/** The Regions that get requests. */
export function activeRegions(routes: readonly Route[]): readonly string[] {
  return routes.filter(({ isActive }) => isActive).map(({ region }) => region);
}
