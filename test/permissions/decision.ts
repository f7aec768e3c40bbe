import { runSimulation } from '@cloud-copilot/iam-simulate';
import { fitsArn } from '../../runtime/aws/resource-arn';
import { optInTag } from '../../statemachines/guards/consent';
import { knowsTags } from './iam-facts';
import { account, region, type IamRequest } from './requests';
import type { PolicyDocument, PolicyStatement, SynthesisedRole } from './synthesised-roles';

export type Tags = Readonly<Record<string, string>>;

export const optedIn: Tags = { [optInTag.key]: optInTag.value };

/** What else bears on a decision. */
export interface Circumstances {
  /** Tags of the resource; IAM sees them only where AWS hands them on. */
  readonly tags?: Tags;
  /** Policy of the session, when the role was put on with one. */
  readonly session?: PolicyDocument;
  /** Policy of the resource itself. */
  readonly resourcePolicy?: PolicyDocument;
}

/** Keys of the account leave it to IAM who may use them, as AWS makes them. */
const keyPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }],
};

/**
 * AWS's reference has one shape for all recovery points, and the simulator takes no other: a snapshot of EBS, which AWS Backup's
 * guide writes otherwise, is asked about as that, in request and policies alike.
 */
function referenced<T>(action: string, asked: T): T {
  if (!action.startsWith('backup:')) return asked;
  return JSON.parse(JSON.stringify(asked).replaceAll('::snapshot/', '::snapshot:')) as T;
}

/** Whether IAM would let the role do this. Throws when it cannot be told, since that is no denial. */
export async function mayDo(
  role: SynthesisedRole,
  { action, resource, context }: IamRequest,
  { tags = optedIn, session, resourcePolicy }: Circumstances = {},
): Promise<boolean> {
  const told = await knowsTags(action, resource);
  const { policies, boundary } = heard(role, action);
  // IAM refuses what nothing allows: to hear it of the simulator for each pair of a role and a call would take minutes.
  if (!resourcePolicy && !allow(policies, boundary)) return false;
  const tagged = told ? Object.entries(tags) : [];
  const [, , , place = ''] = resource.split(':');
  const simulation = {
    request: {
      principal: `arn:aws:sts::${account}:assumed-role/${role.name}/inc-1`,
      action,
      // Said to be ours wherever it is: another account's own policy is not to be what stops us.
      resource: { resource, accountId: account },
      contextVariables: {
        'aws:PrincipalArn': role.arn,
        'aws:PrincipalAccount': account,
        'aws:ResourceAccount': account,
        'aws:RequestedRegion': place === '' ? region : place,
        ...context,
        ...Object.fromEntries(tagged.map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
      },
    },
    ...(session && { sessionPolicy: session }),
    identityPolicies: policies.map((policy, place) => ({ name: `${role.name}-${place}`, policy })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: resourcePolicy ?? (action.startsWith('kms:') && resource !== '*' ? keyPolicy : undefined),
    ...(boundary && { permissionBoundaryPolicies: [{ name: 'boundary', policy: boundary }] }),
  };
  const result = await runSimulation(referenced(action, simulation), {});
  if (result.resultType === 'error') {
    throw new Error(`${action} on ${resource} as ${role.name} cannot be decided: ${JSON.stringify(result.errors)}`);
  }
  return result.overallResult === 'Allowed';
}

/** What of a role's policies and boundary bears on an action. */
function heard({ policies, boundary }: SynthesisedRole, action: string) {
  return {
    policies: policies.map((policy) => speakingOf(action, policy)),
    boundary: boundary && speakingOf(action, boundary),
  };
}

/** What of a policy bears on an action: a statement that names others only says nothing of it. The simulator would read all for each question. */
function speakingOf(action: string, document: PolicyDocument): PolicyDocument {
  const known = spoken.get(document) ?? new Map<string, PolicyDocument>();
  spoken.set(document, known);
  const spoke = known.get(action) ?? {
    ...document,
    // One that says what it does not allow is left to the simulator.
    Statement: document.Statement.filter((statement) => !('Action' in statement) || isNamed(action, statement.Action)),
  };
  known.set(action, spoke);
  return spoke;
}

const spoken = new WeakMap<PolicyDocument, Map<string, PolicyDocument>>();

/** Whether a role's own policies say anything of an action. */
export const hasWordOf = (action: string, { policies }: SynthesisedRole): boolean =>
  policies.some((policy) => speakingOf(action, policy).Statement.length > 0);

/** IAM looks at no letter's case. */
function isNamed(action: string, named: PolicyStatement['Action']): boolean {
  const asked = action.toLowerCase();
  const names = [named].flat().map((one) => one.toLowerCase());
  return names.includes(asked) || names.some((one) => /[*?]/.test(one) && fitsArn(one, asked));
}

/** Whether the policies, and the boundary if there is one, allow anything at all. */
function allow(policies: readonly PolicyDocument[], boundary: PolicyDocument | undefined): boolean {
  const allows = ({ Statement }: PolicyDocument): boolean => Statement.some(({ Effect }) => Effect === 'Allow');
  return policies.some(allows) && (boundary === undefined || allows(boundary));
}
