import type { TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import { DynamoDbDigests } from '../../../runtime/store/dynamodb-digests';
import { DynamoDbStore } from '../../../runtime/store/dynamodb-store';
import { createTableInput } from '../../../runtime/store/dynamodb-store/table-definition';
import { DynamoDbTickets } from '../../../runtime/store/dynamodb-tickets';
import type { Commit, IncidentStore } from '../../../runtime/store/incident-store';
import { clientOf } from '../../../simulator/dynamodb/client';
import type { SimulatedAccount } from '../../../simulator/world';
import type { Faults } from '../../faults';
import type { Randomness } from '../../randomness';
import type { Sandbox } from '../sandbox';
import type { OnCommit, Storage } from '../storage';
import { seenAs } from './release-view';
import { shakyTable } from './shaky-table';

const table = 'proof';
/** Up to so long an index lags behind its table. In milliseconds. */
const indexLag = 20_000;

/** The stores on DynamoDB, as deployed: what fails are the calls to the table, and the stores have to make the best of it. */
export function tableStorage(
  account: SimulatedAccount,
  faults: Faults,
  random: Randomness,
  onCommit: OnCommit,
): Storage {
  account.call('dynamodb', 'CreateTable', createTableInput(table));
  if (faults.hits('list-stale')) account.services.dynamodb.settings.indexLagMillis = indexLag;
  const client = clientOf(account);
  let marks = 0;
  /** Commits that are under way, by the mark that is written with them. */
  const underWay = new Map<string, { readonly sandbox: Sandbox; readonly commit: Commit }>();
  const written = ({ TransactItems = [] }: TransactWriteItemsCommandInput): void => {
    const mark = TransactItems.flatMap(({ Put }) => Put?.Item?.writer?.S ?? []).at(0) ?? '';
    const made = underWay.get(mark);
    underWay.delete(mark);
    if (made) onCommit(made.sandbox, made.commit);
  };
  return {
    sound: {
      incidents: new DynamoDbStore(client, table),
      tickets: new DynamoDbTickets(client, table),
      digests: new DynamoDbDigests(client, table),
    },
    reachedBy: (sandbox) => {
      const own = shakyTable(sandbox, client, faults, written);
      const numbers = random.of(sandbox.id);
      const storeWith = (mark: string): DynamoDbStore =>
        new DynamoDbStore(own, table, {
          pause: (milliseconds) => sandbox.sleep(milliseconds),
          random: () => numbers.between(0, 999) / 1_000,
          mark: () => mark,
        });
      const store = storeWith('none');
      const commit = async (wanted: Commit): ReturnType<IncidentStore['commit']> => {
        marks += 1;
        const mark = `mark-${marks}`;
        underWay.set(mark, { sandbox, commit: wanted });
        return storeWith(mark).commit(wanted);
      };
      return {
        incidents: seenAs(sandbox.release, store, commit),
        tickets: new DynamoDbTickets(own, table),
        digests: new DynamoDbDigests(own, table),
      };
    },
  };
}
