import { createServer, request as send, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { consumedCapacity, type Capacity } from './wire-capacity';
import { readWireRequest, type WireRequest } from './wire-request';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer | string;
}

type Hook = (request: WireRequest) => void | Promise<void>;

/** What befalls a request. Its hook is called at that moment: to kill the client, say. */
export type Interruption =
  /** Arrived here, not yet at the emulator. It is forwarded afterwards, whoever is still alive. */
  | { readonly kind: 'before'; readonly hook: Hook }
  /** The emulator has done it and answered; the client has not heard. */
  | { readonly kind: 'after'; readonly hook: Hook }
  /** Done, and the connection breaks before the client hears. */
  | { readonly kind: 'lostAnswer'; readonly hook?: Hook }
  /** The connection breaks before the emulator is asked. */
  | { readonly kind: 'lostRequest'; readonly hook?: Hook }
  /** The emulator is not asked; this is the answer. */
  | { readonly kind: 'answer'; readonly answer: Answer; readonly hook?: Hook };

/** Which requests are meant. They are counted from the moment that the interruption is asked for. */
export interface Which {
  readonly operation: string;
  readonly service?: string;
  readonly where?: (request: WireRequest) => boolean;
  /** 1 is the next one, and the default. */
  readonly nth?: number | 'every';
}

/** A request that came over the wire. `status` is undefined as long as no emulator has answered it. */
export type Recorded = WireRequest & {
  readonly status: number | undefined;
  readonly interruption: Interruption['kind'] | undefined;
};

/** Which emulator answers: that of the service, by IAM prefix, or else `default`. */
export type Routes = Readonly<Record<string, string>> & { readonly default: string };

/** Stands between the clients and the emulators on a loopback port: knows each request, records it, and may interrupt it. */
export class Wire {
  readonly #requests: Recorded[] = [];
  readonly #plans: { readonly which: Which; readonly interruption: Interruption; seen: number }[] = [];
  readonly #broken: unknown[] = [];
  #capacity: Capacity = { read: 0, write: 0 };

  private constructor(
    readonly endpoint: string,
    readonly routes: Routes,
    readonly server: Server,
  ) {}

  static async open(routes: Routes): Promise<Wire> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    const wire = new Wire(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, routes, server);
    server.on('request', (request, response) => {
      wire.#carry(request, response).catch((error: unknown) => {
        wire.#broken.push(error);
        response.destroy();
      });
    });
    return wire;
  }

  /** The requests so far, in the order of their arrival. */
  get requests(): readonly Recorded[] {
    return this.#requests;
  }

  /** What DynamoDB said was consumed so far. */
  get capacity(): Capacity {
    return this.#capacity;
  }

  /** How often that operation was done by an emulator: what counts as an effect. */
  done(operation: string): number {
    return this.#requests.filter((one) => one.operation === operation && (one.status ?? 500) < 300).length;
  }

  interrupt(which: Which, interruption: Interruption): void {
    this.#plans.push({ which, interruption, seen: 0 });
  }

  /** Throws what went wrong with the wire itself: an emulator that is gone, a hook that threw. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
    if (this.#broken.length > 0)
      throw new AggregateError(this.#broken, `the wire broke: ${this.#broken.map(String).join('; ')}`);
  }

  async #carry(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    const request = readWireRequest(incoming, body);
    const interruption = this.#interruptionOf(request);
    const index = this.#requests.push({ ...request, status: undefined, interruption: interruption?.kind }) - 1;
    const answer = await befalling(interruption, request, async () => {
      const given = await forwarded(this.routes[request.service] ?? this.routes.default, incoming, body);
      this.#requests[index] = { ...request, status: given.status, interruption: interruption?.kind };
      if (request.service === 'dynamodb') this.#count(consumedCapacity(request.operation, given.body.toString()));
      return given;
    });
    if (answer === 'lost') response.destroy();
    else reply(response, answer);
  }

  #interruptionOf(request: WireRequest): Interruption | undefined {
    let found: Interruption | undefined;
    for (const plan of this.#plans) {
      const { operation, service = request.service, where, nth = 1 } = plan.which;
      if (operation !== request.operation || service !== request.service || where?.(request) === false) continue;
      plan.seen += 1;
      if (nth === 'every' || nth === plan.seen) found ??= plan.interruption;
    }
    return found;
  }

  #count({ read, write }: Capacity): void {
    this.#capacity = { read: this.#capacity.read + read, write: this.#capacity.write + write };
  }
}

/** What the client gets: the emulator's answer, a fixed one, or none. */
async function befalling(
  interruption: Interruption | undefined,
  request: WireRequest,
  ask: () => Promise<Answer>,
): Promise<Answer | 'lost'> {
  switch (interruption?.kind) {
    case undefined:
      return ask();
    case 'before':
      await interruption.hook(request);
      return ask();
    case 'lostRequest':
      await interruption.hook?.(request);
      return 'lost';
    case 'answer':
      await interruption.hook?.(request);
      return interruption.answer;
    case 'after':
    case 'lostAnswer': {
      const answer = await ask();
      await interruption.hook?.(request);
      return interruption.kind === 'lostAnswer' ? 'lost' : answer;
    }
  }
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A connection of its own for each: one that the emulator has just closed would be a loss that nobody asked for. */
async function forwarded(endpoint: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const kept = { ...headers, connection: 'close', 'content-length': `${body.length}` };
    delete (kept as Record<string, unknown>)['transfer-encoding'];
    send(new URL(url ?? '/', endpoint), { method, headers: kept, agent: false }, resolve)
      .once('error', reject)
      .end(body);
  });
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: await bodyOf(answer) };
}

function reply(response: ServerResponse, { status, headers, body }: Answer): void {
  // The client may have been killed meanwhile.
  response.on('error', () => undefined);
  const { connection: _one, 'transfer-encoding': _other, 'keep-alive': _third, ...kept } = headers;
  response.writeHead(status, { ...kept, 'content-length': Buffer.byteLength(body) }).end(body);
}
