import { listed, type Disagreement } from '../disagreement';

/** Snapshots of volumes, databases and caches. */
export const aboutSnapshots: readonly Disagreement[] = [
  ...listed('ministack', 'it has no such operation', [
    ['ec2:CreateSnapshots', 'one of each volume of an instance, found by the tag that they were taken with'],
    ['ec2:CreateSnapshots', 'an instance that does not exist is an error'],
    ['ec2:DescribeSnapshots', 'it is completed in the end'],
  ]),
  ...listed('ministack', 'it tells the time of a node snapshot in a form that the SDK does not read', [
    ['elasticache:CreateSnapshot', 'it comes to be available, and names the group that it is of'],
    ['elasticache:CreateSnapshot', 'a second one of a name is refused'],
    ['elasticache:CreateSnapshot', 'of Memcached there is none'],
    ['elasticache:CreateSnapshot', 'a group that does not exist is an error'],
  ]),
  ...listed('ministack', 'it answers with an empty list', [
    ['elasticache:DescribeSnapshots', 'one that does not exist is an error'],
  ]),
  ...listed('moto', 'it takes a snapshot of Memcached', [['elasticache:CreateSnapshot', 'of Memcached there is none']]),
];
