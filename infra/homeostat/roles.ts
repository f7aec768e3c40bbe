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
import { readsBesideVitals } from '../../vitals/reads-beside';
import { acknowledgePatterns } from './acknowledgement';
import { createBoundary } from './boundary';
import { type Deployment, rolePrefix } from './deployment';
import { readStatement, writeStatements } from './statements';
import { plannedRemediations, startedRemediations, type UsedRemediation } from './used-remediations';

const looking =
  'Looks only. Most of these actions know no narrower resource, and what falls sick is not known when this is deployed.';
const touching =
  'What falls sick is not known when this is deployed: the ARN names account, region and kind, and where AWS supports it the opt-in tag is asked for.';

/** The roles that the functions put on: one to look, and one for each remediation that the policy may start. */
export class RemediationRoles extends Construct {
  readonly reader: Role;
  readonly writers: readonly Role[];
  readonly boundary: ManagedPolicy;

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
    this.boundary = createBoundary(this, deployment, { reads, started, ...(keyArn !== undefined && { keyArn }) });

    this.reader = this.role('reader', 'Looks at resources and alarms; writes nothing', [readStatement(reads)], []);
    this.writers = started.map((used) => this.writer(used));
  }

  private writer(used: UsedRemediation): Role {
    const { name, title, permissions } = used.remediation;
    // The session is named after the incident, so that AWS's own logs lead to it.
    const named = { StringLike: { 'sts:RoleSessionName': 'inc-*' } };
    return this.role(name, title, [readStatement(permissions.read)], writeStatements(used, this.deployment), named);
  }

  private role(
    name: string,
    description: string,
    looks: readonly PolicyStatement[],
    touches: readonly PolicyStatement[],
    conditions: Readonly<Record<string, unknown>> = {},
  ): Role {
    const trusted = this.trusted.map((arn) => new ArnPrincipal(arn).withConditions(conditions));
    const role = new Role(this, name, {
      roleName: `${rolePrefix(this.deployment)}${name}`,
      description: `Homeostat: ${description}`,
      assumedBy: new CompositePrincipal(...trusted),
      permissionsBoundary: this.boundary,
      inlinePolicies: {
        look: new PolicyDocument({ statements: [...looks] }),
        ...(touches.length > 0 && { touch: new PolicyDocument({ statements: [...touches] }) }),
      },
    });
    acknowledgePatterns(role, looks, looking);
    acknowledgePatterns(role, touches, touching);
    return role;
  }
}

/** All that the reader looks at: vitals, alarms, and whatever the remediations ask when they plan and check. */
function readsFor({ policy }: Deployment): readonly string[] {
  const planned = plannedRemediations(policy).flatMap(({ remediation }) => remediation.permissions.read);
  return [...new Set<string>([...vitals.flatMap(({ reads }) => reads), ...readsBesideVitals, ...planned])].sort();
}

/** Names of the roles that there are under this policy, in the deployment's account as in any other. */
export function roleNames(deployment: Deployment): readonly string[] {
  const started = startedRemediations(deployment.policy).map(({ remediation }) => remediation.name);
  return ['reader', ...started].map((name) => `${rolePrefix(deployment)}${name}`);
}
