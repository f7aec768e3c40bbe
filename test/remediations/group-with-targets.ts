import type { Bench } from './account';

type Group = Parameters<Bench['account']['services']['autoscaling']['addGroup']>[0];

interface GroupWithTargets {
  /** Of the target group. */
  readonly arn: string;
  readonly group: ReturnType<Bench['account']['services']['autoscaling']['addGroup']>;
  readonly ids: readonly string[];
  readonly bad: string;
  /** Another one fails its health checks as well. */
  readonly fail: (id: string) => void;
}

/** Ids of the members. */
export const webIds = ['1', '2', '3', '4'].map((digit) => `i-0aaaaaaaaaaaaaaa${digit}`);

/** A group `web` of four whose members are targets of `web`; the first has just failed its health checks. */
export function groupWithTargets({ account: { services } }: Bench, described: Partial<Group> = {}): GroupWithTargets {
  const { autoscaling, elasticloadbalancing } = services;
  const targets = elasticloadbalancing.addTargetGroup({ name: 'web', deregistrationDelay: 60 });
  for (const [place, id] of webIds.entries()) {
    services.ec2.addInstance({ id, zone: `eu-central-1${place % 2 === 0 ? 'a' : 'b'}` });
  }
  const group = autoscaling.addGroup({ name: 'web', members: webIds, targetGroups: ['web'], ...described });
  const ids = [...group.members.keys()];
  const [bad = ''] = ids;
  const fail = (id: string): void => {
    elasticloadbalancing.health.ail(targets, id, 'ill');
    elasticloadbalancing.health.findNow(targets);
  };
  fail(bad);
  return { arn: targets.arn, group, ids, bad, fail };
}
