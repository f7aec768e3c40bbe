import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import { plainText } from '../../signals/plain-text';
import type { EpochMillis, Resource } from '../../signals/signal';
import { orAbsent } from '../absent';
import type { Calls } from '../aws';
import { everyItem } from '../pages';
import { notFound } from './function';

/** What brings the records of a queue or a stream to a function. */
export interface EventSourceMapping {
  readonly kind: 'mapping';
  readonly uuid: string;
  /** Name of the function, without its version or alias. */
  readonly function: string;
  /** `Enabled`, `Disabled`, or what Lambda is doing to it, such as `Enabling`. */
  readonly state: string;
  /** When somebody changed it last, or its state changed by itself. */
  readonly changedAt: EpochMillis;
  /** Why it is in this state, in Lambda's words: `User action`, where somebody asked for it. */
  readonly reason: string;
  /** What came of the last batch, in Lambda's words: `OK`, or what begins with `PROBLEM`. */
  readonly lastResult: string;
}

/** The action of `readMapping`. */
export const mappingReads = ['lambda:GetEventSourceMapping'] as const;

/** Reads a mapping by its UUID. Throws when the answer makes no sense. */
export async function readMapping(
  { id }: Pick<Resource, 'id'>,
  aws: Calls<(typeof mappingReads)[number]>,
): Promise<EventSourceMapping | { readonly kind: 'absent' }> {
  if (!isMappingId(id)) throw new Error(`${plainText(id)} is not the UUID of an event source mapping`);
  const found = await orAbsent(notFound, aws.lambda.getEventSourceMapping({ UUID: id }));
  return found ? mapping(found) : { kind: 'absent' };
}

/** The mapping; or why there is none to be healed. */
export async function mappingOrReason(
  id: string,
  aws: Calls<(typeof mappingReads)[number]>,
): Promise<EventSourceMapping | string> {
  if (!isMappingId(id)) return `${plainText(id)} is not the UUID of an event source mapping`;
  const found = await readMapping({ id }, aws);
  return found.kind === 'absent' ? `${id} no longer exists` : found;
}

/** Whether the text can be the UUID of a mapping. */
export function isMappingId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** Every mapping that brings something to this function. */
export async function mappingsOf(
  name: string,
  aws: Calls<'lambda:ListEventSourceMappings'>,
): Promise<readonly EventSourceMapping[]> {
  const found = await everyItem(
    async ({ NextToken: Marker }) => {
      const page = await aws.lambda.listEventSourceMappings({ FunctionName: name, ...(Marker && { Marker }) });
      return { mappings: page.EventSourceMappings, NextToken: page.NextMarker };
    },
    (page) => page.mappings,
  );
  return found.map(mapping);
}

function mapping(given: EventSourceMappingConfiguration): EventSourceMapping {
  const { UUID: uuid, FunctionArn, State: state, LastModified, StateTransitionReason, LastProcessingResult } = given;
  const [, owner] = /:function:([\w-]+)(?::[\w$-]+)?$/.exec(FunctionArn ?? '') ?? [];
  if (!uuid || owner === undefined || !state || !LastModified) {
    throw new Error('Lambda answered an event source mapping without its UUID, its function, its state or its time');
  }
  return {
    kind: 'mapping',
    uuid,
    function: owner,
    state,
    changedAt: LastModified.getTime(),
    reason: StateTransitionReason ?? '',
    lastResult: LastProcessingResult ?? '',
  };
}

/** What Lambda is doing to it, in one line; undefined while it is at rest. */
export function workOnMapping({ uuid, state }: EventSourceMapping): string | undefined {
  return ['Enabled', 'Disabled', 'Deleting'].includes(state) ? undefined : `${uuid} is ${plainText(state, 30)}`;
}
