import { everyItem } from '../../../vitals/pages';
import { type Describer, item, missing } from './describer';

/** Subnets of instances and groups, with the addresses that they have left. */
export const subnets: Describer = {
  atOnce: 100,
  describe: async (ids, { aws, redaction }) => {
    const found = await everyItem(
      (token) => aws.ec2.describeSubnets({ Filters: [{ Name: 'subnet-id', Values: [...ids] }], ...token }),
      ({ Subnets }) => Subnets,
    );
    const entries = found.map(({ SubnetId = '', AvailabilityZone, AvailableIpAddressCount }) => ({
      of: SubnetId,
      item: item({ id: redaction.name(SubnetId), zone: AvailabilityZone, freeAddresses: AvailableIpAddressCount }),
    }));
    return { entries: [...entries, ...missing(ids, entries)], leads: [] };
  },
};
