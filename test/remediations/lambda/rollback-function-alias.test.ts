import { rollbackFunctionAlias } from '../../../remediations/lambda/rollback-function-alias';
import type { FunctionInput } from '../../../simulator/lambda/function';
import { bench, type Bench } from '../account';
import { answerWith, attempt, no } from '../attempt';
import { deployed } from './checkout';

type AliasInput = NonNullable<FunctionInput['aliases']>[number];

/** An attempt on the alias, which fell sick at this moment. */
function sickNow(at: Bench, parameters: object = {}) {
  const resource = at.resource('function-alias', 'checkout:live');
  const target = { resource, condition: 'function-erroring', since: at.clock.now() };
  return attempt(rollbackFunctionAlias, at, target, parameters);
}

function on(alias: Partial<AliasInput> = {}, described: Partial<FunctionInput> = {}, parameters: object = {}) {
  const at = bench();
  deployed(at, alias, described);
  const { lambda } = at.account.services;
  const version = () => lambda.find('checkout')?.aliases[0]?.version;
  return { ...at, lambda, version, ...sickNow(at, parameters) };
}

test('the alias is led back to the version that was invoked by its name before', async () => {
  const { plan, start, check, version, writes } = on();
  expect(await plan()).toMatchObject({
    summary: 'lead checkout:live back from version 7 to version 6',
    touches: [{ kind: 'function-alias', id: 'checkout:live' }],
  });
  await start();
  expect(version()).toBe('6');
  expect(writes()).toMatchObject([{ operation: 'UpdateAlias', input: { RevisionId: expect.any(String) as string } }]);
  expect(await check()).toMatchObject({ kind: 'done', detail: 'checkout:live leads to version 6 again' });
});

test('which one that was is told by what was invoked, not by the number', async () => {
  expect(await on({ before: 3 }, { versions: [4, 5, 6] }).plan()).toMatchObject({ plan: { to: '3' } });
  expect(await on({ before: 9 }).plan()).toMatchObject({ plan: { to: '9' } });
});

test('of several the last before the deployment is taken', async () => {
  const at = on({ version: 5, before: 4, switchedMinutesAgo: 50 }, { failing: [] });
  await at.pass(1_200);
  at.lambda.befall({ alias: 'checkout:live', deploy: '7', works: false });
  await at.pass(600);
  expect(await sickNow(at).plan()).toMatchObject({ plan: { from: '7', to: '5' } });
});

test('of several that is the last one which was invoked, and not the highest number', async () => {
  const at = on({ version: 5, before: 9, switchedMinutesAgo: 50 }, { failing: [] });
  await at.pass(1_200);
  at.lambda.befall({ alias: 'checkout:live', deploy: '7', works: false });
  await at.pass(600);
  expect(await sickNow(at).plan()).toMatchObject({ plan: { from: '7', to: '5' } });
});

test('what was tried since the deployment, and taken back, is not what was there before', async () => {
  const at = on({ switchedMinutesAgo: 20 });
  at.lambda.befall({ alias: 'checkout:live', deploy: '8', works: true });
  await at.pass(600);
  at.lambda.befall({ alias: 'checkout:live', deploy: '7', works: false });
  await at.pass(600);
  expect(await sickNow(at).plan()).toMatchObject({ plan: { from: '7', to: '6' } });
});

test('a deployment within the window of the policy is taken for the cause, and no older one', async () => {
  expect(await on({ switchedMinutesAgo: 50 }, {}, { withinMinutes: 60 }).plan()).toMatchObject({ kind: 'planned' });
  const late = on({ switchedMinutesAgo: 80 }, {}, { withinMinutes: 60 });
  expect(await late.plan()).toEqual(no('refused', /more than 60 minutes before it fell sick: that is not the cause$/));
  expect(await on({ switchedMinutesAgo: 80 }, {}, { withinMinutes: 90 }).plan()).toMatchObject({ kind: 'planned' });
});

test('a deployment after it fell sick is not the cause', async () => {
  const at = on({ version: 6, before: 5, switchedMinutesAgo: 900 }, { failing: [6] });
  await at.pass(900);
  at.lambda.befall({ alias: 'checkout:live', deploy: '7', works: false });
  await at.pass(600);
  expect(await at.plan()).toEqual(
    no('refused', /was switched to version 7 after it fell sick: that is not the cause$/),
  );
});

test.each<[string, Partial<AliasInput>, Partial<FunctionInput>, RegExp]>([
  ['leads to $LATEST', { version: '$LATEST' }, {}, /leads to \$LATEST: what that was before nobody can say/],
  ['led nowhere before', { before: undefined }, { versions: [6] }, /no other version .* in the day before/],
  ['nobody invokes', {}, { demand: 0 }, /version 7 was never invoked by the name of checkout:live/],
  ['failed as often before', {}, { failing: [6, 7] }, /version 6, which .* failed in 100% of its invocations/],
])('an alias that %s is not led back', async (_, alias, described, reason) => {
  const { plan, writes } = on(alias, described);
  expect(await plan()).toEqual(no('refused', reason));
  expect(writes()).toEqual([]);
});

test('a version that exists no more is not gone back to', async () => {
  const at = on();
  answerWith(at, 'lambda', 'ListVersionsByFunction', { Versions: [{ Version: '$LATEST' }, { Version: '7' }] });
  expect(await at.plan()).toEqual(no('refused', /no other version that still exists was invoked/));
});

test('while CodeDeploy, or somebody, moves it step by step it is let alone', async () => {
  expect(await on({ weights: { 8: 0.1 } }).plan()).toEqual(no('busy', /moves from version 7 to another: 10% go to/));
});

test('nothing is planned where CloudWatch has not all of it', async () => {
  const at = on();
  answerWith(at, 'cloudwatch', 'GetMetricData', { MetricDataResults: [] });
  await expect(at.plan()).rejects.toThrow('CloudWatch does not tell which versions');
  answerWith(at, 'cloudwatch', 'GetMetricData', { MetricDataResults: [], NextToken: 'more' });
  await expect(at.plan()).rejects.toThrow('CloudWatch did not answer for all versions');
});

test('what somebody has changed since the plan is left so', async () => {
  const at = on();
  await at.plan();
  at.lambda.befall({ alias: 'checkout:live', deploy: '8', works: true });
  expect(await at.start()).toEqual(no('refused', /was changed by others since the plan/));
  expect(await at.check()).toMatchObject({ kind: 'failed' });
  expect(at.writes()).toEqual([]);
});

test('a change in the moment of the start is not written over: Lambda compares the revision', async () => {
  const at = on();
  await at.plan();
  const { GetAlias } = at.lambda.operations;
  const stale = GetAlias({ FunctionName: 'checkout', Name: 'live' });
  at.lambda.befall({ alias: 'checkout:live', deploy: '8', works: true });
  answerWith(at, 'lambda', 'GetAlias', stale);
  await expect(at.start()).rejects.toMatchObject({ name: 'PreconditionFailedException' });
  expect(at.version()).toBe('8');
});

test('it can be led on again while it leads where it was led, and not otherwise', async () => {
  const at = on();
  await at.start();
  expect(await at.undo()).toEqual({ kind: 'started' });
  expect(at.version()).toBe('7');
  at.lambda.befall({ alias: 'checkout:live', deploy: '8', works: true });
  expect(await at.undo()).toMatchObject({ kind: 'refused' });
});
