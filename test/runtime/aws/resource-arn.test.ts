import { arnOf, fitsArn } from '../../../runtime/aws/resource-arn';
import type { Resource } from '../../../signals/signal';

const at = { account: '111122223333', region: 'eu-west-1' };
const group = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/73e2d6bc24d8a067';

describe('the ARN of a resource', () => {
  it.each<[Resource['kind'], string, string | undefined]>([
    ['ec2-instance', 'i-1', 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1'],
    ['volume', 'vol-1', 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-1'],
    [
      'auto-scaling-group',
      'web',
      'arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:*:autoScalingGroupName/web',
    ],
    ['target-group', group, group],
    ['load-balancer', group, group],
    ['db-instance', 'orders', 'arn:aws:rds:eu-west-1:111122223333:db:orders'],
    ['db-cluster', 'orders', 'arn:aws:rds:eu-west-1:111122223333:cluster:orders'],
    ['automation-execution', 'e-1', 'arn:aws:ssm:eu-west-1:111122223333:automation-execution/e-1'],
    ['other', 'anything', undefined],
  ])('of kind %s', (kind, id, arn) => {
    expect(arnOf({ kind, id, ...at }, 'aws')).toBe(arn);
  });

  it('never stands for more than the resource: what IAM takes for a wildcard is itself', () => {
    expect(arnOf({ kind: 'auto-scaling-group', id: 'a*b?${c}', ...at }, 'aws')).toMatch(
      /\/a\$\{\*\}b\$\{\?\}\$\{\$\}\{c\}$/,
    );
  });
});

it.each([
  ['arn:*:ec2:*:*:instance/*', 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1', true],
  ['arn:*:ec2:*:*:instance/*', 'arn:aws:ec2:eu-west-1:111122223333:volume/v-1', false],
  ['arn:*:rds:*:*:db:*', 'arn:aws:rds:eu-west-1:111122223333:cluster:db', false],
  ['a.c', 'abc', false],
])('%s against %s is %s', (pattern, arn, fits) => {
  expect(fitsArn(pattern, arn)).toBe(fits);
});
