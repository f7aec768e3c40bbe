import { leastHealthy } from '../../statemachines/guards/min-healthy';
import { sicknessKey } from '../../statemachines/incident';
import { accountScope, kindOfScope, ruleScope, scopesOf } from '../../statemachines/scope';
import type { Committed, Start, Truth } from '../truth';
import type { Invariant } from './invariant';

const second = 1_000;
const minute = 60 * second;
/** Clocks of two workers differ by up to a minute, and what is read is committed some seconds later. */
const tolerance = 2 * minute;

/** Whether a commit is an intent to start: a continued start claims nothing anew. */
const isStart = ({ commit }: Committed): boolean => commit.claim !== undefined;

export const blastRadius: Invariant = {
  id: 'I8',
  promise: 'a group keeps as many healthy members as its rule says, beside what is touched',
  onCommit: (made, truth) => {
    if (!isStart(made)) return undefined;
    const { planned } = made.commit.incident.memory;
    const { limits } = made.commit.incident.rule;
    for (const key of planned?.touches ?? []) {
      const [, , kind, name = ''] = key.split('/');
      const group = kind === 'auto-scaling-group' ? truth.account.services.autoscaling.group(name) : undefined;
      const touched = (planned?.touches ?? [])
        .filter((one) => one.includes('/ec2-instance/'))
        .map((one) => one.split('/').at(-1));
      // What only adds to a group takes nothing from it.
      if (!group || touched.length === 0) continue;
      const others = [...group.members.keys()].filter((id) => !touched.includes(id));
      const healthy = others.filter((id) => wasHealthy(id, truth)).length;
      const needed = leastHealthy(limits.minHealthy, group.members.size);
      if (healthy < needed)
        return `${made.commit.incident.id} may touch ${touched.join(', ')} with ${healthy} of ${group.members.size} in ${name} healthy, and ${needed} must be`;
    }
    return undefined;
  },
};

/** Well now, or fallen sick so lately that nobody can have known. */
function wasHealthy(id: string, { account, sickSince, now }: Truth): boolean {
  const instance = account.services.ec2.instance(id);
  // What runs on an instance may be sick: nothing that AWS shows of the instance itself tells of that.
  if (instance?.power === 'running' && !['instance', 'system'].some((kind) => instance.sicknesses.has(kind as never)))
    return true;
  return (sickSince.get(id) ?? 0) > now() - 3 * minute;
}

export const rate: Invariant = {
  id: 'I9',
  promise: 'no more is started in an hour, and under way at one time, than the limits allow',
  onCommit: (made, truth) => {
    if (!isStart(made)) return undefined;
    const { incident, claim } = made.commit;
    const { rule, resource } = incident;
    const { limits } = truth.policy;
    const recent = truth.starts.filter(({ at }) => at > made.at - 60 * minute + tolerance);
    const inScope = (scope: string): number => recent.filter(({ scopes }) => scopes.includes(scope)).length;
    const bounds: [string, number][] = [
      [ruleScope(rule.name), rule.limits.perHour],
      [accountScope(resource.account), limits.account.perHour],
      ...(claim?.scopes ?? [])
        .filter((scope) => kindOfScope(scope) === 'group')
        .map((scope): [string, number] => [scope, limits.group.perHour]),
    ];
    for (const [scope, atMost] of bounds) {
      if (inScope(scope) >= atMost)
        return `${incident.id} starts one more in ${scope}, where ${inScope(scope)} were started within the hour`;
    }
    const touching = truth
      .open()
      .filter(
        ({ incident: one, claim: held }) =>
          one.id !== incident.id &&
          held &&
          one.memory.starts > 0 &&
          ['starting', 'checking', 'verifying', 'settling'].includes(one.state),
      );
    if (touching.length >= limits.account.atOnce)
      return `${incident.id} starts while ${touching.length} others touch something`;
    return undefined;
  },
};

export const storm: Invariant = {
  id: 'I10',
  promise: 'while many fall sick together nothing is started',
  onCommit: (made, truth) => {
    if (!isStart(made)) return undefined;
    const { incident } = made.commit;
    const { storm: limits } = truth.policy.limits;
    for (const scope of scopesOf(incident.resource, incident.place)) {
      const kind = kindOfScope(scope);
      const threshold = kind === 'zone' ? limits.zone : kind === 'region' ? limits.region : limits.group;
      const sick = truth.openings.filter(
        ({ at, scopes }) =>
          scopes.includes(scope) &&
          at > made.at - limits.withinSeconds * second + tolerance &&
          at < made.at - tolerance,
      );
      const many = new Set(sick.map(({ resource }) => resource)).size;
      if (many >= threshold) return `${incident.id} starts though ${many} have fallen sick in ${scope} lately`;
    }
    return undefined;
  },
};

export const attempts: Invariant = {
  id: 'I11',
  promise: 'a sickness is treated so many times and no more, and not too soon after the last time',
  onCommit: (made, truth) => {
    if (!isStart(made)) return undefined;
    const { incident } = made.commit;
    const { limits } = incident.rule;
    // What was refused, before anything was sent or by AWS, is no attempt.
    const wasDone = ({ incident: id, revision }: Start): boolean =>
      truth.writes.some((write) => write.incident === id && write.revision === revision && write.isDone);
    const before = truth.starts.filter((start) => start.sickness === sicknessKey(incident) && wasDone(start));
    const own = before.filter((start) => start.incident === incident.id).length;
    if (own >= limits.attempts) return `${incident.id} starts attempt ${own + 1} of ${limits.attempts}`;
    const lately = before.filter(({ at }) => at > made.at - limits.recursWithinSeconds * second + 10 * minute).length;
    if (lately >= limits.attempts) {
      return `${incident.id} starts attempt ${lately + 1} of ${limits.attempts} on a sickness that has come back`;
    }
    const last = before.at(-1);
    const apart = last ? made.at - last.at : Infinity;
    if (last && apart < limits.backoffSeconds * second - minute)
      return `${incident.id} starts ${Math.round(apart / second)} seconds after the last attempt on ${sicknessKey(incident)}`;
    return undefined;
  },
};
