import type { Randomness } from '../randomness';

export const accountId = '111122223333';
export const region = 'eu-central-1';
const zones = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'] as const;
const willing = { 'homeostat:heal': 'yes' };

/** An account as data, and what in it can fall sick. */
export interface DrawnAccount {
  /** As `buildAccount` takes it. */
  readonly description: object;
  readonly members: readonly string[];
  readonly loners: readonly string[];
  /** Loners whose sickness only the runbook of the operators cures. */
  readonly batch: readonly string[];
  readonly groups: readonly string[];
  readonly databases: readonly string[];
  /** The members of each cluster, its writer first. */
  readonly clusters: readonly { readonly id: string; readonly members: readonly string[] }[];
}

/** Tags of a resource, besides these: most owners have opted in, few protect. */
export function tagsOf(random: Randomness, more: object = {}): object {
  if (random.chance(0.03)) return { ...more };
  return random.chance(0.02) ? { ...more, ...willing, 'homeostat:protect': 'yes' } : { ...more, ...willing };
}

const statusAlarms = (id: string): object[] =>
  (['Instance', 'System'] as const).map((check) => ({
    name: `${id}-${check.toLowerCase()}`,
    metric: { namespace: 'AWS/EC2', name: `StatusCheckFailed_${check}`, dimensions: { InstanceId: id } },
    above: 0,
    every: 60,
    periods: 2,
  }));

/** What there is in an account. */
function contentsOf(random: Randomness) {
  const size = random.between(3, 6);
  const hasGroup = random.chance(0.75);
  const hasTargets = hasGroup && random.chance(0.4);
  const members = hasGroup ? ids('a', size) : [];
  const loners = ids('b', random.between(hasGroup ? 0 : 1, 3));
  const batch = random.chance(0.25) ? ids('c', 1) : [];
  const databases = random.chance(0.25) ? ['orders'] : [];
  const clusters = random.chance(0.25) ? [{ id: 'ledger', members: ['ledger-a', 'ledger-b', 'ledger-c'] }] : [];
  const drained = !hasTargets && loners.length >= 2 && random.chance(0.5);
  return { size, hasGroup, hasTargets, members, loners, batch, databases, clusters, drained };
}

/** A group behind a load balancer, instances that stand alone, a database and a cluster: some of these, each with its alarms. */
export function drawAccount(random: Randomness): DrawnAccount {
  const { size, hasGroup, hasTargets, members, loners, batch, databases, clusters, drained } = contentsOf(random);
  const tags = new Map([...members, ...loners].map((id) => [id, tagsOf(random)]));
  const description = {
    account: accountId,
    region,
    instances: [
      ...members.map((id, index) => ({ id, group: 'web', zone: zones[index % 3], tags: tags.get(id) })),
      ...loners.map((id, index) => ({ id, zone: zones[index % 3], publicAddress: 'elastic', tags: tags.get(id) })),
      ...batch.map((id) => ({ id, tags: tagsOf(random, { service: 'batch' }) })),
    ],
    groups: hasGroup ? [groupOf(size, hasTargets, random)] : [],
    targetGroups: hasTargets ? [{ ...targets, tags: tagsOf(random) }] : drained ? [drainedBy(loners, random)] : [],
    databases: databases.map((id) => ({ id, tags: tagsOf(random) })),
    clusters: clusters.map((cluster) => clusterOf(cluster, random)),
    documents: batch.length > 0 ? [{ name: 'Batch-GrowFilesystem', version: '3', runsForSeconds: 95 }] : [],
    topics: [{ name: 'oncall' }, { name: 'manager' }],
    alarms: [
      ...[...members, ...loners, ...batch].flatMap(statusAlarms),
      ...(hasGroup ? [loadAlarm] : []),
      ...(hasTargets || drained ? [targetAlarm] : []),
      ...databaseAlarms(databases, clusters),
    ],
  };
  return { description, members, loners, batch, groups: hasGroup ? ['web'] : [], databases, clusters };
}

function databaseAlarms(databases: DrawnAccount['databases'], clusters: DrawnAccount['clusters']): object[] {
  return [
    ...databases.map((id) => databaseAlarm(`${id}-latency`, 'ReadLatency', { DBInstanceIdentifier: id }, 0.2)),
    ...clusters.map(({ id }) =>
      databaseAlarm(`${id}-latency`, 'CommitLatency', { DBClusterIdentifier: id, Role: 'WRITER' }, 500),
    ),
  ];
}

function groupOf(size: number, hasTargets: boolean, random: Randomness): object {
  return {
    name: 'web',
    min: Math.max(1, size - 1),
    max: size + random.between(0, 4),
    zones: [...zones],
    load: 40 * size,
    tags: tagsOf(random),
    ...(hasTargets && { targetGroups: ['web'], healthChecks: random.chance(0.5) ? ['ec2', 'elb'] : ['ec2'] }),
    ...(random.chance(0.5) && { suspended: ['ReplaceUnhealthy'] }),
  };
}

/** A target group whose targets no group owns: one that is sick is taken out. */
function drainedBy(loners: readonly string[], random: Randomness): object {
  return { ...targets, deregistrationDelay: 60, tags: tagsOf(random), targets: loners.map((id) => ({ id })) };
}

function clusterOf(
  { id, members: [writer, ...readers] }: DrawnAccount['clusters'][number],
  random: Randomness,
): object {
  return {
    id,
    tags: tagsOf(random),
    members: [
      { id: writer, zone: zones[0], writer: true, tags: willing },
      ...readers.map((reader, index) => ({ id: reader, zone: zones[index + 1], tier: index, tags: willing })),
    ],
  };
}

const loadAlarm = {
  name: 'web-cpu',
  metric: { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions: { AutoScalingGroupName: 'web' } },
  above: 80,
  every: 60,
  periods: 3,
};

const targets = {
  name: 'web',
  arn: `arn:aws:elasticloadbalancing:${region}:${accountId}:targetgroup/web/0000000000000001`,
  loadBalancer: 'app/shop/50dc6c495c0c9188',
};

const targetAlarm = {
  name: 'web-unhealthy-targets',
  metric: {
    namespace: 'AWS/ApplicationELB',
    name: 'UnHealthyHostCount',
    dimensions: { TargetGroup: 'targetgroup/web/0000000000000001', LoadBalancer: 'app/shop/50dc6c495c0c9188' },
  },
  statistic: 'Maximum',
  above: 0,
  every: 60,
  periods: 2,
};

function databaseAlarm(name: string, metric: string, dimensions: Record<string, string>, above: number): object {
  return { name, metric: { namespace: 'AWS/RDS', name: metric, dimensions }, above, every: 60, periods: 3 };
}

function ids(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `i-0${letter}${`${index + 1}`.padStart(15, '0')}`);
}
