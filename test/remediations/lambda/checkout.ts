import type { FunctionInput } from '../../../simulator/lambda/function';
import type { EventSourceMappingInput } from '../../../simulator/lambda/event-source-mappings';
import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';

export const mappingId = '4f1c7d20-0000-4000-8000-000000000001';

/** A function that wants to run 25 times at once and may do so 10 times; one that was there before is replaced. */
export function throttled({ account, resource }: Bench, described: Partial<FunctionInput> = {}): Resource {
  account.services.lambda.add({ name: 'checkout', reserved: 10, demand: 25, ...described });
  return resource('function', 'checkout');
}

/** An alias that was switched twenty minutes ago to a version that fails. */
export function deployed(
  { account, resource }: Bench,
  alias: Partial<NonNullable<FunctionInput['aliases']>[number]> = {},
  described: Partial<FunctionInput> = {},
): Resource {
  account.services.lambda.add({
    name: 'checkout',
    demand: 5,
    aliases: [{ name: 'live', version: 7, before: 6, switchedMinutesAgo: 20, ...alias }],
    failing: [7],
    ...described,
  });
  return resource('function-alias', 'checkout:live');
}

/** A mapping that somebody disabled an hour ago. */
export function disabled(
  { account, resource }: Bench,
  mapping: Partial<EventSourceMappingInput> = {},
  described: Partial<FunctionInput> = {},
): Resource {
  account.services.lambda.add({ name: 'checkout', ...described });
  account.services.lambda.mappings.add({
    id: mappingId,
    function: 'checkout',
    state: 'Disabled',
    changedMinutesAgo: 60,
    ...mapping,
  });
  return resource('event-source-mapping', mappingId);
}
