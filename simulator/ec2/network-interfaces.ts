import type * as sdk from '@aws-sdk/client-ec2';
import { page } from '../page';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import type { Network } from './network';

interface NetworkInterface {
  readonly id: string;
  readonly subnet: string;
  readonly zone: string;
  groups: readonly string[];
}

/** Network interfaces that other services put into subnets, such as those of mount targets. */
export class NetworkInterfaces {
  readonly #interfaces = new Map<string, NetworkInterface>();

  constructor(
    private readonly account: SimulatedAccount,
    private readonly network: Network,
  ) {}

  /** Answers its id. */
  add(described: Pick<NetworkInterface, 'subnet' | 'zone' | 'groups'>): string {
    const id = this.account.newId('eni-');
    this.#interfaces.set(id, { id, ...described });
    return id;
  }

  /** Ids of its security groups. */
  groups(id: string): readonly string[] {
    return this.#known(id).groups;
  }

  setGroups(id: string, groups: readonly string[]): void {
    this.#known(id).groups = groups;
  }

  readonly operations = {
    DescribeNetworkInterfaces: (input: sdk.DescribeNetworkInterfacesRequest): sdk.DescribeNetworkInterfacesResult => {
      const named = input.NetworkInterfaceIds?.map((id) => this.#known(id)) ?? [...this.#interfaces.values()];
      const limit = Math.min(input.MaxResults ?? 1_000, this.account.pageSize);
      const { items, next } = page(named, limit, input.NextToken, 'InvalidNextToken');
      return {
        NetworkInterfaces: items.map(({ id, subnet, zone, groups }) => ({
          NetworkInterfaceId: id,
          SubnetId: subnet,
          AvailabilityZone: zone,
          VpcId: this.network.vpc,
          Groups: groups.map((GroupId) => ({ GroupId })),
        })),
        NextToken: next,
      };
    },
  };

  #known(id: string): NetworkInterface {
    const found = this.#interfaces.get(id);
    if (!found)
      throw new Refusal('InvalidNetworkInterfaceID.NotFound', `The networkInterface ID '${id}' does not exist`);
    return found;
  }
}
