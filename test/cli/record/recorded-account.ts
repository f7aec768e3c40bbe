import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openDeployment, type Deployment, type DeploymentOptions } from '../../../cli/deployment';
import { record, type RecordOptions, type RecordTools } from '../../../cli/record';
import { connect } from '../../../simulator/connect';
import { VirtualClock } from '../../../simulator/clock';
import { buildAccount } from '../../../simulator/description';
import { Refusal } from '../../../simulator/refusal';
import { type SimulatedAccount, World } from '../../../simulator/world';

export const trueAccount = '998877665544';
export const region = 'eu-west-1';

interface LogEntry {
  readonly at: number;
  readonly message: string;
}

interface StoredObject {
  readonly key: string;
  readonly body: Buffer;
  readonly writtenAt: number;
}

/** An account to record from: the simulated one, with a log group, a bucket and somebody who calls. */
export class RecordedAccount {
  readonly calls: string[] = [];
  readonly inputs: object[] = [];
  readonly entries: LogEntry[] = [];
  readonly objects: StoredObject[] = [];
  readonly logGroup = '/aws/events/homeostat';
  readonly pageSize = 3;
  /** Is asked before each call, and may throw. */
  before: (operation: string, calls: number) => void = () => undefined;
  /** Tokens are known only of the present epoch: whoever raises it has let a day go by. */
  epoch = 0;
  readonly account: SimulatedAccount;

  /** It is as described at the time of that clock. */
  constructor(description: object = {}, clock = new VirtualClock(Date.parse('2026-03-02T00:00:00Z'))) {
    this.account = buildAccount(new World(clock), {
      account: trueAccount,
      region,
      ...description,
    });
  }

  /** An entry of the log group for each, at the time that each says. */
  logs(...events: readonly object[]): this {
    for (const event of events) {
      this.entries.push({ at: Date.parse((event as { time: string }).time), message: JSON.stringify(event) });
    }
    return this;
  }

  stores(key: string, body: string | Buffer, writtenAt = '2026-03-01T12:00:00Z'): this {
    this.objects.push({ key, body: Buffer.from(body), writtenAt: Date.parse(writtenAt) });
    return this;
  }

  call(service: string, operation: string, input: object): object {
    this.before(operation, this.calls.length);
    this.calls.push(`${service}:${operation}`);
    this.inputs.push(input);
    if (service === 'sts')
      return { Account: trueAccount, Arn: `arn:aws:iam::${trueAccount}:user/ann`, UserId: 'AIDAEXAMPLE' };
    if (service === 'logs' && operation === 'FilterLogEvents') return this.filter(input as LogsAsked);
    if (service === 's3' && operation === 'ListObjectsV2') return this.list(input);
    if (service === 's3' && operation === 'GetObject') return this.get(input as { Key: string });
    return this.account.call(service, operation, input);
  }

  private filter({ logGroupName, startTime, endTime, nextToken }: LogsAsked): object {
    if (logGroupName !== this.logGroup)
      throw new Refusal('ResourceNotFoundException', 'The specified log group does not exist.');
    const [epoch, from] = (nextToken ?? `${this.epoch}/0`).split('/').map(Number);
    if (epoch !== this.epoch) throw new Refusal('InvalidParameterException', 'The specified nextToken is invalid.');
    const all = this.entries
      .filter(({ at }) => at >= startTime && at <= endTime)
      .sort((one, other) => one.at - other.at);
    const end = from! + this.pageSize;
    return {
      events: all.slice(from, end).map(({ at, message }) => ({ timestamp: at, message })),
      ...(end < all.length && { nextToken: `${this.epoch}/${end}` }),
    };
  }

  private list({ Prefix = '', StartAfter = '' }: ListAsked): object {
    const below = this.objects
      .filter(({ key }) => key.startsWith(Prefix) && key > StartAfter)
      .sort((one, other) => (one.key < other.key ? -1 : 1));
    return {
      Contents: below
        .slice(0, this.pageSize)
        .map(({ key, writtenAt, body }) => ({ Key: key, LastModified: new Date(writtenAt), Size: body.length })),
    };
  }

  private get({ Key }: { readonly Key: string }): object {
    const found = this.objects.find(({ key }) => key === Key);
    if (!found) throw new Refusal('NoSuchKey', 'The specified key does not exist.', 404);
    // In small pieces, as they come over a wire.
    const pieces = Array.from({ length: Math.ceil(found.body.length / 100) }, (_, at) =>
      found.body.subarray(at * 100, at * 100 + 100),
    );
    return { Body: Readable.from(pieces) };
  }
}

interface LogsAsked {
  readonly logGroupName: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly nextToken?: string;
}

interface ListAsked {
  readonly Prefix?: string;
  readonly StartAfter?: string;
}

/** The deployment as the command opens it, with its SDK clients answered by the account. */
export function deploymentIn(recorded: RecordedAccount, options: Partial<DeploymentOptions> = {}): Deployment {
  const deployment = openDeployment({ name: 'homeostat', region: recorded.account.region, ...options });
  const connected = new Set<object>();
  return {
    ...deployment,
    client: async (service, where) => {
      const client = await deployment.client(service, where);
      if (!connected.has(client)) connect(client, service, recorded);
      connected.add(client);
      return client;
    },
  };
}

export const now = Date.parse('2026-04-01T00:00:00Z');

export const toolsFor = (recorded: RecordedAccount, shown: string[] = []): RecordTools => ({
  open: (options) => deploymentIn(recorded, options),
  clock: { now: () => now },
  random: (bytes) => Buffer.alloc(bytes, 7),
  show: (line) => void shown.push(line),
});

/** A folder that is not there yet. */
export const newFolder = (): string => join(mkdtempSync(join(tmpdir(), 'homeostat-record-')), 'recording');

/** Records the first of March, unless told otherwise; answers what is told at the end. */
export async function recordFrom(
  recorded: RecordedAccount,
  options: Partial<RecordOptions> & { readonly out: string },
): Promise<string> {
  const asked = { since: '2026-03-01', until: '2026-03-02', ...options };
  return (await record(deploymentIn(recorded), asked, toolsFor(recorded))).out;
}
