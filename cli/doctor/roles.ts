import type { Role } from '@aws-sdk/client-iam';
import { remediations } from '../../remediations/index';
import { boundaryOf } from '../../remediations/boundaries';
import type { Policy } from '../../statemachines/policy';
import { listed } from '../../statemachines/policy/nearest-name';
import { startedRungs } from '../../statemachines/policy/used-rungs';
import { isNotFound } from '../aws-fault';
import { deployAgain, deployPolicy, missing, ok, orByHand, warning, type Answer, type Check, type Site } from './check';
import { trustedBy } from './trust';

/** Remediations that the policy may start: each has a role. */
function startedBy(policy: Policy): readonly string[] {
  return [...new Set(startedRungs(policy).map(({ remediation }) => remediation))];
}

/** What the deployment calls the role of a remediation, of the reader or of a function. */
async function roleName({ deployment }: Site, of: string): Promise<string> {
  return `${deployment.name}-${await deployment.region()}-${of}`;
}

/** What is known of a role; undefined when it is not there. */
async function roleCalled({ deployment }: Site, name: string): Promise<Role | undefined> {
  const iam = await deployment.client('iam');
  try {
    return (await iam.getRole({ RoleName: name })).Role;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Held in by its boundary, and open to the two functions and to nobody else. */
async function judged(site: Site, of: string, { RoleName: name = '', ...role }: Role): Promise<Answer> {
  const { partition, account } = await site.caller();
  const iam = `arn:${partition}:iam::${account}`;
  const boundary = `${iam}:policy/${await roleName(site, `boundary-${boundaryOf(of) ?? of}`)}`;
  if (role.PermissionsBoundary?.PermissionsBoundaryArn !== boundary) {
    return missing(`${name} has not the boundary ${boundary}: nothing holds it in`, deployAgain);
  }
  const functions = await Promise.all(['worker', 'sweeper'].map((one) => roleName(site, one)));
  const wanted = functions.map((one) => `${iam}:role/${one}`);
  const trusted = trustedBy(role.AssumeRolePolicyDocument);
  const shut = wanted.filter((arn) => !trusted.includes(arn));
  if (shut.length > 0) return missing(`${name} does not trust ${listed(shut)}: it cannot be put on`, deployAgain);
  const others = trusted.filter((arn) => !wanted.includes(arn));
  return others.length > 0
    ? warning(`${name} trusts others than the functions: ${listed(others)}`, deployAgain)
    : ok(`${name}, within its boundary, for the two functions`);
}

function roleCheck(check: string, of: string, without: string, next: string): Check {
  return {
    name: check,
    look: async (site) => {
      const name = await roleName(site, of);
      return orByHand(`aws iam get-role --role-name ${name}`, async () => {
        const role = await roleCalled(site, name);
        return role
          ? judged(site, of, { ...role, RoleName: name })
          : missing(`there is no role ${name}: ${without}`, next);
      });
    },
  };
}

const unneededRolesCheck: Check = {
  name: 'unneeded roles',
  look: async (site) => {
    const started = startedBy(site.policy);
    const prefix = await roleName(site, '');
    const unused = remediations
      .map(({ name }) => `${prefix}${name}`)
      .filter((role) => !started.some((one) => role === `${prefix}${one}`));
    const list = `aws iam list-roles --query "Roles[?starts_with(RoleName, '${prefix}')].RoleName"`;
    return orByHand(list, async () => {
      const roles = await Promise.all(unused.map((name) => roleCalled(site, name)));
      const there = unused.filter((_name, index) => roles[index]);
      if (there.length > 0) return warning(`the policy starts nothing by ${listed(there)}`, deployPolicy);
      return ok(started.length === 0 ? 'none: the policy only observes, and no role may write' : 'none');
    });
  },
};

/** The roles under which AWS is read and written. */
export function roleChecks(policy: Policy): readonly Check[] {
  return [
    roleCheck('reader role', 'reader', 'nothing can be looked at', deployAgain),
    ...startedBy(policy).map((one) => roleCheck(`role ${one}`, one, `${one} cannot be started`, deployPolicy)),
    unneededRolesCheck,
  ];
}
