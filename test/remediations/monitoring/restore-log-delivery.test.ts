import { restoreLogDelivery } from '../../../remediations/monitoring/restore-log-delivery';
import type { LogGroupInput, LogsHappening } from '../../../simulator/logs/log-group';
import { bench } from '../account';
import { attempt, no } from '../attempt';
import { filter, logGroup, logGroups, name } from './shop-log';

function afterwards(
  happening: LogsHappening | undefined,
  parameters: object = { logGroups },
  described: Partial<LogGroupInput> = {},
) {
  const on = bench();
  const resource = logGroup(on, described);
  const { logs } = on.account.services;
  if (happening) logs.befall(happening);
  const condition = happening && 'delete' in happening ? 'log-group-deleted' : 'log-delivery-broken';
  const target = { resource, condition };
  return { ...on, logs, ...attempt(restoreLogDelivery, on, target, parameters) };
}

const operations = (calls: readonly { readonly operation: string }[]): string[] => calls.map((one) => one.operation);

test('a filter that was deleted delivers again what and where the policy says', async () => {
  const { plan, start, check, writes } = afterwards({ deleteFilter: 'archive', of: name });
  expect(await plan()).toMatchObject({
    summary: `restore the log group ${name}: deliver to ${filter.destination} by archive`,
  });
  await start();
  expect(writes()).toMatchObject([
    {
      operation: 'PutSubscriptionFilter',
      input: { logGroupName: name, filterName: 'archive', filterPattern: '', destinationArn: filter.destination },
    },
  ]);
  expect(await check()).toMatchObject({ kind: 'done' });
});

test('a log group that was deleted is made anew, opted in as the policy has it, one step after the other', async () => {
  const { start, check, writes } = afterwards({ delete: name });
  await start();
  expect(writes()).toMatchObject([{ operation: 'CreateLogGroup', input: { tags: { 'homeostat:heal': 'yes' } } }]);
  expect(await check()).toEqual({
    kind: 'continue',
    detail: `1 of 3 steps are done: the log group ${name} is not yet as planned`,
  });
  await start();
  expect(await check()).toMatchObject({ kind: 'continue' });
  await start();
  expect(await check()).toMatchObject({ kind: 'done' });
  expect(operations(writes())).toEqual(['CreateLogGroup', 'PutRetentionPolicy', 'PutSubscriptionFilter']);
});

test('a retention says what it will delete for good, where the log group is old enough to hold it', async () => {
  expect(await afterwards({ deleteRetention: name }).plan()).toMatchObject({
    destroys: [`what ${name} holds of more than 30 days ago`],
  });
  const young = await afterwards({ deleteRetention: name }, { logGroups }, { ageDays: 3 }).plan();
  expect(young).toMatchObject({ kind: 'planned' });
  expect(young).not.toHaveProperty('destroys');
});

test.each<[string, LogsHappening | undefined, object, Partial<LogGroupInput>, RegExp]>([
  [
    'that the policy does not describe',
    { delete: name },
    { logGroups: { '/shop/other': {} } },
    {},
    /does not say what \/shop\/checkout should be like, under logGroups/,
  ],
  [
    'of which nothing is missing, since its destination is what fails',
    { destination: filter.destination, is: 'failing' },
    { logGroups },
    {},
    /nothing of \/shop\/checkout is missing: look at what it delivers to/,
  ],
  [
    'whose filter was changed by somebody, and not deleted',
    undefined,
    { logGroups },
    { filters: [{ ...filter, pattern: 'ERROR' }] },
    /nothing of \/shop\/checkout is missing/,
  ],
  [
    'that has two other filters already',
    undefined,
    { logGroups },
    { filters: ['a', 'b'].map((each) => ({ ...filter, name: each })) },
    /has the filters a and b, and CloudWatch Logs takes 2/,
  ],
])('a log group %s is left alone', async (_of, happening, parameters, described, reason) => {
  const { plan, writes } = afterwards(happening, parameters, described);
  expect(await plan()).toEqual(no('refused', reason));
  expect(writes()).toEqual([]);
});

test('the log of a function is never delivered to that function', async () => {
  const on = bench();
  const own = '/aws/lambda/homeostat-worker';
  on.account.services.logs.add({ name: own });
  const destination = 'arn:aws:lambda:eu-central-1:111122223333:function:homeostat-worker';
  const target = { resource: on.resource('log-group', own), condition: 'log-delivery-broken' };
  const parameters = { logGroups: { [own]: { filters: [{ name: 'loop', destination }] } } };
  const { plan } = attempt(restoreLogDelivery, on, target, parameters);
  expect(await plan()).toEqual(no('refused', /it would be told of itself for ever/));
});

test('what somebody puts there after the plan is not overwritten', async () => {
  const { plan, start, check, logs, writes } = afterwards({ deleteFilter: 'archive', of: name });
  await plan();
  logs.add({ name, retention: 30, filters: [{ ...filter, pattern: 'ERROR' }] });
  expect(await start()).toEqual(no('refused', /was changed by others since the plan/));
  expect(await check()).toMatchObject({ kind: 'failed' });
  expect(writes()).toEqual([]);
});

test('a log group that is deleted between two steps is not made anew by the way', async () => {
  const { plan, start, logs, writes } = afterwards({ deleteFilter: 'archive', of: name });
  await plan();
  logs.befall({ delete: name });
  expect(await start()).toEqual(no('refused', /was deleted since the plan/));
  expect(writes()).toEqual([]);
});
