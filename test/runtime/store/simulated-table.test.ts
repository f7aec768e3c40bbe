import { DynamoDbDigests } from '../../../runtime/store/dynamodb-digests';
import { DynamoDbStore } from '../../../runtime/store/dynamodb-store';
import { DynamoDbTickets } from '../../../runtime/store/dynamodb-tickets';
import { digestStoreContract } from './digest-store.contract';
import { incidentStoreContract } from './incident-store.contract';
import { simulatedTable } from './simulated-table';
import { slowTable } from './slow-table';
import { ticketStoreContract } from './ticket-store.contract';

describe('in a table that answers at once', () => {
  const pause = async (): Promise<void> => undefined;

  describe('incidents', () => {
    incidentStoreContract(() => new DynamoDbStore(simulatedTable().client, 'table', { pause }));
  });

  describe('tickets', () => {
    ticketStoreContract(() => new DynamoDbTickets(simulatedTable().client, 'table'));
  });

  describe('digests', () => {
    digestStoreContract(() => new DynamoDbDigests(simulatedTable().client, 'table'));
  });
});

describe('in a table that is slow, and of which answers are lost', () => {
  let lost = 0;
  const counts: (() => number)[] = [];
  afterEach(() => {
    lost += counts.splice(0).reduce((all, count) => all + count(), 0);
  });

  describe('incidents', () => {
    incidentStoreContract(() => {
      const { client, options, lost: count } = slowTable();
      counts.push(count);
      return new DynamoDbStore(client, 'table', options);
    });

    it('lost some: the store was put to the test', () => {
      expect(lost).toBeGreaterThan(100);
    });
  });

  describe('tickets', () => {
    ticketStoreContract(() => new DynamoDbTickets(slowTable().client, 'table'));
  });

  describe('digests', () => {
    digestStoreContract(() => new DynamoDbDigests(slowTable().client, 'table'));
  });
});
