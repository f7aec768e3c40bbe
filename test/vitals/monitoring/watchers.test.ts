import { alarmVitals } from '../../../vitals/monitoring/alarm-vitals';
import { logGroupVitals } from '../../../vitals/monitoring/log-group-vitals';
import { topicVitals } from '../../../vitals/monitoring/topic-vitals';
import { functionVitals } from '../../../vitals/lambda/function-vitals';
import type { Health } from '../../../vitals/vitals';
import { bench, type Bench } from '../../remediations/account';
import { logGroup, name } from '../../remediations/monitoring/shop-log';
import { bill, id, ordersPlaced } from '../../remediations/monitoring/orders-placed';

const tags = { service: 'shop' };

describe('an alarm', () => {
  const late = 'checkout is late';
  function watched(): Bench & { health(condition: string, of?: string): Promise<Health['kind']> } {
    const on = bench();
    on.account.services.cloudwatch.add({ name: late, state: 'OK', tags });
    const health = async (condition: string, of = late) =>
      (await alarmVitals.health(on.resource('alarm', of), condition, on.aws)).kind;
    return { ...on, health };
  }

  test('is well while its actions are enabled', async () => {
    const { account, health } = watched();
    expect(await health('alarm-actions-disabled')).toBe('healthy');
    account.services.cloudwatch.befall({ name: late, actions: 'disabled' });
    expect(await health('alarm-actions-disabled')).toBe('unhealthy');
    expect(await health('alarm-deleted')).toBe('healthy');
  });

  test('that was deleted is sick of that, and of nothing else any more', async () => {
    const { account, health } = watched();
    account.services.cloudwatch.befall({ name: late, is: 'deleted' });
    expect([await health('alarm-deleted'), await health('alarm-actions-disabled')]).toEqual(['unhealthy', 'gone']);
  });

  test('has the tags that it has, and none once it is gone', async () => {
    const { aws, resource } = watched();
    expect(await alarmVitals.tags(resource('alarm', late), aws)).toEqual(tags);
    expect(await alarmVitals.tags(resource('alarm', 'none'), aws)).toEqual({});
  });
});

describe('a log group', () => {
  const health = async (on: Bench, condition: string): Promise<Health> =>
    logGroupVitals.health(on.resource('log-group', name), condition, on.aws);

  test('that was deleted is sick, and opted in by whoever says in a policy what it was like', async () => {
    const on = bench();
    expect(await health(on, 'log-group-deleted')).toMatchObject({ kind: 'unhealthy' });
    expect(await logGroupVitals.tags(on.resource('log-group', name), on.aws)).toEqual({ 'homeostat:heal': 'yes' });
    logGroup(on, { tags });
    expect(await health(on, 'log-group-deleted')).toMatchObject({ kind: 'healthy' });
    expect(await logGroupVitals.tags(on.resource('log-group', name), on.aws)).toEqual(tags);
  });

  test('that whoever writes to it has made anew, without all that it had, is still sick', async () => {
    const on = bench();
    logGroup(on, { retention: undefined, filters: [] });
    expect(await health(on, 'log-group-deleted')).toEqual({
      kind: 'unhealthy',
      detail: `${name} is there again, with no tag, retention or filter, as writers make it: restore what it had, or tag it`,
    });
    logGroup(on, { retention: undefined, filters: [], tags });
    expect(await health(on, 'log-group-deleted')).toMatchObject({ kind: 'healthy' });
  });

  test('that keeps everything for ever is sick of that alone', async () => {
    const on = bench();
    logGroup(on, { retention: undefined });
    expect(await health(on, 'log-retention-deleted')).toMatchObject({ kind: 'unhealthy' });
    expect(await health(on, 'log-delivery-broken')).toMatchObject({ kind: 'healthy' });
  });

  test('delivers as long as it has a filter, or all that its tag names', async () => {
    const on = bench();
    logGroup(on, { tags: { 'homeostat:filters': 'archive search' } });
    expect(await health(on, 'log-delivery-broken')).toEqual({
      kind: 'unhealthy',
      detail: `${name} has no subscription filter search`,
    });
    logGroup(on);
    expect(await health(on, 'log-delivery-broken')).toMatchObject({ kind: 'healthy' });
    logGroup(on, { filters: [] });
    expect(await health(on, 'log-delivery-broken')).toMatchObject({ kind: 'unhealthy' });
  });

  test('is told from one whose name it only begins', async () => {
    const on = bench();
    logGroup(on, { name: `${name}-2` });
    expect(await health(on, 'log-group-deleted')).toMatchObject({ kind: 'unhealthy' });
  });
});

describe('a topic', () => {
  const health = async (on: Bench, of = id): Promise<Health> =>
    topicVitals.health(on.resource('topic', of), 'topic-delivery-failing', on.aws);

  test('is well while nothing that it sends fails', async () => {
    const on = bench();
    ordersPlaced(on, { tags });
    await on.pass(600);
    expect(await health(on)).toMatchObject({ kind: 'healthy' });
    on.account.services.sns.befall({ name: id, forbid: bill });
    await on.pass(600);
    expect(await health(on)).toEqual({
      kind: 'unhealthy',
      detail: `10 notifications of the topic ${id} failed in a minute`,
    });
    expect(await topicVitals.tags(on.resource('topic', id), on.aws)).toEqual(tags);
  });

  test('that does not exist is gone, and without tags', async () => {
    const on = bench();
    expect(await health(on)).toMatchObject({ kind: 'gone' });
    expect(await topicVitals.tags(on.resource('topic', id), on.aws)).toEqual({});
  });

  test('whose name is none is not asked for', async () => {
    const on = bench();
    expect(await health(on, 'a b')).toMatchObject({ kind: 'unknown' });
    expect(on.calls).toEqual([]);
  });
});

test('a function has the tags that it has, and none where there is none', async () => {
  const on = bench();
  on.account.services.lambda.add({ name: 'bill', tags });
  expect(await functionVitals.tags(on.resource('function', 'bill'), on.aws)).toEqual(tags);
  expect(await functionVitals.tags(on.resource('function', 'ship'), on.aws)).toEqual({});
});
