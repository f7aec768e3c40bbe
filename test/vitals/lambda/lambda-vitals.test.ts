import { aliasVitals } from '../../../vitals/lambda/alias-vitals';
import { eventSourceMappingVitals } from '../../../vitals/lambda/event-source-mapping-vitals';
import { functionNameOf } from '../../../vitals/lambda/function';
import { functionVitals } from '../../../vitals/lambda/function-vitals';
import type { Vitals } from '../../../vitals/vitals';
import type { ResourceKind } from '../../../signals/signal';
import { bench } from '../../remediations/account';
import { answerWith } from '../../remediations/attempt';
import { deployed, disabled, mappingId, throttled } from '../../remediations/lambda/checkout';

const all: readonly [ResourceKind, string, Vitals][] = [
  ['function', 'checkout', functionVitals],
  ['function-alias', 'checkout:live', aliasVitals],
  ['event-source-mapping', mappingId, eventSourceMappingVitals],
];

test.each(all)('a %s that is gone is gone, has no tags, and is in no group', async (kind, id, vitals) => {
  const { aws, resource } = bench();
  const gone = resource(kind, id);
  expect(await vitals.health(gone, 'any', aws)).toMatchObject({ kind: 'gone' });
  expect(await vitals.tags(gone, aws)).toEqual({});
  expect(await vitals.place(gone, aws)).toEqual({ groups: [] });
  expect(await vitals.busy?.(gone, aws)).toBeUndefined();
});

test.each(all)('the id of a %s that is none is asked of nobody', async (kind, __, vitals) => {
  const { aws, calls, resource } = bench();
  for (const id of ['', '*', 'a b', 'checkout:live:7', 'checkout:7', 'arn:aws:lambda:a:1:function:b']) {
    expect(await vitals.health(resource(kind, id), 'any', aws)).toMatchObject({ kind: 'unknown' });
    await expect(vitals.tags(resource(kind, id), aws)).rejects.toThrow();
  }
  expect(calls).toEqual([]);
});

test.each(all)('a %s that cannot be read is unknown, and never healthy', async (kind, id, vitals) => {
  const on = bench();
  deployed(on);
  disabled(on);
  for (const operation of ['GetFunctionConcurrency', 'GetAlias', 'GetEventSourceMapping']) {
    answerWith(on, 'lambda', operation, Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
  }
  expect(await vitals.health(on.resource(kind, id), 'any', on.aws)).toMatchObject({ kind: 'unknown' });
});

test('a function is well while it may run', async () => {
  const on = bench();
  const checkout = throttled(on);
  const health = () => functionVitals.health(checkout, 'function-throttled', on.aws);
  expect(await health()).toEqual({ kind: 'healthy', detail: 'the function checkout may run' });
  throttled(on, { reserved: undefined });
  expect(await health()).toMatchObject({ kind: 'healthy' });
  throttled(on, { reserved: 0 });
  expect(await health()).toMatchObject({
    kind: 'unhealthy',
    detail: expect.stringMatching(/somebody has stopped/) as string,
  });
});

test('an alias has the tags of its function, and is at work while it is moved', async () => {
  const on = bench();
  const alias = deployed(on, {}, { tags: { team: 'shop' } });
  expect(await aliasVitals.tags(alias, on.aws)).toEqual({ team: 'shop' });
  expect(await aliasVitals.health(alias, 'function-erroring', on.aws)).toEqual({
    kind: 'healthy',
    detail: 'checkout:live leads to version 7',
  });
  expect(await aliasVitals.busy?.(alias, on.aws)).toBeUndefined();
  deployed(on, { weights: { 8: 0.25 } });
  expect(await aliasVitals.busy?.(alias, on.aws)).toMatch(/25% go to version 8$/);
});

test('a mapping has tags of its own, is well while it is enabled, and at work in between', async () => {
  const on = bench();
  const mapping = disabled(on, { tags: { team: 'shop' } });
  const health = async () => (await eventSourceMappingVitals.health(mapping, 'event-source-disabled', on.aws)).kind;
  expect(await eventSourceMappingVitals.tags(mapping, on.aws)).toEqual({ team: 'shop' });
  expect(await health()).toBe('unhealthy');
  on.account.services.lambda.mappings.put(mappingId, 'Updating');
  expect(await health()).toBe('unhealthy');
  expect(await eventSourceMappingVitals.busy?.(mapping, on.aws)).toBe(`${mappingId} is Updating`);
  on.account.services.lambda.mappings.put(mappingId, 'Enabled');
  expect(await health()).toBe('healthy');
});

test('an alias that Lambda answers by half makes no sense', async () => {
  const on = bench();
  const alias = deployed(on);
  answerWith(on, 'lambda', 'GetAlias', { FunctionVersion: '7' });
  expect(await aliasVitals.health(alias, 'function-erroring', on.aws)).toMatchObject({
    kind: 'unknown',
    detail: expect.stringMatching(/without its version or its revision/) as string,
  });
});

test.each<[ResourceKind, string, string | undefined]>([
  ['function', 'checkout', 'checkout'],
  ['function', 'checkout:live', undefined],
  ['function-alias', 'checkout:live', 'checkout'],
  ['function-alias', 'checkout', undefined],
  ['function-alias', 'checkout:$LATEST', undefined],
])('the function of a %s called %s is %s', (kind, id, name) => {
  expect(functionNameOf({ kind, id })).toBe(name);
});
