import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SimulatedAccount } from '../../simulator/world';
import { readWireRequest, type WireRequest } from '../../test/emulators/wire-request';
import { ec2Answer, jsonAnswer, queryAnswer, readForm, readJson } from './forms';
import { LoopbackTable } from './table';

/** A wake-up that was asked for. */
export interface Armed {
  readonly name: string;
  readonly at: number;
  readonly body: string;
}

interface Answer {
  readonly type: string;
  readonly body: string;
}

interface Hooks {
  /** Called when a request has arrived, before anything is answered. */
  readonly onRequest?: (request: WireRequest) => void | Promise<void>;
  readonly onArmed?: (armed: Armed) => void;
}

/**
 * AWS on a loopback port, as far as one healed incident asks: what is read and done in the account is answered by the simulated
 * one, the table is kept in memory, wake-ups and state changes are taken note of.
 */
export class LoopbackAws {
  table = new LoopbackTable();
  /** Set for a part of the bench, and cleared after it. */
  hooks: Hooks = {};
  #requests: WireRequest[] = [];
  #failures: unknown[] = [];

  private constructor(
    readonly endpoint: string,
    private readonly account: SimulatedAccount,
    private readonly server: Server,
  ) {}

  static async open(account: SimulatedAccount): Promise<LoopbackAws> {
    const server = createServer({ keepAliveTimeout: 120_000 });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    const aws = new LoopbackAws(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, account, server);
    server.on('request', (request, response) => {
      aws.#answer(request, response).catch((error: unknown) => {
        aws.#failures.push(error);
        response.writeHead(500).end();
      });
    });
    return aws;
  }

  /** Those since the last call of this. Throws what could not be answered. */
  takeRequests(): readonly WireRequest[] {
    if (this.#failures.length > 0) throw new AggregateError(this.#failures, String(this.#failures[0]));
    const taken = this.#requests;
    this.#requests = [];
    return taken;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const request = readWireRequest(incoming, Buffer.concat(chunks));
    await this.hooks.onRequest?.(request);
    this.#requests.push(request);
    const { type, body } = this.#answerTo(request, incoming.url ?? '');
    response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
  }

  #answerTo({ service, operation, input }: WireRequest, url: string): Answer {
    const ask = (given: object): object => this.account.call(service, operation, given);
    switch (service) {
      case 'dynamodb': {
        const answer = this.table.answer(operation, JSON.parse(input) as object);
        return { type: 'application/x-amz-json-1.0', body: JSON.stringify(answer) };
      }
      case 'ec2':
        return { type: 'text/xml', body: ec2Answer(operation, ask(readForm(input))) };
      case 'cloudwatch':
        return { type: 'application/x-amz-json-1.0', body: jsonAnswer(ask(readJson(input))) };
      case 'arc-zonal-shift':
        return { type: 'application/json', body: jsonAnswer(ask(readForm(new URL(url, this.endpoint).search))) };
      case 'sts':
        return { type: 'text/xml', body: queryAnswer(operation, { Credentials: this.#credentials() }) };
      case 'scheduler':
        return { type: 'application/json', body: JSON.stringify(this.#arm(url, input)) };
      case 'events':
        return { type: 'application/x-amz-json-1.1', body: JSON.stringify({ FailedEntryCount: 0, Entries: [] }) };
      default:
        return { type: 'text/xml', body: queryAnswer(operation, ask(readForm(input))) };
    }
  }

  #credentials(): object {
    const Expiration = new Date(Math.max(Date.now(), this.account.clock.now()) + 3_600_000);
    return { AccessKeyId: 'ASIAEXAMPLE', SecretAccessKey: 'secret', SessionToken: 'session', Expiration };
  }

  #arm(url: string, input: string): object {
    const name = decodeURIComponent(/^\/schedules\/([^/?]+)/.exec(url)?.[1] ?? '');
    const { ScheduleExpression, Target } = JSON.parse(input) as {
      readonly ScheduleExpression: string;
      readonly Target: { readonly Input: string };
    };
    const at = Date.parse(`${/^at\((.+)\)$/.exec(ScheduleExpression)?.[1] ?? ''}Z`);
    this.hooks.onArmed?.({ name, at, body: Target.Input });
    return { ScheduleArn: this.account.arn('scheduler', `schedule/bench/${name}`) };
  }
}
