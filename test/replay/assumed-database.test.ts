import { ofCluster, ofDatabase } from '../../replay/assumed-sickness/database';
import type { Sick } from '../../replay/assumed-sickness/sickness';
import type { RecordedAlarm } from '../../replay/recorded-alarm';
import type { ResourceKind } from '../../signals/signal';
import { VirtualClock } from '../../simulator/clock';
import { World } from '../../simulator/world';

const account = () =>
  new World(new VirtualClock(Date.parse('2026-03-02T10:00:00Z'))).account('111122223333', 'eu-west-1');

function signal(kind: ResourceKind, condition: string): Sick {
  const resource = { kind, id: 'orders', account: '111122223333', region: 'eu-west-1' };
  const told = { dedupKey: 'd', eventId: 'e', source: 's', at: 0, detail: '', evidence: {}, tags: {} };
  return { kind: 'unhealthy', condition, resource, ...told };
}

const alarmOn = (name: string): RecordedAlarm =>
  ({ measures: { metric: { namespace: 'AWS/RDS', name, dimensions: {} } } }) as unknown as RecordedAlarm;

test('a database that was stopped is made up, stopped, and runs again once it is said to', () => {
  const on = account();
  const { rds } = on.services;
  const { ensure, sicken, recover } = ofDatabase(on, signal('db-instance', 'db-instance-stopped'));
  expect(ensure()).toBe('database orders is Multi-AZ, its standby well');
  sicken();
  expect(rds.isAvailable('orders')).toBe(false);
  recover();
  expect(rds.isAvailable('orders')).toBe(true);
});

test('what the description of the account says of a sickness is left so', () => {
  const on = account();
  const { rds } = on.services;
  rds.addDatabase({ id: 'orders', storageGiB: 100, freeStorageGiB: 7 });
  ofDatabase(on, signal('db-instance', 'db-storage-low')).sicken();
  const metric = { namespace: 'AWS/RDS', name: 'FreeStorageSpace', dimensions: { DBInstanceIdentifier: 'orders' } };
  expect((on.services.cloudwatch.value(metric) ?? 0) / 1024 ** 3).toBe(7);
});

test('a cluster whose alarm is on its capacity is made up serverless, and stands at its maximum', () => {
  const on = account();
  const sickness = ofCluster(on, signal('db-cluster', 'db-overloaded'), alarmOn('ACUUtilization'));
  expect(sickness.ensure()).toBe('cluster orders has a writer and a reader that may grow to 8 ACU');
  sickness.sicken();
  const dimensions = { DBInstanceIdentifier: 'orders-1' };
  const value = () => on.services.cloudwatch.value({ namespace: 'AWS/RDS', name: 'ACUUtilization', dimensions });
  expect(value()).toBe(100);
  sickness.recover();
  expect(value()).toBe(30);
});

test('a cluster that follows a lost primary is made up as a secondary, whose lag grows until it is back', () => {
  const on = account();
  const { rds, cloudwatch } = on.services;
  const { ensure, sicken, recover } = ofCluster(on, signal('db-cluster', 'db-source-lost'), undefined);
  expect(ensure()).toBe('cluster orders is a secondary of a global database, its two members well');
  expect(rds.isSick('orders')).toBe(false);
  sicken();
  expect(rds.isSick('orders')).toBe(true);
  recover();
  const metric = { name: 'AuroraGlobalDBReplicationLag', dimensions: { DBClusterIdentifier: 'orders' } };
  expect(cloudwatch.value({ namespace: 'AWS/RDS', ...metric })).toBe(150);
});
