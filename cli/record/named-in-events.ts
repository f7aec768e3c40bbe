import { readEvent } from '../../signals';
import type { ConditionMapping } from '../../signals/condition-mapping';
import type { Envelope } from '../../signals/envelope';
import type { Resource } from '../../signals/signal';
import type { DescribedKind, Named } from './describe/describer';

/** The account and region that a recording is of. */
export interface Home {
  readonly account: string;
  readonly region: string;
}

/** Where the resources of each kind are listed; of the others an account file has none. */
const listOf: Partial<Record<Resource['kind'], DescribedKind>> = {
  'ec2-instance': 'instances',
  'auto-scaling-group': 'groups',
  'target-group': 'targetGroups',
  'load-balancer': 'loadBalancers',
  'classic-load-balancer': 'classicLoadBalancers',
  'db-instance': 'databases',
  'db-cluster': 'clusters',
  'cache-group': 'cacheGroups',
  'cache-cluster': 'cacheClusters',
  'serverless-cache': 'serverlessCaches',
  table: 'tables',
  'ecs-service': 'ecsServices',
  'container-instance': 'containerInstances',
  bucket: 'buckets',
  'multi-region-access-point': 'accessPoints',
  'health-check': 'healthChecks',
  function: 'functions',
  'function-alias': 'functions',
  'event-source-mapping': 'eventSourceMappings',
  topic: 'topics',
  'log-group': 'logGroups',
  'file-system': 'fileSystems',
  'emr-cluster': 'emrClusters',
  'emr-step': 'emrClusters',
  'protected-resource': 'protectedResources',
};

/** What an event names: what of it can be described here, and whether it is of another account or region. */
export interface NamedInEvent {
  readonly named: readonly Named[];
  readonly elsewhere: boolean;
}

/** The resources and the alarm that an event names, by its signals. */
export function namedIn(event: Envelope, home: Home, mappings: readonly ConditionMapping[]): NamedInEvent {
  const reading = readEvent(event.raw, { accounts: 'any', regions: 'any', mappings });
  const resources = reading.kind === 'signals' ? reading.signals.map(({ resource }) => resource) : [];
  const isHere = ({ account, region }: Home): boolean => account === home.account && region === home.region;
  const named = resources.filter(isHere).flatMap(({ kind, id }): readonly Named[] => {
    const list = listOf[kind];
    return list === undefined ? [] : [{ kind: list, id: wholeOf(kind, id) }];
  });
  const beside = isHere(event) ? besideSignals(event) : [];
  const elsewhere = resources.length > 0 ? resources.some((one) => !isHere(one)) : !isHere(event);
  return { named: [...named, ...beside], elsewhere };
}

/** What it is described with: a step with its cluster, an alias with its function. */
function wholeOf(kind: Resource['kind'], id: string): string {
  if (kind === 'emr-step') return id.replace(/\/.*/, '');
  return kind === 'function-alias' ? id.replace(/:.*/, '') : id;
}

/** What the event is of, and no signal is about: an alarm, a runbook. */
function besideSignals({ source, detail }: Envelope): readonly Named[] {
  const alarm = detail['alarmName'];
  if (source === 'aws.cloudwatch' && isName(alarm)) return [{ kind: 'alarms', id: alarm }];
  const runbook = detail['Definition'];
  return source === 'aws.ssm' && isName(runbook) ? [{ kind: 'documents', id: runbook }] : [];
}

const isName = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 255;
