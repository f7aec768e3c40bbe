import type { WritePermission } from '../../remediations/remediation';
import type { Rung } from '../../statemachines/rule';
import type { Place } from './statements';
import type { UsedRemediation } from './used-remediations';

/**
 * What a permission on documents of Systems Manager comes to under this policy: the documents, in the versions where AWS asks
 * for these, and the roles that the rungs name. Undefined for a permission that the policy says nothing narrower of.
 */
export function narrowedToDocuments(
  { action, on }: WritePermission,
  { remediation, rungs }: UsedRemediation,
  place: Place,
): readonly string[] | undefined {
  if (!remediation.permissions.write.some((write) => runsDocuments.includes(write.action))) return undefined;
  if (action === 'iam:PassRole') return unique(rungs.flatMap((rung) => text(rung, 'assumeRole') ?? []));
  if (!runsDocuments.includes(action)) return undefined;
  if (on.includes(':document/')) return documents(rungs, place, (name) => `document/${name}`);
  if (on.includes(':automation-definition/')) {
    return documents(rungs, place, (name, version) => `automation-definition/${name}:${version}`);
  }
  return undefined;
}

const runsDocuments = ['ssm:StartAutomationExecution', 'ssm:SendCommand'];

function documents(
  rungs: readonly Rung[],
  { partition, account, regions }: Place,
  resource: (name: string, version: string) => string,
): readonly string[] {
  const arns = rungs.flatMap((rung) => {
    const document = text(rung, 'document');
    const version = text(rung, 'version');
    if (document === undefined || version === undefined) return [];
    const [, , , region, owner, path] = document.split(':');
    // One that another account shares is named by its ARN.
    if (path !== undefined && region !== undefined && owner !== undefined) {
      return [['arn', partition, 'ssm', region, owner, resource(path.replace('document/', ''), version)].join(':')];
    }
    // AWS's own belong to no account.
    const owners = document.startsWith('AWS') ? [account, ''] : [account];
    return regions.flatMap((one) =>
      owners.map((of) => ['arn', partition, 'ssm', one, of, resource(document, version)].join(':')),
    );
  });
  return unique(arns);
}

function text({ parameters }: Rung, key: string): string | undefined {
  const value = parameters[key];
  return typeof value === 'string' ? value : undefined;
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
