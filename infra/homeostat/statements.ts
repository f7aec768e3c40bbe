import { optInTag } from '../../statemachines/guards/consent';
import type { WritePermission } from '../../remediations/remediation';
import { iamActions } from '../../remediations/iam-action';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Deployment } from './deployment';
import { narrowedToDocuments } from './document-reach';
import { namedByPolicy } from './named-by-policy';
import type { UsedRemediation } from './used-remediations';

/** Why what looks is on everything. */
export const looking =
  'Looks only. Most of these actions know no narrower resource, and what falls sick is not known when this is deployed.';

/** Where a role may reach: one account, in the regions that are taken care of. */
export type Place = Pick<Deployment, 'partition' | 'account' | 'regions'>;

/** The declared pattern of ARNs with all filled in that is known of the place. */
export function arnsIn({ partition, account, regions }: Place, on: string): readonly string[] {
  const [arn = '', , service = '', region = '', owner = '', ...rest] = on.split(':');
  const places = region === '*' ? regions : [region];
  return places.map((one) => [arn, partition, service, one, owner === '*' ? account : owner, rest.join(':')].join(':'));
}

/** Leave to look, at anything: what AWS calls Describe mostly knows no narrower resource. */
export function readStatement(actions: readonly string[]): PolicyStatement {
  return new PolicyStatement({
    sid: 'Look',
    actions: [...new Set(actions.flatMap(iamActions))].sort(),
    resources: ['*'],
  });
}

/** Leave to touch: one statement for each permission that the remediation declares, as narrow as the policy allows. */
export function writeStatements(used: UsedRemediation, place: Place): readonly PolicyStatement[] {
  const { write, implied = [] } = used.remediation.permissions;
  return [...write, ...implied].flatMap((permission) => {
    const named = narrowedToDocuments(permission, used, place) ?? namedByPolicy(permission, used, place);
    const resources = named ?? arnsIn(place, permission.on);
    // A runbook that names no role passes none.
    return resources.length === 0 ? [] : [allowed(permission, resources)];
  });
}

function allowed({ action, tagged, condition = {} }: WritePermission, resources: readonly string[]): PolicyStatement {
  const { StringEquals: declared = {}, ...others } = condition;
  const equal = { ...declared, ...(tagged && { [`aws:ResourceTag/${optInTag.key}`]: optInTag.value }) };
  return new PolicyStatement({
    effect: Effect.ALLOW,
    actions: [...iamActions(action)],
    resources: [...resources],
    conditions: { ...others, ...(Object.keys(equal).length > 0 && { StringEquals: equal }) },
  });
}
