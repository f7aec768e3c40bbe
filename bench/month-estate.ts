import { createHash } from 'node:crypto';
import type { Described } from '../simulator/account-schema';
import type { accountSchema } from '../simulator/account-schema';
import type { z } from 'zod';
import { chanceFor, type Chance } from './month-chance';

type Account = z.input<typeof accountSchema>;

/** One service of the estate, and what of it can fall sick. */
export interface Service {
  readonly name: string;
  /** Its own number, from 0: its part of chance. */
  readonly number: number;
  readonly group: string;
  /** Members that it has at least and at most. */
  readonly size: { readonly min: number; readonly max: number };
  /** Whether the group replaces members that fail the load balancer's checks. */
  readonly healsItself: boolean;
  /** Instances that stand alone, workers and schedulers. */
  readonly alone: readonly string[];
  /** Instances behind a load balancer that no group owns. */
  readonly unowned: readonly string[];
  readonly database: string | undefined;
  readonly cluster: string | undefined;
}

/** An account as one describes it, and the services that it is made of. */
export interface Estate {
  readonly description: Account;
  readonly services: readonly Service[];
}

const names = [
  'checkout',
  'search',
  'catalogue',
  'basket',
  'login',
  'orders',
  'payments',
  'stock',
  'prices',
  'reviews',
  'mail',
  'images',
  'reports',
  'invoices',
  'returns',
  'offers',
  'partners',
  'tracking',
  'support',
  'accounts',
] as const;

const zones = ['a', 'b', 'c'].map((zone) => `eu-central-1${zone}`);
const account = '111122223333';
const region = 'eu-central-1';

/** A made-up id of an instance, the same in every run. */
export function instanceId(seed: number, of: string): string {
  return `i-0${createHash('sha256').update(`${seed}/${of}`).digest('hex').slice(0, 16)}`;
}

/** An account of so many services, all well. */
export function estateOf(seed: number, services: number): Estate {
  const made = Array.from({ length: services }, (_, number) => serviceOf(seed, number));
  return {
    services: made.map(({ service }) => service),
    description: {
      account,
      region,
      targetGroups: made.flatMap(({ parts }) => parts.targetGroups),
      instances: made.flatMap(({ parts }) => parts.instances),
      groups: made.flatMap(({ parts }) => parts.groups),
      databases: made.flatMap(({ parts }) => parts.databases),
      clusters: made.flatMap(({ parts }) => parts.clusters),
      alarms: made.flatMap(({ parts }) => parts.alarms),
    },
  };
}

type List<K extends keyof Described> = NonNullable<Account[K]>;

interface Parts {
  readonly targetGroups: List<'targetGroups'>;
  readonly instances: List<'instances'>;
  readonly groups: List<'groups'>;
  readonly databases: List<'databases'>;
  readonly clusters: List<'clusters'>;
  readonly alarms: List<'alarms'>;
}

function serviceOf(seed: number, number: number): { readonly service: Service; readonly parts: Parts } {
  const chance = chanceFor(seed, number);
  const round = Math.floor(number / names.length);
  const name = `${names[number % names.length] ?? 'service'}${round === 0 ? '' : `-${round + 1}`}`;
  const min = chance.whole(2, 4);
  const idOf = (what: string): string => instanceId(seed, `${name}/${what}`);
  const service: Service = {
    name,
    number,
    group: `${name}-web`,
    size: { min, max: min * 3 },
    healsItself: chance.part() < 0.5,
    alone: Array.from({ length: chance.whole(1, 3) }, (_, index) => idOf(`worker ${index}`)),
    unowned: number % 4 === 1 ? [1, 2, 3].map((index) => idOf(`proxy ${index}`)) : [],
    database: number % 2 === 0 ? `${name}-db` : undefined,
    cluster: number % 4 === 3 ? `${name}-cluster` : undefined,
  };
  return { service, parts: partsOf(service, seed, chance) };
}

function partsOf(service: Service, seed: number, chance: Chance): Parts {
  const { name, group, size, healsItself, alone, unowned, database, cluster } = service;
  const tags = tagsFor(name, chance);
  const members = Array.from({ length: size.min + 1 }, (_, index) => instanceId(seed, `${name}/member ${index}`));
  const web = targetGroup(name, seed);
  const proxies = targetGroup(`${name}-proxy`, seed);
  return {
    targetGroups: [
      { ...web, deregistrationDelay: 60, tags },
      ...(unowned.length > 0
        ? [{ ...proxies, deregistrationDelay: 60, tags, targets: unowned.map((id) => ({ id })) }]
        : []),
    ],
    instances: [
      ...members.map((id, place) => ({ id, zone: zones[place % zones.length], group, tags })),
      ...[...alone, ...unowned].map((id, place) => ({ id, zone: zones[place % zones.length], tags })),
    ],
    groups: [
      {
        name: group,
        min: size.min,
        max: size.max,
        zones,
        targetGroups: [web.arn],
        load: members.length * 45,
        healthChecks: healsItself ? ['ec2', 'elb'] : ['ec2'],
        tags,
      },
    ],
    databases: database === undefined ? [] : [{ id: database, tags }],
    clusters:
      cluster === undefined
        ? []
        : [{ id: cluster, tags, members: [1, 2].map((at) => ({ id: `${cluster}-${at}`, tags })) }],
    alarms: alarmsOf(service, web.arn, unowned.length > 0 ? proxies.arn : undefined),
  };
}

/** Most owners have opted in; some have not yet, and some forbid it. */
function tagsFor(service: string, chance: Chance): Record<string, string> {
  const draw = chance.part();
  return {
    service,
    ...(draw >= 0.12 && { 'homeostat:heal': 'yes' }),
    ...(draw > 0.95 && { 'homeostat:protect': 'yes' }),
  };
}

function targetGroup(
  name: string,
  seed: number,
): { readonly name: string; readonly arn: string; readonly loadBalancer: string } {
  const hash = createHash('sha256').update(`${seed}/${name}`).digest('hex').slice(0, 16);
  return {
    name,
    arn: `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/${name}/${hash}`,
    loadBalancer: `app/${name}/${hash}`,
  };
}

/** The usual alarms, some that Auto Scaling sets for itself, and one of a kind that no rule knows. */
function alarmsOf(
  { name, group, alone, database, cluster }: Service,
  web: string,
  proxies: string | undefined,
): List<'alarms'> {
  const ofGroup = { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions: { AutoScalingGroupName: group } };
  const ofTargets = (arn: string, metric: string) => ({
    namespace: 'AWS/ApplicationELB',
    name: metric,
    dimensions: { TargetGroup: arn.split(':').slice(5).join(':') },
  });
  const ofInstance = (id: string, metric: string) => ({
    namespace: 'AWS/EC2',
    name: metric,
    dimensions: { InstanceId: id },
  });
  const ofDatabase = (id: string, metric: string) => ({
    namespace: 'AWS/RDS',
    name: metric,
    dimensions: { DBInstanceIdentifier: id },
  });
  return [
    { name: `${name}-cpu-high`, metric: ofGroup, above: 75, periods: 3 },
    { name: `TargetTracking-${group}-AlarmHigh`, metric: ofGroup, above: 55, periods: 3 },
    { name: `TargetTracking-${group}-AlarmLow`, metric: ofGroup, below: 40, periods: 15 },
    {
      name: `${name}-latency-budget`,
      metric: { namespace: 'Shop', name: 'SlowRequests', dimensions: { Service: name } },
      above: 100,
    },
    ...[web, ...(proxies === undefined ? [] : [proxies])].flatMap((arn) => [
      {
        name: `${arn.split('/')[1] ?? name}-targets-unhealthy`,
        metric: ofTargets(arn, 'UnHealthyHostCount'),
        above: 0,
        periods: 2,
      },
      {
        name: `${arn.split('/')[1] ?? name}-5xx`,
        metric: ofTargets(arn, 'HTTPCode_Target_5XX_Count'),
        above: 10,
        periods: 3,
      },
    ]),
    ...alone.flatMap((id, index) => [
      {
        name: `${name}-worker-${index + 1}-status`,
        metric: ofInstance(id, 'StatusCheckFailed_Instance'),
        above: 0,
        periods: 2,
      },
      {
        name: `${name}-worker-${index + 1}-host`,
        metric: ofInstance(id, 'StatusCheckFailed_System'),
        above: 0,
        periods: 2,
      },
    ]),
    ...(database === undefined
      ? []
      : [
          { name: `${database}-latency`, metric: ofDatabase(database, 'WriteLatency'), above: 0.5, periods: 2 },
          { name: `${database}-cpu`, metric: ofDatabase(database, 'CPUUtilization'), above: 90, periods: 5 },
          { name: `${database}-storage`, metric: ofDatabase(database, 'FreeStorageSpace'), below: 5 * 1024 ** 3 },
        ]),
    ...(cluster === undefined
      ? []
      : [
          {
            name: `${cluster}-commits`,
            metric: {
              namespace: 'AWS/RDS',
              name: 'CommitLatency',
              dimensions: { DBClusterIdentifier: cluster, Role: 'WRITER' },
            },
            above: 500,
            periods: 2,
          },
        ]),
  ];
}
