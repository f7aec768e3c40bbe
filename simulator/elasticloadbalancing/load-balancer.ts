import type * as sdk from '@aws-sdk/client-elastic-load-balancing-v2';
import { z } from 'zod';
import { page } from '../page';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';

type Answer<Output> = Omit<Output, '$metadata'>;

/** An Application or Network Load Balancer as one describes it; what is left out is AWS's default. */
export const loadBalancerSchema = z.strictObject({
  /** ARN or its end, such as `app/web/50dc6c495c0c9188`. */
  arn: z.string(),
  /** Whether zonal shifts of it are enabled. */
  zonalShift: z.boolean().optional(),
  /** Of a Network Load Balancer: whether its zones share their targets. */
  crossZone: z.boolean().optional(),
  /** Names of its zones: those of the account that have a subnet unless told. */
  zones: z.array(z.string()).optional(),
  tags: z.record(z.string(), z.string()).optional(),
});
type LoadBalancerDescription = z.infer<typeof loadBalancerSchema>;

export interface LoadBalancer {
  readonly arn: string;
  readonly name: string;
  readonly type: 'application' | 'network' | 'gateway';
  /** The end of its ARN, as metrics name it: `app/web/50dc6c495c0c9188`. */
  readonly dimension: string;
  /** In which it is measured. */
  readonly namespace: string;
  readonly zonalShift: boolean;
  readonly crossZone: boolean;
  readonly zones: readonly string[] | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

const namespaces = { application: 'AWS/ApplicationELB', network: 'AWS/NetworkELB', gateway: 'AWS/GatewayELB' } as const;

/** Load balancers of one account, all but the classic ones. */
export class LoadBalancers {
  readonly #byArn = new Map<string, LoadBalancer>();
  readonly #byDimension = new Map<string, LoadBalancer>();

  constructor(private readonly account: SimulatedAccount) {}

  /** Adds one, or answers the one that is there. */
  add(described: LoadBalancerDescription): LoadBalancer {
    const end = described.arn.replace(/^.*:loadbalancer\//, '');
    const { account } = this;
    const arn = described.arn.startsWith('arn:')
      ? described.arn
      : account.arn('elasticloadbalancing', `loadbalancer/${end}`);
    const known = this.#byArn.get(arn);
    if (known) return known;
    const [kind, name = end] = end.split('/');
    const type = kind === 'net' ? 'network' : kind === 'gwy' ? 'gateway' : 'application';
    const { zonalShift = false, crossZone = type === 'application', zones, tags = {} } = described;
    const namespace = namespaces[type];
    const made: LoadBalancer = { arn, name, type, namespace, dimension: end, zonalShift, crossZone, zones, tags };
    this.#byArn.set(arn, made);
    this.#byDimension.set(end, made);
    return made;
  }

  /** By its ARN, or by the end of it. */
  find(arnOrDimension: string): LoadBalancer | undefined {
    return this.#byArn.get(arnOrDimension) ?? this.#byDimension.get(arnOrDimension);
  }

  /** Names of its zones. */
  zonesOf({ zones }: LoadBalancer): readonly string[] {
    return zones ?? [...new Set(this.account.services.ec2.network.subnets().map(({ zone }) => zone))];
  }

  readonly operations = {
    DescribeLoadBalancers: (input: sdk.DescribeLoadBalancersInput): Answer<sdk.DescribeLoadBalancersCommandOutput> => {
      const all = [...this.#byArn.values()];
      for (const arn of input.LoadBalancerArns ?? []) if (!this.#byArn.has(arn)) refuseLoadBalancer(arn);
      for (const wanted of input.Names ?? []) if (!all.some(({ name }) => name === wanted)) refuseLoadBalancer(wanted);
      const found = all.filter(
        ({ arn, name }) =>
          (!input.LoadBalancerArns?.length || input.LoadBalancerArns.includes(arn)) &&
          (!input.Names?.length || input.Names.includes(name)),
      );
      const limit = Math.min(input.PageSize ?? 400, this.account.pageSize);
      const { items, next } = page(found, limit, input.Marker, 'ValidationError');
      const { network } = this.account.services.ec2;
      return {
        LoadBalancers: items.map((balancer) => ({
          LoadBalancerArn: balancer.arn,
          LoadBalancerName: balancer.name,
          Type: balancer.type,
          VpcId: network.vpc,
          State: { Code: 'active' },
          AvailabilityZones: this.zonesOf(balancer).map((zone) => ({
            ZoneName: zone,
            SubnetId: network.subnetFor(zone).id,
          })),
        })),
        NextMarker: next,
      };
    },
    DescribeLoadBalancerAttributes: ({
      LoadBalancerArn: arn = '',
    }: sdk.DescribeLoadBalancerAttributesInput): Answer<sdk.DescribeLoadBalancerAttributesCommandOutput> => {
      const { crossZone, zonalShift } = this.#byArn.get(arn) ?? refuseLoadBalancer(arn);
      return {
        Attributes: [
          { Key: 'deletion_protection.enabled', Value: 'false' },
          { Key: 'load_balancing.cross_zone.enabled', Value: String(crossZone) },
          { Key: 'zonal_shift.config.enabled', Value: String(zonalShift) },
        ],
      };
    },
  };
}

function refuseLoadBalancer(name: string): never {
  throw new Refusal('LoadBalancerNotFoundException', `Load balancers '[${name}]' not found`);
}
