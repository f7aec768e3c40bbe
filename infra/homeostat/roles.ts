import {
  ArnPrincipal,
  CompositePrincipal,
  type ManagedPolicy,
  PolicyDocument,
  type PolicyStatement,
  Role,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { vitals } from '../../vitals/index';
import { allReads } from '../../remediations/remediation';
import { readsBesideVitals } from '../../vitals/reads-beside';
import { acknowledgePatterns } from './acknowledgement';
import { boundaries, boundaryOf } from '../../remediations/boundaries';
import { type Bounds, createBoundary } from './boundary';
import { iamActions } from '../../remediations/iam-action';
import { createLooks } from './looks';
import { type Deployment, rolePrefix } from './deployment';
import { looking, readStatement, writeStatements } from './statements';
import { plannedRemediations, startedRemediations, type UsedRemediation } from './used-remediations';

const touching =
  'What falls sick is not known when this is deployed: the ARN names account, region and kind, and where AWS supports it the opt-in tag is asked for.';

/** The roles that the functions put on: one to look, and one for each remediation that the policy may start. */
export class RemediationRoles extends Construct {
  readonly reader: Role;
  readonly writers: readonly Role[];
  /** By the names that the remediations give them; the reader has one of its own. */
  readonly boundaries: ReadonlyMap<string, ManagedPolicy>;

  constructor(
    scope: Construct,
    id: string,
    private readonly deployment: Deployment,
    /** ARNs of the roles that may put them on. */
    private readonly trusted: readonly string[],
    keyArn?: string,
  ) {
    super(scope, id);
    const { policy } = deployment;
    const started = startedRemediations(policy);
    const reads = readsFor(deployment);
    const made = (bounds: Bounds): readonly [string, ManagedPolicy] => [
      bounds.of,
      createBoundary(this, deployment, { ...bounds, ...(keyArn !== undefined && { keyArn }) }),
    ];
    this.boundaries = new Map([
      made({ of: reader, reads: looksOf(reads), started: [] }),
      ...[...boundaries].flatMap(([of, bounded]) => {
        const own = started.filter(({ remediation: { name } }) => bounded.some((one) => one.name === name));
        return own.length === 0 ? [] : [made({ of, reads: readsOf(own), started: own })];
      }),
    ]);

    this.reader = this.role(reader, 'Looks at resources and alarms; writes nothing', reader, [], []);
    createLooks(this, deployment, this.reader, reads);
    this.writers = started.map((used) => this.writer(used));
  }

  private writer(used: UsedRemediation): Role {
    const { name, title, permissions } = used.remediation;
    // The session is named after the incident, so that AWS's own logs lead to it.
    const named = { StringLike: { 'sts:RoleSessionName': 'inc-*' } };
    const looks = [readStatement(allReads(permissions))];
    const touches = writeStatements(used, this.deployment);
    return this.role(name, title, boundaryOf(name) ?? name, looks, touches, named);
  }

  /** A role without a boundary is never made. */
  private boundary(of: string): ManagedPolicy {
    const boundary = this.boundaries.get(of);
    if (!boundary) throw new Error(`there is no boundary ${of}`);
    return boundary;
  }

  private role(
    name: string,
    description: string,
    bounds: string,
    looks: readonly PolicyStatement[],
    touches: readonly PolicyStatement[],
    conditions: Readonly<Record<string, unknown>> = {},
  ): Role {
    const trusted = this.trusted.map((arn) => new ArnPrincipal(arn).withConditions(conditions));
    const role = new Role(this, name, {
      roleName: `${rolePrefix(this.deployment)}${name}`,
      description: `Homeostat: ${description}`,
      assumedBy: new CompositePrincipal(...trusted),
      permissionsBoundary: this.boundary(bounds),
      inlinePolicies: {
        ...(looks.length > 0 && { look: new PolicyDocument({ statements: [...looks] }) }),
        ...(touches.length > 0 && { touch: new PolicyDocument({ statements: [...touches] }) }),
      },
    });
    acknowledgePatterns(role, looks, looking);
    acknowledgePatterns(role, touches, touching);
    return role;
  }
}

/** The name of the one that looks. */
const reader = 'reader';

function readsOf(used: readonly UsedRemediation[]): readonly string[] {
  return [...new Set<string>(used.flatMap(({ remediation }) => allReads(remediation.permissions)))].sort();
}

/**
 * What looks at the same services, as the reader's boundary has room for it: whatever AWS calls Describe or List tells of resources, and is
 * allowed by service; so are what it calls GetBucket, which tells how a bucket is set, and all Gets of Route 53, which holds nothing but
 * settings. Whatever else it calls by another name may give away what is in them, and is allowed by its name.
 */
const onlyTells = /:(Describe|List|GetBucket|(?<=route53[\w-]*:)Get)\w*$/;

function looksOf(reads: readonly string[]): readonly string[] {
  return [...new Set(reads.flatMap(iamActions).map((read) => read.replace(onlyTells, ':$1*')))].sort();
}

/** All that the reader looks at: vitals, alarms, and whatever the remediations ask when they plan and check. */
function readsFor({ policy }: Deployment): readonly string[] {
  const planned = plannedRemediations(policy).flatMap(({ remediation }) => remediation.permissions.read);
  return [...new Set<string>([...vitals.flatMap(({ reads }) => reads), ...readsBesideVitals, ...planned])].sort();
}

/** Names of the roles that there are under this policy, in the deployment's account as in any other. */
export function roleNames(deployment: Deployment): readonly string[] {
  const started = startedRemediations(deployment.policy).map(({ remediation }) => remediation.name);
  return [reader, ...started].map((name) => `${rolePrefix(deployment)}${name}`);
}
