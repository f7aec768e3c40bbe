import type { AlarmDescription } from './cloudwatch/alarm';
import { readDescription, type Described, type Happening } from './account-schema';
import { announceRetirement } from './health';
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
  const { ec2, cloudwatch, rds, sns, ssm } = account.services;
  addCompute(account, described);
  for (const database of described.databases) rds.addDatabase(database);
  for (const cluster of described.clusters) rds.addCluster(cluster);
  for (const document of described.documents) ssm.addDocument(document);
  for (const topic of described.topics) sns.addTopic(topic);
  for (const alarm of described.alarms) {
    if (alarm.metric && alarm.tellsOf !== undefined) ec2.symptoms.add(alarm.tellsOf, alarm.metric, symptomOf(alarm));
    cloudwatch.add(alarmOf(alarm));
  }
  for (const rule of described.muteRules) cloudwatch.mute(rule);
  for (const { id, sick } of described.instances) if (sick) ec2.sicken(id, sick);
  for (const happening of described.happenings) {
    account.clock.after(happening.at, () => {
      befall(account, happening);
    });
  }
  return account;
}

function addCompute({ services }: SimulatedAccount, described: Described): void {
  const byGroup = membersByGroup(described);
  for (const subnet of described.subnets) services.ec2.addSubnet(subnet);
  for (const instance of described.instances) services.ec2.addInstance({ ...instance, sick: undefined });
  for (const targetGroup of described.targetGroups) services.elasticloadbalancing.addTargetGroup(targetGroup);
  for (const group of described.groups) {
    const members = byGroup.get(group.name) ?? [];
    services.autoscaling.addGroup({
      ...group,
      members: members.map(({ id }) => id),
      desired: group.desired ?? (members.length > 0 ? members.length : undefined),
      protectedFromScaleIn: members.filter(({ scaleInProtected }) => scaleInProtected).map(({ id }) => id),
    });
  }
}

function befall(account: SimulatedAccount, happening: Happening): void {
  const { ec2, autoscaling, rds } = account.services;
  if ('sicken' in happening) {
    const { instance, ...sickness } = happening.sicken;
    ec2.sicken(instance, sickness);
  } else if ('cure' in happening) ec2.cure(happening.cure.instance);
  else if ('retire' in happening) announceRetirement(account, happening.retire.instances);
  else if ('interrupt' in happening) ec2.interruptSpot(happening.interrupt.instance);
  else if ('load' in happening) autoscaling.setLoad(happening.load.group, happening.load.is);
  else if ('launches' in happening) autoscaling.setLaunches(happening.launches.group, happening.launches.now);
  else if ('capacity' in happening) {
    const { zone, is } = happening.capacity;
    if (is === 'gone') ec2.network.exhaust(zone);
    else ec2.network.replenish(zone);
  } else if ('autoshift' in happening) {
    const { zone, is } = happening.autoshift;
    if (is === 'begun') account.services['arc-zonal-shift'].beginAutoshift(zone);
    else account.services['arc-zonal-shift'].endAutoshift(zone);
  } else rds.sicken(happening.sickenDatabase.database, happening.sickenDatabase.sick);
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
      instancesIn(happening)
        .filter((id) => !instanceIds.has(id))
        .map((id) => `happenings[${at}]: there is no instance ${id}`),
    ),
  ];
  if (strangers.length > 0) throw new Error(`The description of the account cannot be used. ${strangers.join('; ')}`);
}

function instancesIn(happening: Happening): readonly string[] {
  if ('sicken' in happening) return [happening.sicken.instance];
  if ('cure' in happening) return [happening.cure.instance];
  if ('interrupt' in happening) return [happening.interrupt.instance];
  return 'retire' in happening ? happening.retire.instances : [];
}
