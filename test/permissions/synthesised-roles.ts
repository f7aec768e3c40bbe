import type { StackTemplate } from './deployment';
import { Intrinsics } from './intrinsics';

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: object;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly PolicyStatement[];
}

/** A role as IAM would hold it, with every name filled in. */
export interface SynthesisedRole {
  readonly name: string;
  readonly arn: string;
  readonly trust: PolicyDocument;
  /** Inline and managed, in the order of the template. */
  readonly policies: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument;
}

interface RoleProperties {
  readonly RoleName: string;
  readonly AssumeRolePolicyDocument: PolicyDocument;
  readonly Policies?: readonly { readonly PolicyDocument: PolicyDocument }[];
  readonly ManagedPolicyArns?: readonly string[];
  readonly PermissionsBoundary?: string;
}

interface PolicyProperties {
  readonly PolicyDocument: PolicyDocument;
  /** Names of the roles that it is attached to. */
  readonly Roles?: readonly string[];
}

/** Every role of a template, by name. Throws for a policy that the template names and does not hold. */
export function rolesIn(template: StackTemplate): ReadonlyMap<string, SynthesisedRole> {
  const intrinsics = new Intrinsics(template);
  const all = Object.entries(template.Resources);
  const managed = new Map<string, PolicyProperties>();
  for (const [id, { Type }] of all) {
    if (!['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy'].includes(Type)) continue;
    managed.set(intrinsics.ref(id), intrinsics.propertiesOf(id) as PolicyProperties);
  }
  const documentOf = (arn: string): PolicyDocument => {
    const known = managed.get(arn);
    if (!known) throw new Error(`${arn} is not in the template: what it allows cannot be known`);
    return known.PolicyDocument;
  };
  const roles = all
    .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
    .map(([id]): SynthesisedRole => {
      const role = intrinsics.propertiesOf(id) as RoleProperties;
      const attached = [...managed.values()].filter(({ Roles = [] }) => Roles.includes(role.RoleName));
      return {
        name: role.RoleName,
        arn: intrinsics.attribute(id, 'Arn'),
        trust: role.AssumeRolePolicyDocument,
        policies: [
          ...(role.Policies ?? []).map((policy) => policy.PolicyDocument),
          ...(role.ManagedPolicyArns ?? []).map(documentOf),
          ...attached.map((policy) => policy.PolicyDocument),
        ],
        ...(role.PermissionsBoundary !== undefined && { boundary: documentOf(role.PermissionsBoundary) }),
      };
    });
  return new Map(roles.map((role) => [role.name, role]));
}
