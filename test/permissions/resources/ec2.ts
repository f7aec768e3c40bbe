import { arn, texts, type Arns } from './resource';

const instances: Arns = ({ InstanceId, InstanceIds }) =>
  [...texts(InstanceId), ...texts(InstanceIds)].map((id) => arn('ec2', `instance/${id}`));

const volumes: Arns = ({ VolumeId }) => texts(VolumeId).map((id) => arn('ec2', `volume/${id}`));

/** What AWS asks IAM about for each of its operations. */
export const resources: Readonly<Record<string, Arns>> = {
  'ec2:DescribeInstanceAttribute': instances,
  'ec2:ModifyVolume': volumes,
  'ec2:RebootInstances': instances,
  'ec2:StartInstances': instances,
  'ec2:StopInstances': instances,
};
