import { remediations } from '../../../../remediations';
import { longestPolicy, sessionPolicy } from '../../../../runtime/aws/role-credentials/session-policy';

const place = { partition: 'aws', account: '111122223333', region: 'ap-southeast-1' };
const key = (kind: string, id: string): string => `${place.account}/${place.region}/${kind}/${id}`;
const permissionsOf = (name: string) => remediations.find((one) => one.name === name)!.permissions;
const statements = (policy: string) =>
  (JSON.parse(policy) as { Statement: { Effect: string; Action: string[]; Resource: string | string[] }[] }).Statement;
const group = `arn:aws:elasticloadbalancing:ap-southeast-1:111122223333:targetgroup/${'g'.repeat(32)}/73e2d6bc24d8a067`;

/** What each remediation touches at most, with names as long as AWS lets them be. */
const touched = [
  key('ec2-instance', 'i-0a1b2c3d4e5f60718'),
  key('auto-scaling-group', 'g'.repeat(255)),
  key('target-group', group),
  key('db-cluster', 'c'.repeat(63)),
  key('db-instance', 'd'.repeat(63)),
];

describe('the policy of a session', () => {
  it('names the instance that is rebooted, and neither its group nor any other', () => {
    const policy = sessionPolicy(permissionsOf('reboot-instance'), touched.slice(0, 2), place);
    expect(statements(policy).slice(1)).toEqual([
      {
        Effect: 'Allow',
        Action: ['ec2:RebootInstances'],
        Resource: ['arn:aws:ec2:ap-southeast-1:111122223333:instance/i-0a1b2c3d4e5f60718'],
      },
    ]);
  });

  it('names the group where a member is replaced through it', () => {
    const policy = sessionPolicy(
      permissionsOf('replace-instance'),
      [touched[0]!, key('auto-scaling-group', 'web')],
      place,
    );
    expect(statements(policy).slice(1)).toMatchObject([
      {
        Action: ['autoscaling:SetInstanceHealth', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
        Resource: ['arn:aws:autoscaling:ap-southeast-1:111122223333:autoScalingGroup:*:autoScalingGroupName/web'],
      },
    ]);
  });

  it('lets a runbook of AWS start, in this region, though nothing that is touched is a runbook', () => {
    const policy = sessionPolicy(permissionsOf('run-ssm-automation'), touched.slice(0, 1), place);
    const resources = statements(policy)
      .slice(1)
      .flatMap(({ Resource }) => Resource);
    expect(resources).toContain('arn:aws:ssm:ap-southeast-1:*:document/*');
    expect(resources).toContain('arn:aws:ssm:ap-southeast-1:111122223333:automation-execution/*');
    expect(resources).toContain('arn:aws:iam::111122223333:role/*');
  });

  it('lets something be created beside what was created in that way itself', () => {
    const source = 'orders-homeostat-0a1b2c3d';
    const policy = sessionPolicy(permissionsOf('add-read-replica'), [key('db-instance', source)], place);
    const arn = (name: string) => `arn:aws:rds:ap-southeast-1:111122223333:db:${name}`;
    const resources = statements(policy)
      .filter(({ Action }) => Action.includes('rds:CreateDBInstanceReadReplica'))
      .flatMap(({ Resource }) => Resource);
    expect(resources).toEqual(expect.arrayContaining([arn(source), arn('*-homeostat-*')]));
  });

  it('leaves in every Region what AWS asks for where the copies of a table are, and the table in its own', () => {
    const policy = sessionPolicy(permissionsOf('raise-global-table-writes'), [key('table', 'orders')], place);
    const [looks, ...writes] = statements(policy);
    expect(looks?.Action).toContain('application-autoscaling:DescribeScalableTargets');
    expect(writes).toEqual([
      expect.objectContaining({ Resource: ['arn:aws:dynamodb:ap-southeast-1:111122223333:table/orders'] }),
      expect.objectContaining({
        Action: expect.arrayContaining(['application-autoscaling:RegisterScalableTarget']) as string[],
        Resource: ['arn:aws:application-autoscaling:*:111122223333:scalable-target/*'],
      }),
    ]);
  });

  it.each(remediations.map(({ name }) => name))('of %s fits into what STS takes, and writes on no *', (name) => {
    const policy = sessionPolicy(permissionsOf(name), touched, place);
    expect(policy.length).toBeLessThanOrEqual(longestPolicy);
    for (const { Resource } of statements(policy).slice(1)) {
      expect(Resource).not.toContain('*');
      expect(Resource).toBeInstanceOf(Array);
    }
  });
});
