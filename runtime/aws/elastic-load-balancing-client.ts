import {
  ElasticLoadBalancing as Classic,
  type DeregisterInstancesFromLoadBalancerCommandInput,
  type DescribeInstanceHealthCommandInput,
  type RegisterInstancesWithLoadBalancerCommandInput,
} from '@aws-sdk/client-elastic-load-balancing';
import {
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ClientSettings } from './sdk-clients';

/** The present generation without the operations whose names the classic one has as well. */
const Present = ElasticLoadBalancingV2 as unknown as new (
  settings: ClientSettings,
) => Omit<ElasticLoadBalancingV2, 'describeTags' | 'describeLoadBalancers'>;

/** The client of both generations of Elastic Load Balancing: each call goes to the one whose operation, or whose input, it is. */
export class ElasticLoadBalancingClient extends Present {
  readonly #classic: Classic;

  constructor(settings: ClientSettings) {
    super(settings);
    // One host answers both, over the same connections.
    this.#classic = new Classic({ ...settings, requestHandler: this.config.requestHandler });
  }

  /** Clients that it hands calls on to. */
  get handsTo(): readonly object[] {
    return [this.#classic];
  }

  describeTags(input: { readonly LoadBalancerNames?: string[]; readonly ResourceArns?: string[] }): Promise<object> {
    const { LoadBalancerNames, ResourceArns } = input;
    return LoadBalancerNames
      ? this.#classic.describeTags({ LoadBalancerNames })
      : this.send(new DescribeTagsCommand({ ...input, ResourceArns }));
  }

  describeLoadBalancers(input: { readonly LoadBalancerNames?: string[]; readonly Names?: string[] }): Promise<object> {
    const { LoadBalancerNames } = input;
    return LoadBalancerNames
      ? this.#classic.describeLoadBalancers({ LoadBalancerNames })
      : this.send(new DescribeLoadBalancersCommand(input));
  }

  describeInstanceHealth(input: DescribeInstanceHealthCommandInput): Promise<object> {
    return this.#classic.describeInstanceHealth(input);
  }

  deregisterInstancesFromLoadBalancer(input: DeregisterInstancesFromLoadBalancerCommandInput): Promise<object> {
    return this.#classic.deregisterInstancesFromLoadBalancer(input);
  }

  registerInstancesWithLoadBalancer(input: RegisterInstancesWithLoadBalancerCommandInput): Promise<object> {
    return this.#classic.registerInstancesWithLoadBalancer(input);
  }
}
