import { remediations } from '../../remediations';
import { snapshotFirst } from '../../remediations/snapshot-first';
import { sessionPolicy } from '../../runtime/aws/role-credentials/session-policy';
import { resourceKey } from '../../signals/signal';
import { mayDo } from './decision';
import { onlyLooks } from './iam-facts';
import { account, region } from './requests';
import { roleOf, type Roles, type SeenRequest } from './proof';
import type { PolicyDocument } from './synthesised-roles';

/** Makes the policy of a session from what a remediation declares and what its plan touches. */
export type SessionPolicy = typeof sessionPolicy;

/** Calls that are made in the session of an incident, and that its policy takes away. */
export async function refusedInSession(
  roles: Roles,
  seen: readonly SeenRequest[],
  policyOf: SessionPolicy = sessionPolicy,
): Promise<readonly string[]> {
  const findings = await Promise.all(
    inSessions(seen).map(async ({ by, request, call }) => {
      const session = sessionOf(by, call, policyOf);
      if (await mayDo(roleOf(roles, by), request, { session })) return [];
      return [`the session of ${by} may not ${request.action} on ${request.resource}`];
    }),
  );
  return findings.flat();
}

/** Writes that the session of an incident may make on what its plan does not touch, though the owner of that opted in: actions. */
export async function writesOnUntouched(
  roles: Roles,
  seen: readonly SeenRequest[],
  policyOf: SessionPolicy = sessionPolicy,
): Promise<readonly string[]> {
  const actions = new Set<string>();
  for (const { by, request, call } of inSessions(seen)) {
    if (await onlyLooks(request.action)) continue;
    const other = { ...request, resource: request.resource.replace(/[^/:]+$/, 'another') };
    const session = sessionOf(by, call, policyOf);
    if (await mayDo(roleOf(roles, by), other, { session })) actions.add(`${by}: ${request.action}`);
  }
  return [...actions];
}

/** The reader's sessions have no policy. */
const inSessions = (seen: readonly SeenRequest[]): readonly SeenRequest[] =>
  seen.filter(({ call }) => remediations.some(({ name }) => name === call.by));

function sessionOf(by: string, { touches, keeps }: SeenRequest['call'], policyOf: SessionPolicy): PolicyDocument {
  const remediation = remediations.find(({ name }) => name === by);
  if (!remediation) throw new Error(`there is no remediation ${by}`);
  const { permissions } = keeps ? snapshotFirst(remediation) : remediation;
  return JSON.parse(
    policyOf(permissions, touches.map(resourceKey), { partition: 'aws', account, region }),
  ) as PolicyDocument;
}
