import { randomUUID } from 'node:crypto';
import type { EpochMillis } from '../../signals/signal';
import type { Incident, State } from '../../statemachines/incident';
import { holdingsFrom, keysOfClaim, readHeld } from './dynamodb-store/claims';
import { metered, type TableClient } from './dynamodb-store/client';
import { parkedList } from './dynamodb-store/head';
import { groundOf } from './dynamodb-store/ground';
import { historyRowOf } from './dynamodb-store/history-row';
import { holdFrom, holdRow } from './dynamodb-store/hold-row';
import { headKey, headPrefix, holdKey, incidentPartition, resourcePartition, seenKey } from './dynamodb-store/keys';
import { dueIn, listIn, parkedIn } from './dynamodb-store/lists';
import { Patience } from './dynamodb-store/patience';
import { readIncident, readOrStandIn } from './dynamodb-store/reading';
import { text, textIn } from './dynamodb-store/row';
import { Table } from './dynamodb-store/table';
import { transact } from './dynamodb-store/transaction';
import { transactionOf } from './dynamodb-store/writes';
import type {
  Commit,
  CommitResult,
  HistoryEntry,
  Hold,
  Holdings,
  IncidentStore,
  IncidentSummary,
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

  async holdings(incident: string, rule: string, resources: readonly string[], at: EpochMillis): Promise<Holdings> {
    const held = await readHeld(this.#table, keysOfClaim(rule, resources));
    return holdingsFrom(held, incident, rule, resources, at);
  }

  /** Throws `SnapshotTooLargeError` before anything is sent. */
  async commit(commit: Commit): Promise<CommitResult> {
    const writer = this.#mark();
    for (let tries = 0; ; tries += 1) {
      const ground = await groundOf(commit, this.#table);
      if (ground.kind !== 'sound') return ground;
      const transaction = transactionOf(commit, writer, ground.held, ground.taken, this.#table.name);
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

  async hold(): Promise<Hold> {
    const row = await this.#table.get(holdKey);
    return row ? holdFrom(row) : { on: false };
  }

  async setHold(hold: Hold): Promise<void> {
    await this.#table.client.putItem({ TableName: this.#table.name, Item: holdRow(hold) });
  }
}
