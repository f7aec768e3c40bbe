import type * as sdk from '@aws-sdk/client-ec2';

/** Families with disks of the host: those for storage, and of the others the ones with a `d` among their attributes. */
const withStore = /^(?:i\d|im\d|is\d|d\d|h1|x1|[a-z]+\d+[a-z]*d[a-z]*\.)/;

/** Answers DescribeInstanceTypes for the types that it names. */
export function describeInstanceTypes({
  InstanceTypes,
}: sdk.DescribeInstanceTypesRequest): Omit<sdk.DescribeInstanceTypesCommandOutput, '$metadata'> {
  return {
    InstanceTypes: InstanceTypes?.map((type) => ({
      InstanceType: type,
      InstanceStorageSupported: withStore.test(type),
    })),
  };
}
