import type { Calls } from '../aws';
import { everyItem } from '../pages';

/** The action of `shortageOfAddresses`. */
export const subnetReads = ['ec2:DescribeSubnets'] as const;

/** Why so many more would find no address in these subnets of what `id` names; undefined when they would. */
export async function shortageOfAddresses(
  id: string,
  subnets: readonly string[],
  added: number,
  aws: Calls<(typeof subnetReads)[number]>,
): Promise<string | undefined> {
  const described = await everyItem(
    (token) => aws.ec2.describeSubnets({ SubnetIds: [...subnets], ...token }),
    (page) => page.Subnets,
  );
  const told = described.flatMap(({ AvailableIpAddressCount: free }) => free ?? []);
  if (told.length < subnets.length) return `EC2 does not say how many addresses ${subnets.join(' and ')} have left`;
  const free = told.reduce((sum, each) => sum + each, 0);
  return free < added
    ? `the subnets of ${id} (${subnets.join(', ')}) have ${free} free addresses, and ${added} are needed`
    : undefined;
}
