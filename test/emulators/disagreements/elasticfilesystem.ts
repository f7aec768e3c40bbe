import { listed, type Disagreement } from '../disagreement';

export const aboutFileSystems: readonly Disagreement[] = [
  ...listed('moto', 'it updates no file system', [
    ['elasticfilesystem:UpdateFileSystem', 'its throughput is provisioned'],
    ['elasticfilesystem:UpdateFileSystem', 'its mode is changed once a day'],
    ['elasticfilesystem:UpdateFileSystem', 'one that does not exist is an error'],
  ]),
  ...listed('ministack', 'it lets the mode be changed at any time', [
    ['elasticfilesystem:UpdateFileSystem', 'its mode is changed once a day'],
  ]),
  ...listed('ministack', 'its mount targets have no network interfaces that EC2 knows', [
    ['elasticfilesystem:ModifyMountTargetSecurityGroups', 'all of its groups are replaced'],
    ['ec2:DescribeNetworkInterfaces', 'that of a mount target has security groups'],
  ]),
  ...listed('ministack', 'it answers none for ids that it does not know', [
    ['ec2:DescribeNetworkInterfaces', 'one that does not exist is an error'],
  ]),
];
