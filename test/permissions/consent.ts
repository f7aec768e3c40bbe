import { remediations } from '../../remediations';
import type { WritePermission } from '../../remediations/remediation';
import { knownResourceType, knowsTags } from './iam-facts';

/** Leave to write that does not ask for the opt-in tag though AWS would tell it, and why. */
export interface Excuse {
  readonly action: string;
  readonly type: string;
  readonly why: string;
}

export const excuses: readonly Excuse[] = [
  {
    action: 'ssm:StartAutomationExecution',
    type: 'document',
    why: "AWS's own runbooks carry no tags of ours. The policy names each runbook.",
  },
  {
    action: 'ssm:StartAutomationExecution',
    type: 'automation-execution',
    why: 'It does not exist before it is started.',
  },
  {
    action: 'ssm:AddTagsToResource',
    type: 'automation-execution',
    why: 'It gets its first tags while it is started.',
  },
];

/** What stands for the tag where AWS tells none. */
export const untold: Readonly<Record<string, string>> = {
  'ssm:StartAutomationExecution automation-definition':
    'AWS tells no tags of a version of a runbook. The policy names the runbook and its version.',
  'iam:PassRole role':
    'AWS tells no tags of a role that is passed on. The policy names the role, and it goes to SSM only.',
};

/** Why a permission does not ask for the opt-in tag; undefined where it does, or where there is no reason. */
export async function reasonNotToAsk(action: string, resource: string): Promise<string | undefined> {
  const type = await knownResourceType(action, resource);
  if (!(await knowsTags(action, resource))) return untold[`${action} ${type ?? '*'}`];
  return excuses.find((excuse) => excuse.action === action && excuse.type === type)?.why;
}

/** Declarations that ask for a tag that AWS does not tell, or do not ask for one that it does. */
export async function wrongDeclarations(): Promise<readonly string[]> {
  const all = remediations.flatMap(({ name, permissions: { write, implied = [] } }) =>
    [...write, ...implied].map((permission) => faultOf(name, permission)),
  );
  return (await Promise.all(all)).flat();
}

async function faultOf(name: string, { action, on, tagged }: WritePermission): Promise<readonly string[]> {
  const tells = await knowsTags(action, on);
  if (tagged && !tells) return [`${name} asks for a tag of ${on}, which AWS does not tell for ${action}`];
  if (!tagged && (await reasonNotToAsk(action, on)) === undefined) {
    return [
      `${name} does not ask for the opt-in tag for ${action} on ${on}: ${tells ? 'AWS tells it' : 'say why in untold'}`,
    ];
  }
  return [];
}
