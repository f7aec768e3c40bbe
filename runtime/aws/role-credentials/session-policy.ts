import { createdInfix } from '../../../remediations/named-creation';
import { allReads, type Remediation, type WritePermission } from '../../../remediations/remediation';
import { resourceNamed } from '../../../signals/signal';
import { iamActions } from '../../../remediations/iam-action';
import { arnOf, fitsArn } from '../resource-arn';

/** Where a session is: the account and region of the sick resource. */
export interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/** Characters that STS takes. */
export const longestPolicy = 2_048;

type Permissions = Remediation['permissions'];

/**
 * The policy of one session, which only takes away from what its role may: reads of anything, and each declared write on the
 * resources that the plan touches. A write that is on none of them, such as one on a runbook, is narrowed to the place.
 */
export function sessionPolicy(permissions: Permissions, touches: readonly string[], place: Place): string {
  const { write, implied = [] } = permissions;
  const arns = touches.map(resourceNamed).flatMap((resource) => arnOf(resource, place.partition) ?? []);
  const byResources = new Map<string, Set<string>>();
  for (const permission of [...write, ...implied]) {
    const on = JSON.stringify(resourcesOf(permission, arns, place));
    byResources.set(on, new Set([...(byResources.get(on) ?? []), ...iamActions(permission.action)]));
  }
  const reads = allReads(permissions);
  const looks =
    reads.length > 0 ? [{ Effect: 'Allow', Action: [...new Set(reads.flatMap(iamActions))], Resource: '*' }] : [];
  const touching = [...byResources].map(([on, actions]) => ({
    Effect: 'Allow',
    Action: [...actions],
    Resource: JSON.parse(on) as string[],
  }));
  return JSON.stringify({ Version: '2012-10-17', Statement: [...looks, ...touching] });
}

function resourcesOf(
  { on, tagged, everyRegion }: WritePermission,
  arns: readonly string[],
  place: Place,
): readonly string[] {
  // Of the Regions that the role names.
  if (everyRegion) return [narrowed(on, { ...place, region: '*' })];
  // What is to be created is touched by no plan, even where what it is created from was so once and has such a name.
  if (!tagged && on.includes(createdInfix)) return [narrowed(on, place)];
  const touched = [...new Set(arns.filter((arn) => fitsArn(on, arn)))];
  return touched.length > 0 ? touched : [narrowed(on, place)];
}

/** The declared pattern with all filled in that is known of the place. */
function narrowed(on: string, { partition, account, region }: Place): string {
  const [arn = '', , service = '', where = '', owner = '', ...rest] = on.split(':');
  // Runbooks belong to AWS or to whoever shares them: the role itself names each.
  const isShared = service === 'ssm' && /^(document|automation-definition)\//.test(rest.join(':'));
  const of = owner === '*' && !isShared ? account : owner;
  return [arn, partition, service, where === '*' ? region : where, of, ...rest].join(':');
}
