import type {
  DescribeAccessPointsInput,
  DescribeAccessPointsOutput,
  DescribeTagsInput as ClassicTagsInput,
  DescribeTagsOutput as ClassicTagsOutput,
  ElasticLoadBalancing as Classic,
} from '@aws-sdk/client-elastic-load-balancing';
import type {
  DescribeLoadBalancersInput,
  DescribeLoadBalancersOutput,
  DescribeTagsInput,
  DescribeTagsOutput,
  ElasticLoadBalancingV2,
} from '@aws-sdk/client-elastic-load-balancing-v2';

type OfInstances =
  'describeInstanceHealth' | 'deregisterInstancesFromLoadBalancer' | 'registerInstancesWithLoadBalancer';

/**
 * Both generations of Elastic Load Balancing, since IAM knows them by one prefix: all operations of the present one, and those of
 * the classic one that are called here. Of two that have one name the input tells which is meant: the classic one asks by
 * `LoadBalancerNames`.
 */
export type ElasticLoadBalancing = Omit<ElasticLoadBalancingV2, 'describeTags' | 'describeLoadBalancers'> &
  Pick<Classic, OfInstances> & {
    describeTags(input: DescribeTagsInput): Promise<DescribeTagsOutput>;
    describeTags(input: ClassicTagsInput): Promise<ClassicTagsOutput>;
    describeLoadBalancers(input: DescribeLoadBalancersInput): Promise<DescribeLoadBalancersOutput>;
    describeLoadBalancers(input: DescribeAccessPointsInput): Promise<DescribeAccessPointsOutput>;
  };
