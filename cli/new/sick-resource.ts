import { alarmsOn } from '../../signals/cloudwatch-alarm/alarm-conditions';
import type { ResourceKind } from '../../signals/signal';
import { VirtualClock } from '../../simulator/clock';
import type { BusEvent } from '../../simulator/event-bus';
import { World } from '../../simulator/world';

export const account = '111122223333';
export const region = 'eu-central-1';
const begin = Date.parse('2026-03-01T10:00:00Z');

const balancing = `arn:aws:elasticloadbalancing:${region}:${account}`;

/** An id of each kind that a template may speak of. */
export const sampleIds: Readonly<Record<ResourceKind, string>> = {
  'ec2-instance': 'i-0123456789abcdef0',
  'auto-scaling-group': 'web',
  'target-group': `${balancing}:targetgroup/web/0123456789abcdef`,
  'load-balancer': `${balancing}:loadbalancer/app/shop/50dc6c495c0c9188`,
  'classic-load-balancer': 'shop',
  'db-instance': 'orders',
  'db-cluster': 'ledger',
  volume: 'vol-0123456789abcdef0',
  'cache-group': 'sessions',
  'cache-cluster': 'sessions-001',
  'serverless-cache': 'sessions',
  table: 'orders',
  'automation-execution': '00000000-0000-4000-8000-000000000001',
  other: 'something',
};

/** An alarm's event that says so, as one line of JSON; undefined where no alarm on a metric of AWS's own tells of it. */
export async function alarmEvent(kind: ResourceKind, id: string, condition: string): Promise<string | undefined> {
  const [told] = alarmsOn(condition, kind);
  if (!told) return undefined;
  const clock = new VirtualClock(begin);
  const { bus, services } = new World(clock).account(account, region);
  const events: BusEvent[] = [];
  bus.subscribe((event) => void events.push(event));
  const value = kind === 'target-group' ? id.split(':').slice(5).join(':') : id.replace(/^.*:loadbalancer\//, '');
  const metric = {
    namespace: told.namespace,
    name: told.metric,
    dimensions: { [told.dimension]: value, ...told.beside },
  };
  services.cloudwatch.set(metric, 0);
  services.cloudwatch.add({ name: `${condition} of ${value}`, metric, state: 'OK' });
  services.cloudwatch.set(metric, 1);
  await clock.runUntil(begin + 5 * 60_000);
  const [first] = events;
  return first && JSON.stringify(first);
}
