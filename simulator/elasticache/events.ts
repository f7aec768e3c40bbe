import type { DescribeEventsMessage, Event, EventsMessage, SourceType } from '@aws-sdk/client-elasticache';
import { ToldEvents } from '../told-events';
import type { SimulatedAccount } from '../world';

/**
 * The events of one account's ElastiCache, kept for DescribeEvents for two weeks, in the words of AWS. Those of replication
 * groups and clusters are not sent to EventBridge; those of serverless caches are.
 */
export class CacheEvents {
  readonly #told: ToldEvents<Event>;

  constructor(private readonly account: SimulatedAccount) {
    this.#told = new ToldEvents(account, 'Exception');
  }

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

  describe(input: DescribeEventsMessage): EventsMessage {
    return this.#told.describe(input);
  }

  #keep(SourceType: SourceType, SourceIdentifier: string, Message: string): void {
    this.#told.keep({ SourceIdentifier, SourceType, Message, Date: new Date(this.account.clock.now()) });
  }
}
