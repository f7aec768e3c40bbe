import { arn, region, texts, type Arns } from './resource';

const instances: Arns = ({ InstanceId, InstanceIds }) =>
  [...texts(InstanceId), ...texts(InstanceIds)].map((id) => arn('ec2', `instance/${id}`));

/** A snapshot before it is taken. */
export const newSnapshot = `arn:aws:ec2:${region}::snapshot/snap-0123456789abcdef0`;

const volumes: Arns = ({ VolumeId }) => texts(VolumeId).map((id) => arn('ec2', `volume/${id}`));

/** What AWS asks IAM about for each of its operations. */
export const resources: Readonly<Record<string, Arns>> = {
  // It does not exist before it is taken, and belongs to no account by its ARN.
  'ec2:CreateSnapshot': (input, call) => [...volumes(input, call), newSnapshot],
  'ec2:DescribeInstanceAttribute': instances,
  'ec2:ModifyVolume': volumes,
  'ec2:RebootInstances': instances,
  'ec2:StartInstances': instances,
  'ec2:StopInstances': instances,
};
