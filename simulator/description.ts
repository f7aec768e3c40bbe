import type { AlarmDescription } from './cloudwatch/alarm';
import { readDescription, type Described } from './account-schema';
import type { SymptomValues } from './ec2/symptoms';
import type { SimulatedAccount, World } from './world';

/**
 * Builds the account that a description describes, in the world, at its present time. What is sick falls ill at that moment,
 * so that alarms and health checks find it in their own time. Throws with the paths of what is wrong.
 */
export function buildAccount(world: World, description: unknown): SimulatedAccount {
  const described = readDescription(description);
  refuseStrangers(described);
  const account = world.account(described.account, described.region);
  const { ec2, cloudwatch, ssm } = account.services;
  addCompute(account, described);
  addData(account, described);
  addCaches(account, described);
  for (const instance of described.containerInstances) account.services.ecs.instances.add(instance);
  for (const service of described.ecsServices) account.services.ecs.add(service);
  for (const cluster of described.emrClusters) account.services.elasticmapreduce.add(cluster);
  for (const target of described.scalableTargets) account.services['application-autoscaling'].add(target);
  addStorage(account, described);
  addNames(account, described);
  for (const document of described.documents) ssm.addDocument(document);
  addFunctions(account, described);
  for (const alarm of described.alarms) {
    if (alarm.metric && alarm.tellsOf !== undefined) ec2.symptoms.add(alarm.tellsOf, alarm.metric, symptomOf(alarm));
    cloudwatch.add(alarmOf(alarm));
  }
  for (const rule of described.muteRules) cloudwatch.mute(rule);
  for (const { id, sick } of described.instances) if (sick) ec2.sicken(id, sick);
  for (const { at, befall } of described.happenings) {
    account.clock.after(at, () => {
      befall(account);
    });
  }
  return account;
}

function addCompute({ services }: SimulatedAccount, described: Described): void {
  const byGroup = membersByGroup(described);
  for (const subnet of described.subnets) services.ec2.addSubnet(subnet);
  for (const instance of described.instances) services.ec2.addInstance({ ...instance, sick: undefined });
  for (const balancer of described.loadBalancers) services.elasticloadbalancing.balancers.add(balancer);
  for (const targetGroup of described.targetGroups) services.elasticloadbalancing.addTargetGroup(targetGroup);
  for (const balancer of described.classicLoadBalancers) services.elasticloadbalancing.classic.add(balancer);
  for (const group of described.groups) {
    const members = byGroup.get(group.name) ?? [];
    services.autoscaling.addGroup({
      ...group,
      members: members.map(({ id }) => id),
      desired: group.desired ?? (members.length > 0 ? members.filter(({ standby }) => !standby).length : undefined),
      standby: members.filter(({ standby }) => standby).map(({ id }) => id),
      protectedFromScaleIn: members.filter(({ scaleInProtected }) => scaleInProtected).map(({ id }) => id),
    });
  }
}

/** What holds data, and then what protects it. */
function addData({ services }: SimulatedAccount, described: Described): void {
  for (const database of described.databases) services.rds.addDatabase(database);
  for (const cluster of described.clusters) services.rds.addCluster(cluster);
  for (const table of described.tables) services.dynamodb.control.add(table);
  for (const fileSystem of described.fileSystems) services.elasticfilesystem.add(fileSystem);
  for (const resource of described.protectedResources) services.backup.add(resource);
}

function addCaches({ services: { elasticache } }: SimulatedAccount, described: Described): void {
  for (const group of described.cacheGroups) elasticache.addGroup(group);
  for (const cluster of described.cacheClusters) elasticache.addCluster(cluster);
  for (const cache of described.serverlessCaches) elasticache.addServerless(cache);
}

function addStorage({ services: { s3 } }: SimulatedAccount, described: Described): void {
  for (const bucket of described.buckets) s3.add(bucket);
  if (described.publicAccessBlock) s3.blockForAll(described.publicAccessBlock);
  for (const accessPoint of described.accessPoints) s3.accessPoints.add(accessPoint);
  for (const region of described.failingStorage) s3.accessPoints.fail(region, true);
}

/** Functions, and then what tells them something. */
function addFunctions({ services: { lambda, sns, logs } }: SimulatedAccount, described: Described): void {
  lambda.limit = described.concurrencyLimit;
  for (const one of described.functions) lambda.add(one);
  for (const mapping of described.eventSourceMappings) lambda.mappings.add(mapping);
  for (const topic of described.topics) sns.addTopic(topic);
  for (const group of described.logGroups) logs.add(group);
}

function addNames({ services }: SimulatedAccount, described: Described): void {
  for (const address of described.dns.dead) services.route53.befall({ address, is: 'dead' });
  if (described.dns.controlPlane === 'down') services.route53.befall({ controlPlane: 'down' });
  for (const cluster of described.recoveryClusters) services['route53-recovery-cluster'].add(cluster);
  for (const zone of described.hostedZones) services.route53.addZone(zone);
  for (const check of described.healthChecks) services.route53.addCheck(check);
}

function symptomOf({ above = 0, below }: Described['alarms'][number]): SymptomValues {
  return below === undefined ? { well: above, sick: above + 1 } : { well: below, sick: below - 1 };
}

function alarmOf({ above, below, every, periods, missing, ...alarm }: Described['alarms'][number]): AlarmDescription {
  return {
    ...alarm,
    comparison: below === undefined ? 'GreaterThanThreshold' : 'LessThanThreshold',
    threshold: below ?? above ?? 0,
    periodSeconds: every,
    evaluationPeriods: periods,
    treatMissingData: missing,
  };
}

type Members = Described['instances'];

function membersByGroup({ instances }: Described): ReadonlyMap<string, Members> {
  const groups = new Map<string, Members>();
  for (const instance of instances) {
    if (instance.group !== undefined) groups.set(instance.group, [...(groups.get(instance.group) ?? []), instance]);
  }
  return groups;
}

/** Refuses what names something that the description does not hold. */
function refuseStrangers({ instances, groups, targetGroups, alarms, happenings }: Described): void {
  const groupNames = new Set(groups.map(({ name }) => name));
  const targetGroupNames = new Set(targetGroups.flatMap(({ name, arn }) => (arn === undefined ? [name] : [name, arn])));
  const instanceIds = new Set(instances.map(({ id }) => id));
  const strangers = [
    ...instances.flatMap(({ group }, at) =>
      group === undefined || groupNames.has(group) ? [] : [`instances[${at}].group: there is no group ${group}`],
    ),
    ...groups.flatMap(({ targetGroups: named = [] }, at) =>
      named
        .filter((name) => !targetGroupNames.has(name))
        .map((name) => `groups[${at}].targetGroups: there is no target group ${name}`),
    ),
    ...alarms.flatMap(({ tellsOf: id }, at) =>
      id === undefined || instanceIds.has(id) ? [] : [`alarms[${at}].tellsOf: there is no instance ${id}`],
    ),
    ...happenings.flatMap((happening, at) =>
      happening.instances
        .filter((id) => !instanceIds.has(id))
        .map((id) => `happenings[${at}]: there is no instance ${id}`),
    ),
  ];
  if (strangers.length > 0) throw new Error(`The description of the account cannot be used. ${strangers.join('; ')}`);
}
