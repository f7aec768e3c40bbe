import { listed, type Disagreement } from '../disagreement';

/** EC2 instances. */
export const aboutEc2: readonly Disagreement[] = [
  ...listed(['moto', 'ministack'], 'it does not look at the state of the instance', [
    ['ec2:RebootInstances', 'one that is stopped is refused'],
    ['ec2:StopInstances', 'one that was terminated is refused'],
    ['ec2:StartInstances', 'one that was terminated is refused'],
  ]),
  ...listed('moto', 'its answer says stopping whatever the state is', [
    ['ec2:StopInstances', 'one that is stopped may be stopped again'],
  ]),
  ...listed('moto', 'it does not look at the form of an id', [
    ['ec2:DescribeInstances', 'an id that is none is malformed'],
  ]),
  ...listed('ministack', 'what does not exist has an empty answer', [
    ['ec2:DescribeInstanceStatus', 'one that does not exist is an error'],
  ]),
  ...listed('ministack', 'states change at once: what lies between is never seen', [
    ['ec2:StopInstances', 'it goes through stopping and is stopped'],
    ['ec2:StartInstances', 'it goes through pending and runs'],
  ]),
  ...listed('ministack', 'its checks are ok in every state', [
    ['ec2:DescribeInstanceStatus', 'one that is stopped is told only when all are asked for, and has no checks'],
  ]),
  ...listed('ministack', 'it makes up types that it does not know, without disks', [
    ['ec2:DescribeInstanceTypes', 'it is told whether a type has disks of its host'],
  ]),
  ...listed('ministack', 'it does not know protection from a stop', [
    ['ec2:DescribeInstanceAttribute', 'protection from a stop is told'],
    ['ec2:StopInstances', 'one that is protected is refused'],
  ]),
  ...listed('ministack', 'it answers everything at once, whatever page is asked for', [
    ['ec2:DescribeInstances', 'a token leads to the rest'],
  ]),
];
