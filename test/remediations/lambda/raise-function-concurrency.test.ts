import { raiseFunctionConcurrency } from '../../../remediations/lambda/raise-function-concurrency';
import type { FunctionInput } from '../../../simulator/lambda/function';
import { bench } from '../account';
import { answerWith, attempt, no } from '../attempt';
import { throttled } from './checkout';

function on(described: Partial<FunctionInput> = {}, parameters: object = {}) {
  const at = bench();
  const resource = throttled(at, described);
  const { lambda } = at.account.services;
  const reserved = () => lambda.find('checkout')?.reserved;
  return {
    ...at,
    lambda,
    reserved,
    ...attempt(raiseFunctionConcurrency, at, { resource, condition: 'x' }, parameters),
  };
}

test('what is reserved is doubled, and the function is what is touched', async () => {
  const { plan, start, check, reserved } = on();
  expect(await plan()).toMatchObject({
    summary: 'raise the reserved concurrency of checkout from 10 to 20',
    touches: [{ kind: 'function', id: 'checkout' }],
    group: 'alone',
  });
  await start();
  expect(reserved()).toBe(20);
  expect(await check()).toMatchObject({ kind: 'done' });
});

test('it is raised by the step that the policy says, up to its ceiling', async () => {
  expect(await on({}, { step: 50 }).plan()).toMatchObject({ plan: { to: 15 } });
  expect(await on({}, { ceiling: 12 }).plan()).toMatchObject({ plan: { to: 12 } });
});

test('of an alias its function is raised, and its own invocations decide', async () => {
  const at = bench();
  throttled(at, {
    aliases: [
      { name: 'live', version: 7 },
      { name: 'next', version: 8 },
    ],
  });
  const of = (id: string) => {
    const target = { resource: at.resource('function-alias', id), condition: 'function-throttled' };
    return attempt(raiseFunctionConcurrency, at, target).plan();
  };
  expect(await of('checkout:live')).toMatchObject({ touches: [{ kind: 'function', id: 'checkout' }] });
  expect(await of('checkout:next')).toEqual(no('notNeeded', /no invocation of checkout:next was turned away/));
});

test.each<[string, Partial<FunctionInput>, object, RegExp]>([
  ['somebody has stopped', { reserved: 0 }, {}, /is 0: somebody has stopped it, and it stays so$/],
  ['has no concurrency of its own', { reserved: undefined, demand: 2_000 }, {}, /runs into the limit of the account/],
  ['is at the ceiling', {}, { ceiling: 10 }, /may run 10 times at once, and the policy allows 10/],
  ['is above the ceiling', {}, { ceiling: 5 }, /may run 10 times at once, and the policy allows 5/],
])('a function that %s is not raised', async (_, described, parameters, reason) => {
  const { plan, writes } = on(described, parameters);
  expect(await plan()).toEqual(no('refused', reason));
  expect(writes()).toEqual([]);
});

test('what is not throttled needs nothing', async () => {
  expect(await on({ demand: 8 }).plan()).toEqual(no('notNeeded', /no invocation of checkout was turned away/));
});

describe('the other functions', () => {
  test('keep a hundred, and more where the policy says so', async () => {
    const { plan, lambda } = on();
    lambda.add({ name: 'other', reserved: 885 });
    expect(await plan()).toMatchObject({ plan: { to: 15 } });
    lambda.add({ name: 'other', reserved: 890 });
    expect(await plan()).toEqual(no('refused', /share 100, and 100 must be left to them: ask AWS for a higher limit/));
    const careful = on({}, { leave: 985 });
    expect(await careful.plan()).toMatchObject({ plan: { to: 15 } });
  });

  test('cannot be left less than Lambda leaves them', () => {
    expect(() => raiseFunctionConcurrency.parameters.parse({ leave: 99 })).toThrow();
  });

  test('are looked at again before it is raised', async () => {
    const { plan, start, lambda, writes } = on();
    await plan();
    lambda.add({ name: 'other', reserved: 885 });
    expect(await start()).toEqual(no('refused', /share 105 since the plan: too few would be left/));
    expect(writes()).toEqual([]);
  });

  test('are not guessed at where Lambda does not tell of them', async () => {
    const at = on();
    answerWith(at, 'lambda', 'GetAccountSettings', {});
    await expect(at.plan()).rejects.toThrow('Lambda does not tell how much');
  });
});

test('nothing is planned where CloudWatch has not all of it', async () => {
  const at = on();
  answerWith(at, 'cloudwatch', 'GetMetricData', {
    MetricDataResults: [{ Id: 'throttles', StatusCode: 'PartialData' }],
  });
  await expect(at.plan()).rejects.toThrow('CloudWatch does not tell how throttled checkout is');
});

test('what somebody has changed since the plan is left so, to 0 above all', async () => {
  for (const reserved of [0, 50, undefined]) {
    const { plan, start, check, lambda, writes } = on();
    await plan();
    lambda.add({ name: 'checkout', reserved, demand: 25 });
    expect(await start()).toEqual(no('refused', /was changed by others since the plan/));
    expect(await check()).toMatchObject({ kind: 'failed' });
    expect(writes()).toEqual([]);
  }
});

test('it can be put back while it is as it was left, and not otherwise', async () => {
  const { start, undo, reserved, lambda } = on();
  await start();
  expect(await undo()).toEqual({ kind: 'started' });
  expect(reserved()).toBe(10);
  lambda.add({ name: 'checkout', reserved: 30 });
  expect(await undo()).toMatchObject({ kind: 'refused' });
});
