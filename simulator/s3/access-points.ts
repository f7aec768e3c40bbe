import type * as sdk from '@aws-sdk/client-s3-control';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import { accessPointSchema, type AccessPointInput } from './bucket';

type Through = { readonly Through?: string };
type Answer<Output> = Omit<Output, '$metadata'>;

interface Route {
  readonly bucket: string;
  readonly region: string;
  /** As it was last asked for, and told. */
  active: boolean;
  /** Whether requests go there. */
  serves: boolean;
}

/** Where routes are told and changed. */
const failoverRegions = ['us-east-1', 'us-west-2', 'ap-southeast-2', 'ap-northeast-1', 'eu-west-1'];
/** AWS says that it takes up to two minutes; in milliseconds. */
const untilChanged = 60_000;

/** Multi-Region access points of one account. Only the Regions that are told to fail do. */
export class AccessPoints {
  readonly #routes = new Map<string, Route[]>();
  readonly #failing = new Set<string>();

  constructor(private readonly account: SimulatedAccount) {}

  add(input: AccessPointInput): void {
    const { alias, routes } = accessPointSchema.parse(input);
    this.#routes.set(
      alias,
      routes.map((route) => ({ ...route, serves: route.active })),
    );
  }

  holds(alias: string): boolean {
    return this.#routes.has(alias);
  }

  /** S3 fails in a Region, or no longer does: with it what is asked of its endpoint. */
  fail(region: string, fails: boolean): void {
    if (fails) this.#failing.add(region);
    else this.#failing.delete(region);
    this.#measured();
  }

  /** Requests of a minute that S3 fails to answer: those that an access point sends to a Region that fails. */
  errorsOf(bucket: string): number | undefined {
    const of = [...this.#routes.values()].flat().filter((route) => route.bucket === bucket);
    if (of.length === 0) return undefined;
    return of.some(({ serves, region }) => serves && this.#failing.has(region)) ? 40 : 0;
  }

  readonly operations = {
    GetMultiRegionAccessPointRoutes: (
      input: sdk.GetMultiRegionAccessPointRoutesRequest & Through,
    ): Answer<sdk.GetMultiRegionAccessPointRoutesResult> => {
      const routes = this.#asked(input);
      return {
        ...(input.Mrap !== undefined && { Mrap: input.Mrap }),
        Routes: routes.map(({ bucket, region, active }) => ({
          Bucket: bucket,
          Region: region,
          TrafficDialPercentage: active ? 100 : 0,
        })),
      };
    },
    SubmitMultiRegionAccessPointRoutes: (
      input: sdk.SubmitMultiRegionAccessPointRoutesRequest & Through,
    ): Record<string, never> => {
      const routes = this.#asked(input);
      const dials = new Map((input.RouteUpdates ?? []).map((one) => [one.Region, one.TrafficDialPercentage]));
      const wanted = routes.map(({ region, active }) => {
        const dial = dials.get(region);
        return dial === undefined ? active : dial > 0;
      });
      if ([...dials.values()].some((dial) => dial !== 0 && dial !== 100)) {
        throw new Refusal('InvalidRequest', 'TrafficDialPercentage must be 0 or 100');
      }
      if ([...dials.keys()].some((region) => routes.every((route) => route.region !== region))) {
        throw new Refusal('InvalidRequest', 'The Multi-Region Access Point has no such Region');
      }
      if (!wanted.includes(true)) throw new Refusal('InvalidRequest', 'At least one Region must be active');
      for (const [place, route] of routes.entries()) route.active = wanted[place] ?? route.active;
      this.account.clock.after(untilChanged, () => {
        for (const route of routes) route.serves = route.active;
        this.#measured();
      });
      return {};
    },
  };

  #asked({ Mrap = '', Through }: { readonly Mrap: string | undefined } & Through): readonly Route[] {
    if (Through !== undefined && !failoverRegions.includes(Through)) {
      throw new Refusal('InvalidRequest', `${Through} is none of the failover Regions`);
    }
    if (Through !== undefined && this.#failing.has(Through)) {
      throw new Refusal('ServiceUnavailable', 'Reduce your request rate.', 503);
    }
    const found = this.#routes.get(Mrap.replace(/^.*:accesspoint\//, ''));
    if (!found) {
      throw new Refusal('NoSuchMultiRegionAccessPoint', 'The specified Multi-Region Access Point does not exist', 404);
    }
    return found;
  }

  #measured(): void {
    for (const { bucket } of [...this.#routes.values()].flat()) {
      this.account.services.cloudwatch.changed('AWS/S3', { BucketName: bucket });
    }
  }
}
