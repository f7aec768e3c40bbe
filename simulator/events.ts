import { Refusal } from './refusal';
import type { SimulatedAccount } from './world';

/** An entry of PutEvents, as the SDK's client for EventBridge types it. */
export interface PutEventsRequestEntry {
  readonly Time?: Date | undefined;
  readonly Source?: string | undefined;
  readonly Resources?: string[] | undefined;
  readonly DetailType?: string | undefined;
  readonly Detail?: string | undefined;
  readonly EventBusName?: string | undefined;
}

/** What became of one entry: an id, or an error. */
export interface PutEventsResultEntry {
  readonly EventId?: string;
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
}

/** What PutEvents answers: an entry's result stands where the entry stood. */
export interface PutEventsResponse {
  readonly FailedEntryCount: number;
  readonly Entries: PutEventsResultEntry[];
}

const mostEntries = 10;
const mostBytes = 256 * 1024;

/** EventBridge of one account: its default bus. */
export class Events {
  constructor(private readonly account: SimulatedAccount) {}

  readonly operations = {
    PutEvents: ({ Entries = [] }: { readonly Entries?: readonly PutEventsRequestEntry[] }): PutEventsResponse => {
      if (Entries.length === 0 || Entries.length > mostEntries) {
        throw new Refusal(
          'ValidationException',
          `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${mostEntries}`,
        );
      }
      if (Entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > mostBytes) {
        throw new Refusal('ValidationException', 'Total size of the entries in the request is over the limit.');
      }
      const results = Entries.map((entry) => this.#put(entry));
      return { FailedEntryCount: results.filter(({ EventId }) => EventId === undefined).length, Entries: results };
    },
  };

  #put({
    Time,
    Source,
    Resources = [],
    DetailType,
    Detail,
    EventBusName,
  }: PutEventsRequestEntry): PutEventsResultEntry {
    if (!Source) return missing('Source');
    if (!DetailType) return missing('DetailType');
    if (!Detail) return missing('Detail');
    if (Source.startsWith('aws.')) {
      return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
    }
    if (
      EventBusName !== undefined &&
      !['default', this.account.arn('events', 'event-bus/default')].includes(EventBusName)
    ) {
      return { ErrorCode: 'ResourceNotFoundException', ErrorMessage: `Event bus ${EventBusName} does not exist.` };
    }
    const detail = objectIn(Detail);
    if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
    return { EventId: this.account.bus.emit(Source, DetailType, Resources, detail, Time?.getTime()) };
  }
}

function missing(name: string): PutEventsResultEntry {
  return {
    ErrorCode: 'InvalidArgument',
    ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
  };
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Bytes that EventBridge counts; a given time counts as 14. */
function sizeOf({ Time, Source = '', DetailType = '', Detail = '', Resources = [] }: PutEventsRequestEntry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), Time ? 14 : 0);
}
