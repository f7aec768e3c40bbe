import type { DescribeEventsMessage, Event, EventsMessage, SourceType } from '@aws-sdk/client-elasticache';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import { recordsOf } from './page';

const fortnight = 14 * 24 * 60 * 60_000;

/**
 * The events of one account's ElastiCache, kept for DescribeEvents for two weeks, in the words of AWS. Those of replication
 * groups and clusters are not sent to EventBridge; those of serverless caches are.
 */
export class CacheEvents {
  readonly #kept: { readonly at: number; readonly event: Event }[] = [];

  constructor(private readonly account: SimulatedAccount) {}

  /** Tells that it happened, now. */
  tell(type: Extract<SourceType, 'cache-cluster' | 'replication-group'>, id: string, message: string): void {
    this.#keep(type, id, message);
  }

  /** The same of a serverless cache: it is sent to EventBridge as well. */
  send(
    cache: { readonly name: string; readonly arn: string },
    detailType: string,
    category: string,
    text: string,
  ): void {
    this.#keep('serverless-cache', cache.name, text);
    this.account.bus.emit('aws.elasticache', detailType, [cache.arn], {
      EventCategories: [category],
      EventID: this.account.newId('00000000-0000-4000-8000-', 12),
      Message: text,
      SourceArn: cache.arn,
      SourceIdentifier: cache.name,
      SourceType: 'serverless-cache',
    });
  }

  /** Answers DescribeEvents: oldest first, of the last hour unless asked otherwise. */
  describe(input: DescribeEventsMessage): EventsMessage {
    if (input.SourceIdentifier !== undefined && input.SourceType === undefined) {
      throw new Refusal(
        'InvalidParameterCombinationException',
        'Source type must be specified with a source identifier.',
      );
    }
    const now = this.account.clock.now();
    const until = input.EndTime?.getTime() ?? now;
    const from = input.StartTime?.getTime() ?? until - (input.Duration ?? 60) * 60_000;
    const wanted = this.#kept.filter(
      ({ at, event }) => at >= Math.max(from, now - fortnight) && at <= until && fits(event, input),
    );
    const { items, next } = recordsOf(
      this.account,
      wanted.map(({ event }) => event),
      input,
    );
    return { Events: items, ...next };
  }

  #keep(SourceType: SourceType, SourceIdentifier: string, Message: string): void {
    const at = this.account.clock.now();
    while ((this.#kept[0]?.at ?? Infinity) < at - fortnight) this.#kept.shift();
    this.#kept.push({ at, event: { SourceIdentifier, SourceType, Message, Date: new Date(at) } });
  }
}

function fits(event: Event, { SourceType: type, SourceIdentifier: id }: DescribeEventsMessage): boolean {
  return (
    (type === undefined || event.SourceType === type) &&
    (id === undefined || event.SourceIdentifier === id.toLowerCase())
  );
}
