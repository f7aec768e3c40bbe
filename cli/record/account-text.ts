import { stringify } from 'yaml';
import { readDescription } from '../../simulator/account-schema';
import { unfitAlarms } from './alarm-fit';
import { describedKinds, type DescribedKind } from './describe/describer';
import type { Written } from './state';

type Item = NonNullable<Written['item']>;
type Lists = Readonly<Record<DescribedKind, readonly Item[]>>;

/** What is said of an account file at its top, beside what it holds. */
export interface AccountFacts {
  readonly account: string;
  readonly region: string;
  /** For people, such as `2026-03-01 10:00:00`. */
  readonly describedAt: string;
  /** Further lines for people. */
  readonly notes: readonly string[];
}

/**
 * The account file that was described, in the words of the simulator: what it cannot carry, and what is gone, is named in
 * its comment. Throws for what the simulator would not take.
 */
export function accountText(
  written: readonly Written[],
  { account, region, describedAt, notes }: AccountFacts,
): string {
  const lists = Object.fromEntries(
    describedKinds.map((kind): [DescribedKind, readonly Item[]] => [kind, itemsOf(written, kind)]),
  ) as Lists;
  const whole = { account, region, ...withoutStrangers(lists) };
  readDescription(whole);
  const unfit = unfitAlarms(whole);
  const described = { ...whole, alarms: whole.alarms.filter(({ name }) => !unfit.has(String(name))) };
  const gone = written.filter(({ item }) => item === undefined);
  const lines = [
    `Described at ${describedAt} UTC: as things were then, which is after the events. No sickness is described, and every`,
    'alarm is taken to be OK at first: the events say what falls sick, and the replay follows them.',
    'What a runbook does is not known: here each one cures what it is run on.',
    ...notes,
    ...listedBelow(
      'Gone by then, so that the replay makes them up',
      gone.map(({ kind, name }) => `${singular[kind]} ${name}`),
    ),
    ...listedBelow(
      'Left out, since an account file cannot carry it',
      written
        .flatMap(({ kind, name, notes: own = [] }) => own.map((note) => `${singular[kind]} ${name}: ${note}`))
        .concat([...unfit].map(([name, why]) => `alarm ${name}: ${why}; the replay holds it as recorded`)),
    ),
  ];
  const filled = Object.fromEntries(
    Object.entries(described).filter(([, value]) => !Array.isArray(value) || value.length > 0),
  );
  return `${lines.map((line) => `# ${line.replace(/[\r\n]/g, ' ')}\n`).join('')}${stringify(filled, { lineWidth: 0 })}`;
}

const singular: Readonly<Record<DescribedKind, string>> = {
  subnets: 'subnet',
  loadBalancers: 'load balancer',
  targetGroups: 'target group',
  classicLoadBalancers: 'classic load balancer',
  instances: 'instance',
  groups: 'group',
  databases: 'database',
  clusters: 'cluster',
  cacheGroups: 'cache group',
  cacheClusters: 'cache cluster',
  serverlessCaches: 'serverless cache',
  tables: 'table',
  ecsServices: 'ECS service',
  containerInstances: 'container instance',
  fileSystems: 'file system',
  emrClusters: 'EMR cluster',
  scalableTargets: 'scalable target',
  protectedResources: 'protected resource',
  buckets: 'bucket',
  accessPoints: 'multi-Region access point',
  hostedZones: 'hosted zone',
  healthChecks: 'health check',
  recoveryClusters: 'routing control',
  functions: 'function',
  eventSourceMappings: 'event source mapping',
  topics: 'topic',
  logGroups: 'log group',
  documents: 'runbook',
  alarms: 'alarm',
};

function itemsOf(written: readonly Written[], kind: DescribedKind): readonly Item[] {
  const items = written.flatMap((one) =>
    one.kind === kind && one.item && Object.keys(one.item).length > 0 ? [one] : [],
  );
  // A runbook may be named with its version and without; services of one name are in several clusters.
  const last = new Map(
    items.map(({ item = {} }) => [
      JSON.stringify([item['cluster'], nameOf(item), item['version'], item['dimension'], item['controls']]),
      item,
    ]),
  );
  return [...last.values()].sort((one, other) => nameOf(one).localeCompare(nameOf(other)));
}

const nameOf = ({ id, name, resource, arn, alias }: Item): string =>
  [id, name, resource, arn, alias].find((one) => typeof one === 'string') ?? '';

/** Nothing may name what is not described: it has gone in between. */
function withoutStrangers(lists: Lists): Lists {
  const groups = new Set(lists.groups.map(({ name }) => name));
  const targetGroups = new Set(lists.targetGroups.map(({ arn }) => arn));
  const subnets = new Set(lists.subnets.map(({ id }) => id));
  const instances = new Set(lists.instances.map(({ id }) => id));
  return {
    ...lists,
    instances: lists.instances.map(({ group, subnet, ...rest }) => ({
      ...rest,
      ...(groups.has(group) && { group }),
      ...(subnets.has(subnet) && { subnet }),
    })),
    classicLoadBalancers: lists.classicLoadBalancers.map(({ instances: own, ...rest }) => ({
      ...rest,
      instances: (Array.isArray(own) ? own : []).filter(({ id }: Item) => instances.has(id)),
    })),
    groups: lists.groups.map(({ targetGroups: named, subnets: own, ...rest }) => ({
      ...rest,
      ...kept('targetGroups', named, targetGroups),
      ...kept('subnets', own, subnets),
    })),
    ecsServices: lists.ecsServices.map(({ targetGroups: named, ...rest }) => ({
      ...rest,
      ...kept('targetGroups', named, targetGroups),
    })),
    alarms: lists.alarms.map(({ tellsOf, ...rest }) => ({ ...rest, ...(instances.has(tellsOf) && { tellsOf }) })),
  };
}

function kept(field: string, named: unknown, there: ReadonlySet<unknown>): object {
  const left = (Array.isArray(named) ? named : []).filter((one) => there.has(one));
  return left.length > 0 ? { [field]: left } : {};
}

function listedBelow(title: string, items: readonly string[]): readonly string[] {
  return items.length > 0 ? [`${title}:`, ...items.map((one) => `  ${one}`)] : [];
}
