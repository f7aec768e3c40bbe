import { isDenied } from '../aws-fault';
import { notChecked, ok, type Check, type Site } from './check';

/** The role that a remediation, or the reader, has in the deployment. */
async function roleName({ deployment }: Site, of: string): Promise<string> {
  return `${deployment.name}-${await deployment.region()}-${of}`;
}

const readerRoleCheck: Check = {
  name: 'reader role',
  look: async (site) => {
    const name = await roleName(site, 'reader');
    const { partition, account } = await site.caller();
    try {
      await (
        await site.deployment.client('sts')
      ).assumeRole({
        RoleArn: `arn:${partition}:iam::${account}:role/${name}`,
        RoleSessionName: 'homeostat-doctor',
        DurationSeconds: 900,
      });
      return ok(`${name} can be assumed`);
    } catch (error) {
      if (!isDenied(error)) throw error;
      return notChecked(
        `${name} is not there, or is kept for the functions alone: AWS answers both alike`,
        `aws iam get-role --role-name ${name}`,
      );
    }
  },
};

const writerRolesCheck: Check = {
  name: 'writer roles',
  look: async (site) => {
    const remediations = site.policy.rules.flatMap(({ rule }) => rule.ladder.map(({ remediation }) => remediation));
    const prefix = await roleName(site, '');
    const used = [...new Set(remediations)];
    return used.length === 0
      ? ok('the policy uses no remediation')
      : notChecked(
          `whether each remediation has its role: ${used.map((one) => `${prefix}${one}`).join(', ')}`,
          `aws iam list-roles --query "Roles[?starts_with(RoleName, '${prefix}')].RoleName"`,
        );
  },
};

/** The roles under which AWS is read and written. A role that may not be assumed and one that is not there look alike. */
export const roleChecks: readonly Check[] = [readerRoleCheck, writerRolesCheck];
