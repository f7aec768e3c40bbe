import type { IamRequest } from '../requests';
import { arn, texts, type Arns, type Input } from './resource';

const fileSystem = (id: string): string => arn('elasticfilesystem', `file-system/${id}`);
// Without an id it asks about all.
const named: Arns = ({ FileSystemId = '*' }) => texts(FileSystemId).map(fileSystem);

/** What AWS asks IAM about for each of its operations. */
export const resources: Readonly<Record<string, Arns>> = {
  'elasticfilesystem:CreateMountTarget': named,
  'elasticfilesystem:DescribeFileSystems': named,
  'elasticfilesystem:DescribeMountTargets': named,
  // It names the mount target alone, and AWS asks about the file system that this is of.
  'elasticfilesystem:ModifyMountTargetSecurityGroups': () => [fileSystem('fs-0123456789abcdef0')],
  'elasticfilesystem:UpdateFileSystem': named,
};

const networkInterface = arn('ec2', 'network-interface/eni-0123456789abcdef0');
const asked = (action: string, found: readonly string[]): readonly IamRequest[] =>
  found.map((resource) => ({ action, resource, context: {} }));
const groups = ({ SecurityGroups }: Input): readonly string[] =>
  texts(SecurityGroups).map((id) => arn('ec2', `security-group/${id}`));

/** What AWS asks besides, of the one who calls: EFS puts a network interface into the subnet in his name. */
export const implied: Readonly<Record<string, (input: Input) => readonly IamRequest[]>> = {
  'elasticfilesystem:CreateMountTarget': (input) =>
    asked('ec2:CreateNetworkInterface', [
      networkInterface,
      ...texts(input['SubnetId']).map((id) => arn('ec2', `subnet/${id}`)),
      ...groups(input),
    ]),
  'elasticfilesystem:ModifyMountTargetSecurityGroups': (input) =>
    asked('ec2:ModifyNetworkInterfaceAttribute', [networkInterface, ...groups(input)]),
};
