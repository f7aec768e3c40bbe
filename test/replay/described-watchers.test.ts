import { readEvent } from '../../signals';
import { AssumedWorld } from '../../replay/assumed-world';
import { VirtualClock } from '../../simulator/clock';
import { buildAccount } from '../../simulator/description';
import { World } from '../../simulator/world';
import { anywhere, sampleEvent } from '../signals/event-files';

const own = { owner: 'shop' };
const topic = 'arn:aws:sns:eu-west-1:111122223333:orders-placed';
const leave = { service: 'sns.amazonaws.com', for: topic };
const check = '0f8b1c62-0000-4000-8000-000000000001';

/** An account that was described, in which the events of a recording come about. */
function described(description: object, region = 'eu-west-1') {
  const world = new World(new VirtualClock(Date.parse('2026-03-01T10:00:00Z')));
  const account = buildAccount(world, { account: '111122223333', region, ...description });
  const assumed = new AssumedWorld(world);
  const follow = (name: string): void => {
    const event = sampleEvent(name, {}, {});
    const reading = readEvent(event, anywhere);
    assumed.follow(event, reading.kind === 'signals' ? reading.signals : []);
  };
  return { account, assumed, follow, services: account.services };
}

test('a log group that was described loses what the recording says, and nothing else, and gets it back', () => {
  const filters = [{ name: 'archive', destination: 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/archive' }];
  const name = '/shop/checkout';
  const { account, follow } = described({ logGroups: [{ name, retention: 90, filters, tags: own }] });
  const shown = (): readonly unknown[] => {
    const { logGroups } = account.call('logs', 'DescribeLogGroups', {}) as { logGroups: object[] };
    const { subscriptionFilters } = account.call('logs', 'DescribeSubscriptionFilters', {
      logGroupName: name,
    }) as { subscriptionFilters: { filterName: string }[] };
    const resourceArn = `arn:aws:logs:eu-west-1:111122223333:log-group:${name}`;
    const { tags } = account.call('logs', 'ListTagsForResource', { resourceArn }) as { tags: object };
    return [logGroups, subscriptionFilters.map(({ filterName }) => filterName), tags];
  };
  follow('logs/filter-deleted');
  expect(shown()).toMatchObject([[{ retentionInDays: 90 }], [], own]);
  follow('logs/filter-put');
  expect(shown()).toMatchObject([[{ retentionInDays: 90 }], ['archive'], own]);
});

test('of a topic that was described the first function shuts itself, and no other reader is made up', () => {
  const subscriptions = ['bill', 'ship'].map((name) => ({
    protocol: 'lambda',
    endpoint: `arn:aws:lambda:eu-west-1:111122223333:function:${name}`,
  }));
  const { assumed, follow, services } = described({
    functions: ['bill', 'ship'].map((name) => ({ name, callers: [leave] })),
    topics: [{ name: 'orders-placed', subscriptions, load: 10 }],
  });
  const mayCall = (): readonly boolean[] =>
    ['bill', 'ship'].map((name) => services.lambda.permissions.permits(name, 'sns.amazonaws.com', topic));
  follow('cloudwatch/topic-failing-alarm');
  expect(mayCall()).toEqual([false, true]);
  expect(assumed.assumed.join('\n')).not.toContain('topic orders-placed has');
  services.sns.open('orders-placed');
  expect(mayCall()).toEqual([true, true]);
});

test('a health check that was described finds dead what its name leads to then', () => {
  const record = { name: 'www.shop.example', type: 'A' };
  const { follow, services } = described(
    {
      healthChecks: [
        { id: check, name: 'www.shop.example' },
        { id: check.replace(/1$/, '2'), address: '203.0.113.20' },
      ],
      hostedZones: [
        {
          id: 'Z0123456789ABCDEFGHIJ',
          name: 'shop.example',
          records: [
            { ...record, set: 'frankfurt', weight: 100, values: ['203.0.113.10'] },
            { ...record, set: 'ireland', weight: 0, values: ['203.0.113.20'] },
          ],
        },
      ],
    },
    'us-east-1',
  );
  const standing = (): unknown => [check, check.replace(/1$/, '2')].map((id) => services.route53.isHealthy(id));
  expect(standing()).toEqual([true, true]);
  follow('cloudwatch/health-check-alarm');
  expect(standing()).toEqual([false, true]);
  services.route53.mend(check);
  expect(standing()).toEqual([true, true]);
});

test('a name that no described zone has is asked for as it is', () => {
  const { services } = described({ healthChecks: [{ id: check, name: 'www.shop.example' }] }, 'us-east-1');
  expect(services.route53.isHealthy(check)).toBe(true);
  services.route53.fail(check);
  expect(services.route53.isHealthy(check)).toBe(false);
});
