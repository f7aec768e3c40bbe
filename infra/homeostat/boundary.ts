import { Stack } from 'aws-cdk-lib';
import { Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { protectTag } from '../../statemachines/guards/consent';
import { iamActions } from '../../remediations/iam-action';
import { acknowledgeActions, acknowledgePatterns } from './acknowledgement';
import { type Deployment, rolePrefix } from './deployment';
import { arnsIn, readStatement, writeStatements } from './statements';
import type { UsedRemediation } from './used-remediations';

export interface Bounds {
  /** Its own name among the boundaries: a system, or the reader. */
  readonly of: string;
  /** Actions that look; they may be patterns. */
  readonly reads: readonly string[];
  /** What may be started by those. */
  readonly started: readonly UsedRemediation[];
  /** ARN of the key that the boundary keeps all hands off; absent in an account that has none. */
  readonly keyArn?: string;
}

/** IAM refuses a longer managed policy; white space does not count. */
const longestManagedPolicy = 6144;

/**
 * The most that the roles of one system's remediations can ever do, whatever else is attached to them: what these remediations
 * declare, and never anything about Homeostat itself, about who may do what, or about what its owner protects. The reader has
 * one of its own. A single one for all would outgrow what IAM takes.
 */
export function createBoundary(scope: Construct, deployment: Deployment, bounds: Bounds): ManagedPolicy {
  const allowed = allows(deployment, bounds);
  const boundary = new ManagedPolicy(scope, `Boundary-${bounds.of}`, {
    managedPolicyName: `${rolePrefix(deployment)}boundary-${bounds.of}`,
    description: `The most that Homeostat ${deployment.name} may do: ${bounds.of}`,
    statements: [...allowed, ...denials(deployment, bounds)],
  });
  acknowledgePatterns(
    boundary,
    allowed,
    'A boundary grants nothing: it is the outer limit of roles that each say more narrowly what they may touch.',
  );
  acknowledgeActions(boundary, bounds.reads, 'A boundary grants nothing: the policies of the reader name each action.');
  boundary.node.addValidation({ validate: () => objectionToLength(boundary, bounds.of) });
  return boundary;
}

function objectionToLength(boundary: ManagedPolicy, of: string): string[] {
  const { length } = JSON.stringify(Stack.of(boundary).resolve(boundary.document));
  if (length <= longestManagedPolicy) return [];
  return [
    `The permissions boundary of ${of} has ${length} characters and IAM takes ${longestManagedPolicy}: let the policy's runbooks share their roles.`,
  ];
}

/** Actions of a remediation that change something, with those that AWS asks of whoever makes them. */
function declaredWrites(started: readonly UsedRemediation[]): readonly string[] {
  const all = started.flatMap(({ remediation: { permissions } }) => [
    ...permissions.write,
    ...(permissions.implied ?? []),
  ]);
  return [...new Set(all.flatMap(({ action }) => iamActions(action)))].sort();
}

function allows(deployment: Deployment, { reads, started }: Bounds): readonly PolicyStatement[] {
  const place = { ...deployment, regions: ['*'] };
  const byResources = new Map<string, Set<string>>();
  for (const used of started) {
    for (const { action, on } of [
      ...used.remediation.permissions.write,
      ...(used.remediation.permissions.implied ?? []),
    ]) {
      if (action === 'iam:PassRole') continue;
      for (const arn of arnsIn(place, on)) {
        byResources.set(arn, new Set([...(byResources.get(arn) ?? []), ...iamActions(action)]));
      }
    }
  }
  const touches = [...byResources]
    .flatMap(([arn, actions]) => ownAndAws(arn, actions, deployment))
    .map(([arn, actions]) => new PolicyStatement({ actions: [...actions], resources: [arn] }));
  const passes = passed(deployment, started);
  return [readStatement(reads), ...touches, ...passes];
}

/** Runbooks of AWS and of accounts that share theirs stand in other accounts than ours; a command is always our own. */
function ownAndAws(
  arn: string,
  actions: ReadonlySet<string>,
  { account }: Deployment,
): readonly (readonly [string, readonly string[]])[] {
  const shared: readonly string[] = [...actions].filter((action) => action === 'ssm:StartAutomationExecution');
  const own = [...actions].filter((action) => !shared.includes(action)).sort();
  const isDocument = /:(document|automation-definition)\//.test(arn);
  if (!isDocument || shared.length === 0) return [[arn, [...actions].sort()]];
  return [[arn.replace(`:${account}:`, ':*:'), shared], ...(own.length > 0 ? [[arn, own] as const] : [])];
}

function passed(deployment: Deployment, started: readonly UsedRemediation[]): readonly PolicyStatement[] {
  return started
    .flatMap((used) => writeStatements(used, deployment))
    .filter(({ actions }) => actions.includes('iam:PassRole'));
}

function denials(deployment: Deployment, { started, keyArn }: Bounds): readonly PolicyStatement[] {
  const deny = (sid: string, actions: readonly string[], resources: readonly string[]): PolicyStatement =>
    new PolicyStatement({ sid, effect: Effect.DENY, actions: [...actions], resources: [...resources] });
  const writes = declaredWrites(started);
  return [
    // All of IAM but PassRole, which is allowed above only to the roles that the policy names for its runbooks.
    deny('NoPowers', [...iamButPassRole, 'organizations:*', 'account:*', 'sts:*'], ['*']),
    deny('NoKeys', keyAdministration, ['*']),
    deny('NotItself', ['*'], [...ownResources(deployment), ...(keyArn === undefined ? [] : [keyArn])]),
    ...(writes.length === 0
      ? []
      : [
          new PolicyStatement({
            sid: 'NotProtected',
            effect: Effect.DENY,
            actions: [...writes],
            resources: ['*'],
            // The tag is there, whatever it says.
            conditions: { Null: { [`aws:ResourceTag/${protectTag}`]: 'false' } },
          }),
        ]),
  ];
}

/** By the letters that IAM's actions begin with: those with a P are PassRole and the ones that begin with Put. */
const iamButPassRole = ['A', 'C', 'D', 'E', 'G', 'L', 'Put', 'R', 'S', 'T', 'U'].map((letter) => `iam:${letter}*`);

const keyAdministration = ['CreateA', 'CreateK', 'Delete', 'Disable', 'Put', 'Schedule', 'Update'].map(
  (begin) => `kms:${begin}*`,
);

/** All that a deployment consists of, by name. */
function ownResources(deployment: Deployment): readonly string[] {
  const { name, partition, account } = deployment;
  const of = (service: string, resource: string, region = '*'): string =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
  return [
    of('dynamodb', `table/${name}`),
    of('dynamodb', `table/${name}/*`),
    of('sqs', `${name}-*`),
    of('lambda', `function:${name}-*`),
    of('events', `event-bus/${name}`),
    of('events', `rule/${name}-*`),
    of('events', `archive/${name}-*`),
    of('scheduler', `schedule*/${name}*`),
    of('sns', `${name}-self`),
    of('logs', `log-group:/aws/lambda/${name}-*`),
    of('cloudwatch', `alarm:${name}-*`),
    of('iam', `role/${rolePrefix(deployment)}*`, ''),
    of('iam', `policy/${rolePrefix(deployment)}*`, ''),
    of('cloudformation', `stack/${deployment.stackName}/*`),
  ];
}
