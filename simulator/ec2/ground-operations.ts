import type * as sdk from '@aws-sdk/client-ec2';
import { matching, subnetLooks } from './filter';
import type { Network } from './network';
import { page } from '../page';
import { Refusal } from '../refusal';
import type { Service } from '../account';
import type { SimulatedAccount } from '../world';

type Answer<Output> = Omit<Output, '$metadata'>;

/** What EC2 answers about the ground that instances stand on: subnets and zones. */
export function groundOperations(account: SimulatedAccount, network: Network): Service['operations'] {
  return {
    DescribeSubnets: (input: sdk.DescribeSubnetsRequest): Answer<sdk.DescribeSubnetsCommandOutput> => {
      const all = network.subnets();
      const unknown = input.SubnetIds?.find((id) => !all.some((subnet) => subnet.id === id));
      if (unknown !== undefined) {
        throw new Refusal('InvalidSubnetID.NotFound', `The subnet ID '${unknown}' does not exist`);
      }
      const named = input.SubnetIds?.length ? all.filter(({ id }) => input.SubnetIds?.includes(id)) : all;
      const found = matching(named, input.Filters, subnetLooks);
      const limit = Math.min(input.MaxResults ?? 1_000, account.pageSize);
      const { items, next } = page(found, limit, input.NextToken, 'InvalidNextToken');
      return {
        Subnets: items.map(({ id, zone, freeAddresses }) => ({
          SubnetId: id,
          SubnetArn: account.arn('ec2', `subnet/${id}`),
          VpcId: network.vpc,
          State: 'available',
          AvailabilityZone: zone,
          AvailabilityZoneId: network.zoneId(zone),
          AvailableIpAddressCount: freeAddresses,
        })),
        NextToken: next,
      };
    },
    DescribeAvailabilityZones: (
      input: sdk.DescribeAvailabilityZonesRequest,
    ): Answer<sdk.DescribeAvailabilityZonesCommandOutput> => {
      const zones = network.zones();
      const unknown = input.ZoneNames?.find((name) => !zones.includes(name));
      if (unknown !== undefined) throw new Refusal('InvalidParameterValue', `Invalid availability zone: [${unknown}]`);
      return {
        AvailabilityZones: zones
          .filter((zone) => !input.ZoneNames?.length || input.ZoneNames.includes(zone))
          .map((ZoneName) => ({
            ZoneName,
            ZoneId: network.zoneId(ZoneName),
            RegionName: account.region,
            ZoneType: 'availability-zone',
            State: 'available',
          })),
      };
    },
  };
}
