import type { CloudWatchLogs, FilterLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import { readJsonLine } from '../../replay/json-line';
import { type Batch, type EventSource, type Found, foundIn, StalePlaceError } from './event-source';
import { dayOf, type Period } from './period';

const day = 86_400_000;

/**
 * A log group that an EventBridge rule writes to, one event an entry. It is read day by day, and what belongs to the period
 * and to a day is said by the time of the entry. A place is a day, and within it a token that AWS knows for 24 hours.
 */
export class LogGroup implements EventSource {
  readonly name: string;

  constructor(
    private readonly logs: Pick<CloudWatchLogs, 'filterLogEvents'>,
    private readonly group: string,
    private readonly period: Period,
  ) {
    this.name = `log group ${group}`;
  }

  async read(place: string | undefined): Promise<Batch> {
    const [today = '', token] = (place ?? dayOf(this.period.since)).split(' ');
    const begins = Date.parse(`${today}T00:00:00Z`);
    const { events = [], nextToken } = await this.page(begins, token);
    const tomorrow = begins + day < this.period.until ? dayOf(begins + day) : undefined;
    return {
      found: events.map(({ message }) => entryOf(message, today)),
      next: nextToken === undefined ? tomorrow : `${today} ${nextToken}`,
      lasting: nextToken === undefined,
      reached: today,
    };
  }

  private async page(begins: number, nextToken: string | undefined): Promise<FilterLogEventsCommandOutput> {
    try {
      return await this.logs.filterLogEvents({
        logGroupName: this.group,
        startTime: Math.max(begins, this.period.since),
        // The last millisecond belongs to what is asked for.
        endTime: Math.min(begins + day, this.period.until) - 1,
        ...(nextToken !== undefined && { nextToken }),
      });
    } catch (error) {
      if (nextToken === undefined || !(error instanceof Error) || error.name !== 'InvalidParameterException')
        throw error;
      throw new StalePlaceError(error.message, { cause: error });
    }
  }
}

function entryOf(message: string | undefined, today: string): Found {
  const read = readJsonLine(message ?? '');
  return (read.kind === 'json' ? foundIn(read.value, () => today) : undefined) ?? { kind: 'unreadable' };
}
