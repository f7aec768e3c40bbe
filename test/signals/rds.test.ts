import { readEvent } from '../../signals';
import { anywhere, inWords, sampleEvent } from './event-files';

const instance = (detail: object): string =>
  inWords(readEvent(sampleEvent('rds/instance-storage-low', {}, detail as never), anywhere)).join(' + ');
const cluster = (detail: object): string =>
  inWords(readEvent(sampleEvent('rds/cluster-failover-failed', {}, detail as never), anywhere)).join(' + ');

describe('an event of a database instance', () => {
  test.each([
    ['0007', 'unhealthy db-storage-low'],
    ['0031', 'unhealthy db-instance-failed'],
    ['0035', 'unhealthy db-parameters-incompatible'],
    ['0046', 'recovered db-replication-broken'],
    ['0013', 'progress'],
    ['0087', 'unhealthy db-instance-stopped'],
    ['0088', 'recovered db-instance-stopped'],
    ['0154', 'progress'],
  ])('RDS-EVENT-%s means %s, whatever its categories', (number, meaning) => {
    expect(instance({ EventID: `RDS-EVENT-${number}`, EventCategories: ['notification'] })).toMatch(
      new RegExp(`^${meaning} \\S+/db-instance/orders$`),
    );
  });

  test.each([
    ['low storage', 'unhealthy db-storage-low'],
    ['Failover', 'progress'],
    ['failure', 'progress'],
    ['availability', 'progress'],
    ['backup', 'ignored: '],
    ['constructor', 'ignored: '],
  ])('without an ID is read by its category: %s means %s', (category, meaning) => {
    expect(instance({ EventID: undefined, EventCategories: ['notification', category] })).toMatch(
      new RegExp(`^${meaning}`),
    );
  });

  test('that names one database and carries the ARN of another is ignored', () => {
    const own = 'arn:aws:rds:eu-west-1:111122223333:db:orders';
    expect(instance({ SourceArn: own })).toMatch(/^unhealthy /);
    for (const SourceArn of [
      own.replace('orders', 'ledger'),
      own.replace('1111', '4444'),
      own.replace(':db:', ':cluster:'),
    ]) {
      expect(instance({ SourceArn })).toMatch(/^ignored: .*not one and the same/);
    }
  });

  test('whose identifier is no identifier is ignored', () => {
    expect(instance({ SourceIdentifier: '../orders' })).toMatch(/^ignored: .*not an identifier of a database/);
  });
});

describe('an event of a cluster', () => {
  test('is not read by the numbers of instances', () => {
    expect(cluster({ EventID: 'RDS-EVENT-0007', EventCategories: [] })).toMatch(/^ignored: /);
  });

  test('never says that its storage is low, since that grows by itself', () => {
    expect(cluster({ EventID: undefined, EventCategories: ['low storage'] })).toMatch(/^ignored: /);
  });
});
