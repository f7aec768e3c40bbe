import { accountSchema, type Described } from '../../simulator/account-schema';
import { VirtualClock } from '../../simulator/clock';
import { buildAccount } from '../../simulator/description';
import { ceilingOf, type Side } from '../../simulator/dynamodb/control/state';
import { type SimulatedAccount, World } from '../../simulator/world';

/** CPU percent of a member of a group that is at ease, and of one that is overloaded. */
const load = { easy: 40, heavy: 97 };
/** The same of a task, as the replay has it. */
const loadOfTasks = { easy: 30, heavy: 95 };

/**
 * Why the alarms of a description cannot be followed by the simulator, by their names: it does not measure what they do,
 * or what it measures is not parted by their thresholds. The replay holds such an alarm as it was recorded, which is better.
 */
export function unfitAlarms(description: object): ReadonlyMap<string, string> {
  const { alarms, ...rest } = accountSchema.parse(description);
  const account = buildAccount(new World(new VirtualClock(0)), { ...rest, happenings: [] });
  const valueOf = ({ metric }: Described['alarms'][number]): number | undefined =>
    metric && account.services.cloudwatch.value(metric);
  const shown = (): ReadonlyMap<string, number | undefined> =>
    new Map(alarms.map((alarm) => [alarm.name, valueOf(alarm)]));
  setLoads(account, rest, 'easy');
  const well = shown();
  // One after the other: what is ill carries no load.
  setLoads(account, rest, 'heavy');
  const overloaded = shown();
  sickenAll(account, rest);
  sickenServices(account, rest);
  const ill = shown();
  return new Map(
    alarms.flatMap((alarm): [string, string][] => {
      // What tells of an instance shows what the description says.
      if (alarm.tellsOf !== undefined) return [];
      const why = misfit(alarm, well.get(alarm.name), [overloaded.get(alarm.name), ill.get(alarm.name)]);
      return why === undefined ? [] : [[alarm.name, why]];
    }),
  );
}

function misfit(
  { above, below }: Described['alarms'][number],
  well: number | undefined,
  sick: readonly (number | undefined)[],
): string | undefined {
  if (well === undefined && sick.every((value) => value === undefined)) return 'what it measures is not simulated';
  const isCrossed = (value: number): boolean => (below === undefined ? value > (above ?? 0) : value < below);
  // What sends nothing in health shows nothing then.
  if (well !== undefined && isCrossed(well)) return 'its threshold is beyond what the simulator shows in health';
  if (sick.some((value) => value !== undefined && isCrossed(value))) return undefined;
  return 'its threshold is beyond what the simulator shows in sickness';
}

type Lists = Omit<Described, 'alarms'>;

function sickenAll(account: SimulatedAccount, described: Lists): void {
  const { instances, databases, clusters, tables, targetGroups } = described;
  const { ec2, rds, elasticache, elasticloadbalancing } = account.services;
  for (const { id } of instances) {
    // While the guest is still well: what its agent measures is seen as long as it is.
    ec2.sicken(id, { kind: 'process' });
    for (const volume of ec2.volumes.of(id)) ec2.volumes.fill(volume.id, volume.filesystemGiB);
    for (const kind of ['instance', 'system', 'application'] as const) ec2.sicken(id, { kind });
  }
  // A cluster that only holds data has nothing that could be sick.
  const serving = clusters.filter(({ members }) => members?.length !== 0);
  for (const { id } of [...databases, ...serving]) rds.sicken(id);
  for (const { id } of [...described.cacheGroups, ...described.cacheClusters]) elasticache.sicken(id);
  for (const { name, instances: backends = [] } of described.classicLoadBalancers) {
    backends.forEach(({ id }) => {
      elasticloadbalancing.classic.strand(name, id);
    });
  }
  for (const { id } of databases) rds.setFreeStorage(id, 1);
  for (const { name, indexes } of tables) {
    for (const index of [undefined, ...indexes.map((one) => one.name)]) overload(account, name, index);
  }
  for (const { arn, name } of targetGroups) {
    const group = elasticloadbalancing.targetGroup(arn ?? name);
    if (group) elasticloadbalancing.health.findNow(group);
  }
}

/** The same of what stands on no instance that the account has. */
function sickenServices({ services, region }: SimulatedAccount, described: Lists): void {
  const { ecs, route53, s3, sns } = services;
  if (described.accessPoints.length > 0) s3.accessPoints.fail(region, true);
  for (const { id } of described.healthChecks) route53.fail(id);
  for (const { name } of described.topics) sns.shut(name);
  for (const { cluster, name } of described.ecsServices) ecs.sicken(`${cluster}/${name}`, { tasks: 1 });
}

/** Asks a table, or an index of it, for more than it has. */
function overload({ services: { dynamodb } }: SimulatedAccount, table: string, index: string | undefined): void {
  const state = dynamodb.control.state(table);
  const of = index === undefined ? state : state.indexes.get(index);
  const beyond = (side: Side): number => (of ? 2 * ceilingOf(state, of, side) : 0);
  const [read, write] = [beyond('read'), beyond('write')];
  if (Number.isFinite(read + write)) dynamodb.control.setLoad(table, { read, write }, index);
}

function setLoads(
  { services: { autoscaling, ecs } }: SimulatedAccount,
  { groups, ecsServices }: Pick<Lists, 'groups' | 'ecsServices'>,
  how: keyof typeof load,
): void {
  for (const { name } of groups) autoscaling.setLoad(name, (autoscaling.group(name)?.desired ?? 1) * load[how]);
  for (const { cluster, name } of ecsServices) ecs.befall({ service: `${cluster}/${name}`, load: loadOfTasks[how] });
}
