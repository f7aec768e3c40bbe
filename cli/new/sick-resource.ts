import { alarmsOn, type TellingMetric } from '../../signals/cloudwatch-alarm/alarm-conditions';
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
  'ecs-service': 'shop/checkout',
  'ecs-task': 'shop/0123456789abcdef0123456789abcdef',
  'container-instance': 'shop/0123456789abcdef0123456789abcdef',
  'file-system': 'fs-0123456789abcdef0',
  'emr-cluster': 'j-1YONHTCP3YZKC',
  'emr-step': 'j-1YONHTCP3YZKC/s-2L0P3YZKC1YON',
  bucket: 'shop-images',
  'multi-region-access-point': 'mfzwi23gnjvgw.mrap',
  'health-check': '00000000-0000-4000-8000-000000000002',
  'hosted-zone': 'Z0123456789ABCDEFGHIJ',
  'routing-control': `arn:aws:route53-recovery-control::${account}:controlpanel/0123456789abcdef/routingcontrol/0123456789abcdef`,
  alarm: 'checkout is late',
  'log-group': '/shop/checkout',
  topic: 'on-call',
  'protected-resource': `arn:aws:dynamodb:${region}:${account}:table/orders`,
  function: 'checkout',
  'function-alias': 'checkout:live',
  'event-source-mapping': '00000000-0000-4000-8000-000000000003',
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
    dimensions: { ...named(told, value), ...told.beside },
  };
  services.cloudwatch.set(metric, 0);
  services.cloudwatch.add({ name: `${condition} of ${value}`, metric, state: 'OK' });
  services.cloudwatch.set(metric, 1);
  await clock.runUntil(begin + 5 * 60_000);
  const [first] = events;
  return first && JSON.stringify(first);
}

/** The dimensions that name it: two where the id says first what it is in. */
function named({ dimension, within }: TellingMetric, id: string): Record<string, string> {
  if (within === undefined) return { [dimension]: id };
  const [around = '', name = ''] = id.split('/');
  return { [within]: around, [dimension]: name };
}
