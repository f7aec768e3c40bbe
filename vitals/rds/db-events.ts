import type { SourceType } from '@aws-sdk/client-rds';
import type { EpochMillis } from '../../signals/signal';
import type { Calls } from '../aws';
import { everyItem } from '../pages';

const minute = 60_000;

/** What RDS has told of a database. RDS's API gives its events no number, unlike EventBridge: only the text says what it was. */
export interface DbEvent {
  /** 0 where RDS gives no time. */
  readonly at: EpochMillis;
  readonly message: string;
}

/** Events of one database, and of these categories of RDS's, from `since` on, the oldest first. RDS keeps them for two weeks. */
export async function readDbEvents(
  id: string,
  source: Extract<SourceType, 'db-instance' | 'db-cluster'>,
  asked: { readonly categories: readonly string[]; readonly since: EpochMillis },
  aws: Calls<'rds:DescribeEvents'>,
): Promise<readonly DbEvent[]> {
  const events = await everyItem(
    async ({ NextToken }) => {
      const page = await aws.rds.describeEvents({
        SourceIdentifier: id,
        SourceType: source,
        EventCategories: [...asked.categories],
        Duration: Math.max(1, Math.ceil((aws.now() - asked.since) / minute)),
        ...(NextToken !== undefined && { Marker: NextToken }),
      });
      return { Events: page.Events, NextToken: page.Marker };
    },
    (page) => page.Events,
  );
  return events
    .map(({ Date: date, Message: message = '' }) => ({ at: date?.getTime() ?? 0, message }))
    .toSorted((a, b) => a.at - b.at);
}
