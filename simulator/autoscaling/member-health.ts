import type { Member, ScalingGroup } from './scaling-group';
import type { SimulatedAccount } from '../world';

/** What a group's own health checks say of a member; `down` where it does not even run. */
export function verdictOn(account: SimulatedAccount, group: ScalingGroup, member: Member): 'well' | 'ill' | 'down' {
  const instance = account.services.ec2.instance(member.id);
  if (!instance || (instance.power !== 'running' && instance.power !== 'pending')) return 'down';
  if (group.healthChecks.has('ec2') && instance.failing) return 'ill';
  if (!group.healthChecks.has('elb')) return 'well';
  const registrations = account.services.elasticloadbalancing.health.registrationsOf(member.id);
  return registrations.some(({ target }) => target.state === 'unhealthy') ? 'ill' : 'well';
}

/** Puts a member into the target groups of its group. */
export function registerMember(
  account: SimulatedAccount,
  group: ScalingGroup,
  { id }: Member,
  how: 'new' | 'settled',
): void {
  const { elasticloadbalancing } = account.services;
  for (const arn of group.targetGroups) {
    const targetGroup = elasticloadbalancing.targetGroup(arn);
    if (targetGroup) elasticloadbalancing.health.register(targetGroup, id, targetGroup.port, how);
  }
}

/** Takes a member out of them again; answers after how many milliseconds its last request has ended. */
export function deregisterMember(account: SimulatedAccount, group: ScalingGroup, { id }: Member): number {
  const { health } = account.services.elasticloadbalancing;
  const rests = health
    .registrationsOf(id)
    .filter((registration) => group.targetGroups.includes(registration.group.arn))
    .map((registration) => health.deregister(registration.group, id, registration.target.port));
  return Math.max(0, ...rests);
}
