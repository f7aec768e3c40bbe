import { listed, type Disagreement } from '../disagreement';

/** EBS volumes, and commands of Systems Manager. */
export const aboutVolumesAndCommands: readonly Disagreement[] = [
  ...listed('moto', 'it has no such operation', [
    ['ec2:DescribeVolumeStatus', 'one in use passes its check'],
    ['ssm:DescribeInstanceInformation', 'an instance that nothing is known of is not in the list'],
  ]),
  ...listed(['moto', 'ministack'], 'it lets a volume shrink', [['ec2:ModifyVolume', 'a smaller size is refused']]),
  ...listed('moto', 'it does not look for the document of a command', [
    ['ssm:SendCommand', 'a document that does not exist is an error'],
    ['ssm:SendCommand', 'a value that the document does not take is refused'],
  ]),
  ...listed('moto', 'it does not know the filter on documents', [
    ['ssm:ListCommands', 'those of a document on an instance are found, with what was written on them'],
  ]),
  ...listed('moto', 'it takes a command that does not exist for an id that is none', [
    ['ssm:GetCommandInvocation', 'a command that does not exist is an error'],
  ]),
  ...listed('ministack', 'it tells of a change that there never was', [
    ['ec2:DescribeVolumesModifications', 'a volume that was never changed has none by a filter'],
  ]),
  ...listed('ministack', 'it takes no documents, and sends no commands to instances of its own', [
    ['ssm:SendCommand', 'a command has an id'],
    ['ssm:SendCommand', 'a document that does not exist is an error'],
    ['ssm:SendCommand', 'a value that the document does not take is refused'],
    ['ssm:ListCommands', 'those of a document on an instance are found, with what was written on them'],
    ['ssm:GetCommandInvocation', 'a command ends in success'],
  ]),
];
