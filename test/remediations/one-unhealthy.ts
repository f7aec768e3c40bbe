import type { Bench } from './account';

/** A target group of these instances, of which the first has just failed its health checks; answers its ARN. */
export function withOneUnhealthy(account: Bench['account'], ids: readonly string[], described: object = {}): string {
  const { elasticloadbalancing } = account.services;
  const group = elasticloadbalancing.addTargetGroup({ name: 'web', targets: ids.map((id) => ({ id })), ...described });
  const [first] = group.targets.values();
  if (first) {
    elasticloadbalancing.health.ail(group, first.id, 'ill');
    Object.assign(first, { state: 'unhealthy', reason: 'Target.FailedHealthChecks' });
  }
  return group.arn;
}
