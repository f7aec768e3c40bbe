import { reenableEventSource } from '../../../remediations/lambda/reenable-event-source';
import type { EventSourceMappingInput } from '../../../simulator/lambda/event-source-mappings';
import type { FunctionInput } from '../../../simulator/lambda/function';
import { bench } from '../account';
import { answerWith, attempt, no } from '../attempt';
import { disabled, mappingId } from './checkout';

const otherId = mappingId.replace(/1$/, '2');

function on(mapping: Partial<EventSourceMappingInput> = {}, described: Partial<FunctionInput> = {}) {
  const at = bench();
  const resource = disabled(at, mapping, described);
  const { mappings } = at.account.services.lambda;
  return { ...at, mappings, ...attempt(reenableEventSource, at, { resource, condition: 'event-source-disabled' }) };
}

/** The same, of the function that it leads to. */
function ofFunction(more: readonly Partial<EventSourceMappingInput>[] = [], mapping = {}) {
  const at = on(mapping);
  for (const one of more) at.mappings.add({ id: otherId, function: 'checkout', ...one });
  const target = { resource: at.resource('function', 'checkout'), condition: 'event-source-late' };
  return { ...at, ...attempt(reenableEventSource, at, target) };
}

test('it is enabled, and done when Lambda has enabled it', async () => {
  const { plan, start, check, pass, writes, mappings } = on();
  expect(await plan()).toMatchObject({
    summary: `enable ${mappingId} again, which brings checkout its records`,
    touches: [{ kind: 'event-source-mapping', id: mappingId }],
  });
  await start();
  expect(writes()).toMatchObject([{ input: { UUID: mappingId, Enabled: true } }]);
  expect(await start()).toEqual({ kind: 'started' });
  expect(writes()).toHaveLength(1);
  expect(await check()).toEqual({ kind: 'pending', detail: `the mapping ${mappingId} is Enabling` });
  await pass(60);
  expect(await check()).toMatchObject({ kind: 'done' });
  expect(mappings.find(mappingId)?.state).toBe('Enabled');
});

test('of a function the one that is not enabled is taken, and it is that which is touched', async () => {
  const { plan } = ofFunction([{ id: otherId }]);
  expect(await plan()).toMatchObject({ touches: [{ kind: 'event-source-mapping', id: mappingId }] });
});

test('of a function with several that are not enabled, or none, none is', async () => {
  const several = ofFunction([{ state: 'Disabled' }]);
  expect(await several.plan()).toEqual(
    no('refused', /^2 event source mappings of checkout are not enabled: look which$/),
  );
  const none = ofFunction([], { state: 'Enabled' });
  expect(await none.plan()).toEqual(no('refused', /^no event source mapping of checkout is disabled$/));
});

test('all pages of its mappings are read', async () => {
  const at = ofFunction([{ state: 'Enabled' }]);
  at.account.pageSize = 1;
  expect(await at.plan()).toMatchObject({ kind: 'planned' });
});

test.each<[string, Partial<EventSourceMappingInput>, Partial<FunctionInput>, RegExp]>([
  ['what it brought last failed', { lastResult: 'PROBLEM: Function call failed' }, {}, /heal that first$/],
  ['it is being deleted', { state: 'Deleting' }, {}, /is being deleted$/],
  ['somebody has stopped the function', {}, { reserved: 0 }, /somebody has stopped checkout/],
  ['its function is no more', { function: 'gone' }, {}, /the function gone that .* leads to no longer exists$/],
])('it is not enabled where %s', async (_, mapping, described, reason) => {
  const { plan, writes } = on(mapping, described);
  expect(await plan()).toEqual(no('refused', reason));
  expect(writes()).toEqual([]);
});

test('one that is enabled needs nothing, and at one that Lambda works on nothing is done', async () => {
  expect(await on({ state: 'Enabled' }).plan()).toEqual(no('notNeeded', /is enabled$/));
  expect(await on({ state: 'Updating' }).plan()).toEqual(no('busy', /is Updating$/));
});

test('what makes no sense is no answer', async () => {
  const at = on();
  answerWith(at, 'lambda', 'GetEventSourceMapping', { UUID: mappingId, State: 'Disabled' });
  await expect(at.plan()).rejects.toThrow('without its UUID, its function, its state or its time');
});

test('one that somebody has enabled and disabled again since the plan is left so', async () => {
  const { plan, start, check, pass, mappings, writes } = on();
  await plan();
  await pass(60);
  mappings.switch(mappingId, 'enabled');
  mappings.switch(mappingId, 'disabled');
  expect(await start()).toEqual(no('refused', /was changed by others since the plan$/));
  expect(await check()).toMatchObject({ kind: 'failed' });
  expect(writes()).toEqual([]);
});

test('what has gone wrong with the function since the plan is looked at before it is enabled', async () => {
  const { plan, start, account, writes } = on();
  await plan();
  account.services.lambda.add({ name: 'checkout', reserved: 0 });
  expect(await start()).toEqual(no('refused', /somebody has stopped checkout/));
  expect(writes()).toEqual([]);
});

test('one that Lambda disables again has failed', async () => {
  const { start, check, pass, mappings } = on();
  await start();
  await pass(60);
  mappings.switch(mappingId, 'disabled');
  expect(await check()).toMatchObject({ kind: 'failed', detail: expect.stringMatching(/is Disabled again/) as string });
});

test('it can be disabled again', async () => {
  const { start, undo, pass, mappings } = on();
  await start();
  expect(await undo()).toEqual(no('refused', /is Enabling$/));
  await pass(60);
  expect(await undo()).toEqual({ kind: 'started' });
  await pass(60);
  expect(mappings.find(mappingId)?.state).toBe('Disabled');
  expect(await undo()).toEqual({ kind: 'started' });
});
