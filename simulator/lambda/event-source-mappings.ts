import type * as sdk from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { page } from '../page';
import { Refusal } from '../refusal';
import { tellOfCall } from '../trail';
import type { SimulatedAccount } from '../world';
import { functionName } from './permissions';

/** An event source mapping as a description of an account writes it. */
export const eventSourceMappingSchema = z.strictObject({
  id: z.guid(),
  function: z.string(),
  /** ARN of the queue or stream. */
  source: z.string().default('arn:aws:sqs:eu-central-1:111122223333:orders'),
  state: z.enum(['Enabled', 'Disabled', 'Updating', 'Deleting']).default('Enabled'),
  changedMinutesAgo: z.number().nonnegative().default(600),
  /** What came of its last batch. */
  lastResult: z.string().default('OK'),
  /** Minutes that the oldest record of the source waits while it is enabled. */
  behindMinutes: z.number().nonnegative().default(0),
  tags: z.record(z.string(), z.string()).default({}),
});
export type EventSourceMappingInput = z.input<typeof eventSourceMappingSchema>;

interface MappingState {
  readonly id: string;
  readonly function: string;
  readonly source: string;
  readonly tags: Readonly<Record<string, string>>;
  state: string;
  changedAt: number;
  lastResult: string;
  behindMinutes: number;
}

/** Until Lambda has done what it was asked to. */
const takes = 30_000;

/** What brings records of queues and streams to functions. */
export class EventSourceMappings {
  readonly #mappings = new Map<string, MappingState>();

  /** `changed` is told of a function whose records come now, or come no more. */
  constructor(
    private readonly account: SimulatedAccount,
    private readonly changed: (name: string) => void,
  ) {}

  readonly operations = {
    GetEventSourceMapping: ({ UUID }: sdk.GetEventSourceMappingRequest): sdk.EventSourceMappingConfiguration =>
      this.#written(this.#known(UUID)),
    ListEventSourceMappings: (input: sdk.ListEventSourceMappingsRequest): sdk.ListEventSourceMappingsResponse => {
      const name = input.FunctionName === undefined ? undefined : functionName(input.FunctionName);
      const found = [...this.#mappings.values()].filter((one) => name === undefined || one.function === name);
      const limit = Math.min(input.MaxItems ?? 100, this.account.pageSize);
      const { items, next } = page(found, limit, input.Marker, 'InvalidParameterValueException');
      return { EventSourceMappings: items.map((one) => this.#written(one)), NextMarker: next };
    },
    UpdateEventSourceMapping: (input: sdk.UpdateEventSourceMappingRequest): sdk.EventSourceMappingConfiguration => {
      const found = this.#known(input.UUID);
      if (found.state !== 'Enabled' && found.state !== 'Disabled') {
        const message = `Cannot update the event source mapping because it is in use: ${found.state}.`;
        throw new Refusal('ResourceInUseException', message);
      }
      const isEnabled = input.Enabled ?? found.state === 'Enabled';
      this.#move(found, isEnabled ? 'Enabling' : 'Disabling');
      this.account.clock.after(takes, () => {
        this.#move(found, isEnabled ? 'Enabled' : 'Disabled');
      });
      return this.#written(found);
    },
  };

  /** Adds a mapping, as if it had always been there, or replaces the one of that UUID. */
  add(input: EventSourceMappingInput): void {
    const { changedMinutesAgo, ...described } = eventSourceMappingSchema.parse(input);
    this.#mappings.set(described.id, {
      ...described,
      changedAt: this.account.clock.now() - changedMinutesAgo * 60_000,
    });
    this.changed(described.function);
  }

  /** Somebody enables it, or disables it: CloudTrail tells of that. */
  switch(id: string, is: 'enabled' | 'disabled'): void {
    this.put(id, is === 'enabled' ? 'Enabled' : 'Disabled');
    const parameters = { uUID: id, enabled: is === 'enabled' };
    tellOfCall(this.account, 'lambda', 'UpdateEventSourceMapping20150331', parameters);
  }

  /** It is in this state from now on, and nobody says why. */
  put(id: string, state: 'Enabled' | 'Disabled' | 'Updating'): void {
    this.#move(this.#known(id), state);
  }

  fallBehind(id: string, minutes: number): void {
    const found = this.#known(id);
    found.behindMinutes = minutes;
    this.changed(found.function);
  }

  /** A mapping as it is now; undefined when there is none. */
  find(id: string): Readonly<MappingState> | undefined {
    return this.#mappings.get(id);
  }

  /** Milliseconds that the oldest record waits of what is brought to that function; undefined while nothing is. */
  ageFor(name: string): number | undefined {
    const ages = [...this.#mappings.values()]
      .filter((one) => one.function === name && one.state === 'Enabled')
      .map(({ behindMinutes }) => behindMinutes * 60_000);
    return ages.length > 0 ? Math.max(...ages) : undefined;
  }

  tagsOf(id: string): Readonly<Record<string, string>> {
    return this.#known(id).tags;
  }

  #move(found: MappingState, state: string): void {
    found.state = state;
    found.changedAt = this.account.clock.now();
    this.changed(found.function);
  }

  #known(id: string | undefined): MappingState {
    const found = this.#mappings.get(id ?? '');
    if (found) return found;
    throw new Refusal('ResourceNotFoundException', 'The resource you requested does not exist.', 404);
  }

  #written(one: MappingState): sdk.EventSourceMappingConfiguration {
    return {
      UUID: one.id,
      EventSourceArn: one.source,
      EventSourceMappingArn: this.account.arn('lambda', `event-source-mapping:${one.id}`),
      FunctionArn: this.account.arn('lambda', `function:${one.function}`),
      LastModified: new Date(one.changedAt),
      LastProcessingResult: one.lastResult,
      State: one.state,
      StateTransitionReason: 'USER_INITIATED',
      BatchSize: 10,
    };
  }
}
