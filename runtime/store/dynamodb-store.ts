import { randomUUID } from 'node:crypto';
import type { EpochMillis } from '../../signals/signal';
import type { Incident, State } from '../../statemachines/incident';
import type { Scope } from '../../statemachines/scope';
import type { Sighting } from '../../statemachines/storm';
import { holdingsFrom, keysOfClaim, readHeld } from './dynamodb-store/claims';
import { metered, type TableClient } from './dynamodb-store/client';
import { lastFrom, parkedList } from './dynamodb-store/head';
import { groundOf } from './dynamodb-store/ground';
import { historyRowOf } from './dynamodb-store/history-row';
import { pointerIn } from './dynamodb-store/held';
import { deleteHold, holdsIn, putHold } from './dynamodb-store/holds';
import { aboutKeyOf, headKey, headPrefix, incidentPartition, resourcePartition, seenKey } from './dynamodb-store/keys';
import { dueIn, listIn, parkedIn } from './dynamodb-store/lists';
import { Patience } from './dynamodb-store/patience';
import { readIncident, readOrStandIn } from './dynamodb-store/reading';
import { text, textIn } from './dynamodb-store/row';
import { sightingsIn } from './dynamodb-store/sightings';
import { Table } from './dynamodb-store/table';
import { transact } from './dynamodb-store/transaction';
import { transactionOf } from './dynamodb-store/writes';
import type {
  Commit,
  CommitResult,
  Held,
  HistoryEntry,
  Hold,
  Holdings,
  IncidentStore,
  IncidentSummary,
  LastIncident,
  Wake,
} from './incident-store';

/** What a test decides instead. */
export interface StoreOptions {
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** From 0 up to 1. */
  readonly random?: () => number;
  /** A mark for one call of `commit`, given to no other. */
  readonly mark?: () => string;
  /** Every answer tells what it cost, for whoever listens at the client. */
  readonly metered?: boolean;
}

const sleep = (milliseconds: number): Promise<void> => new Promise((done) => void setTimeout(done, milliseconds));

/** Incidents in one DynamoDB table: its layout is drawn in docs/decisions/0010-one-table.md. */
export class DynamoDbStore implements IncidentStore {
  readonly #table: Table;
  readonly #patience: Patience;
  readonly #mark: () => string;

  constructor(client: TableClient, table: string, options: StoreOptions = {}) {
    const { pause = sleep, random = Math.random, mark = randomUUID } = options;
    this.#patience = new Patience(pause, random);
    this.#table = new Table(options.metered ? metered(client) : client, table, this.#patience);
    this.#mark = mark;
  }

  async read(id: string): Promise<Incident | undefined> {
    return readIncident(id, this.#table, this.#patience);
  }

  async history(id: string): Promise<readonly HistoryEntry[]> {
    const rows = await this.#table.partition(incidentPartition(id));
    return rows
      .filter((row) => textIn(row, 'sk') !== headPrefix)
      .map(historyRowOf)
      .sort((one, other) => one.revision - other.revision)
      .flatMap(({ body }) => body.entries);
  }

  async openOn(resource: string): Promise<readonly Incident[]> {
    const rows = await this.#table.partition(resourcePartition(resource));
    const ids = [...new Set(rows.map((row) => textIn(row, 'incident')))];
    const found = await Promise.all(ids.map((id) => readOrStandIn(id, this.#table, this.#patience)));
    return found.flatMap((incident) => incident ?? []);
  }

  async isSeen(signal: string): Promise<boolean> {
    return (await this.#table.get(seenKey(signal))) !== undefined;
  }

  async holdings(incident: string, resources: readonly string[], at: EpochMillis): Promise<Holdings> {
    const held = await readHeld(this.#table, keysOfClaim(resources));
    return holdingsFrom(held, incident, resources, at);
  }

  async sightings(scope: Scope, since: EpochMillis): Promise<readonly Sighting[]> {
    return sightingsIn(this.#table, scope, since);
  }

  async lastOn(sickness: string): Promise<LastIncident | undefined> {
    const about = await this.#table.get(aboutKeyOf(sickness));
    const head = about && (await this.#table.get(headKey(pointerIn(about).incident)));
    return head && lastFrom(head);
  }

  /** Throws `SnapshotTooLargeError` before anything is sent. */
  async commit(commit: Commit): Promise<CommitResult> {
    const writer = this.#mark();
    for (let tries = 0; ; tries += 1) {
      const ground = await groundOf(commit, this.#table);
      if (ground.kind !== 'sound') return ground;
      const transaction = transactionOf(commit, writer, ground.held, ground.taken, this.#table.name);
      for (const Item of transaction.early) await this.#table.client.putItem({ TableName: this.#table.name, Item });
      const kind = await transact(this.#table, transaction, this.#patience);
      if (kind !== 'changed') return { kind };
      await this.#patience.wait(tries, `committing incident ${commit.incident.id}, whose limits others kept changing`);
    }
  }

  async due(before: EpochMillis, atMost: number): Promise<readonly Wake[]> {
    return dueIn(this.#table, before, atMost);
  }

  async list(states: readonly State[], atMost: number): Promise<readonly IncidentSummary[]> {
    return listIn(this.#table, states, atMost);
  }

  async parked(atMost: number): Promise<readonly IncidentSummary[]> {
    return parkedIn(this.#table, atMost);
  }

  async park(id: string, reason: string): Promise<void> {
    try {
      await this.#table.client.updateItem({
        TableName: this.#table.name,
        Key: headKey(id),
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#expires)',
        UpdateExpression: 'SET #parked = :reason, #listed = :parked REMOVE #due',
        ExpressionAttributeNames: { '#expires': 'expires', '#parked': 'parked', '#listed': 'listed', '#due': 'due' },
        ExpressionAttributeValues: { ':reason': text(reason), ':parked': text(parkedList) },
      });
    } catch (error) {
      // Not there, or at its end: nothing that could be set aside.
      if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
    }
  }

  async holds(): Promise<readonly Hold[]> {
    return holdsIn(this.#table);
  }

  async setHold(hold: Hold): Promise<void> {
    await putHold(this.#table, hold);
  }

  async endHold(of: Held): Promise<Hold | undefined> {
    return deleteHold(this.#table, of, this.#patience);
  }
}
