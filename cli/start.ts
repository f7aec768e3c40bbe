import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join, relative } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { embeddedService, type EmbeddedService } from '../replay/embedded-service';
import { readRecorded, timeOf, type RecordedEvent } from '../replay/recorded-events';
import { findRecordings } from '../replay/recording';
import { longestBody } from '../runtime/answers/answer-page';
import { answerPath } from '../runtime/answers/answer-path';
import { systemClock } from '../runtime/clock';
import { settingFor } from '../replay/recording-replay';
import { timeText } from '../replay/report';
import { inMode } from '../statemachines/policy';
import { defaultPolicyFile, policyFrom } from './policy-option';

interface Options {
  readonly port: number;
  readonly policy?: string;
  readonly sample?: string;
}

const sampleFolder = join(__dirname, '..', 'test', 'recordings', 'instance-impaired-rebooted');
/** EventBridge's own limit for one entry, times what a batch may hold. */
const maxBody = 10 * 256 * 1024;

/** `homeostat start`: the service on an embedded account, with a sample to look at. */
export function registerStart(program: Command): void {
  program
    .command('start')
    .description('run on an embedded account: replays a sample, then takes events on POST /events of a loopback port')
    .option('--port <number>', 'port on 127.0.0.1; 0 takes a free one', portOf, 8080)
    .option('--policy <file>', 'the policy, in mode act: the account is simulated (default: policies/default.yaml)')
    .option('--sample <path>', 'the recording that is replayed first (default: one of test/recordings)')
    .action(async ({ port, policy = defaultPolicyFile, sample = sampleFolder }: Options) => {
      const doors: { service?: EmbeddedService } = {};
      // Links to the page are in what is replayed, so the port must be known by then.
      const server = await listen(port, doors);
      const address = server.address();
      const at = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`;
      try {
        doors.service = await replaySample(sample, policy, at);
      } catch (error) {
        server.close();
        throw error;
      }
      console.log(`\nListening on ${at}: POST /events takes an event or an array of them. Ctrl-C ends it.`);
    });
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65_535)) throw new InvalidArgumentError('a port is a whole number from 0 to 65535.');
  return port;
}

async function replaySample(sample: string, policyFile: string, base: string): Promise<EmbeddedService> {
  const [recording] = await findRecordings([sample]);
  const events = recording ? await allOf(recording.files) : [];
  const policy = inMode('act', policyFrom(recording?.policyFile ?? policyFile));
  const setting = await settingFor(policy, recording?.accountFile);
  const [first] = events;
  const firstTime = first ? timeOf(first) : -Infinity;
  const startsAt = Number.isFinite(firstTime) ? firstTime : systemClock.now();
  const page = { base, random: randomBytes };
  const service = embeddedService(startsAt, setting, page, ({ at, incident, text }) => {
    console.log(`${timeText(at)}  ${incident}  ${text}`);
  });
  console.log(`Replaying ${relative(process.cwd(), sample)} on the embedded account, in virtual time:\n`);
  for (const { event } of events) await service.take(event);
  await service.settle();
  return service;
}

async function allOf(files: readonly string[]): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const recorded of readRecorded(files)) if (recorded.kind === 'event') events.push(recorded);
  return events;
}

function listen(port: number, doors: { readonly service?: EmbeddedService }): Promise<Server> {
  const server = createServer((request, response) => {
    if (doors.service) void answer(request, response, doors.service);
    else response.writeHead(503).end();
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`port ${port} is taken: choose another with --port`) : error);
    });
    server.listen(port, '127.0.0.1', () => {
      resolve(server);
    });
  });
}

async function answer(request: IncomingMessage, response: ServerResponse, service: EmbeddedService): Promise<void> {
  const say = (status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body, null, 2)}\n`);
  };
  if (request.url?.startsWith(answerPath)) {
    await answerBrowser(request, response, service);
    return;
  }
  if (request.method !== 'POST' || request.url !== '/events') {
    say(404, { error: 'POST /events takes an event or an array of them' });
    return;
  }
  try {
    const body = await bodyOf(request);
    const events: readonly unknown[] = Array.isArray(body) ? body : [body];
    const decisions = [];
    for (const event of events) decisions.push(...(await service.take(event)));
    say(200, { decisions });
    await service.settle();
  } catch (error) {
    if (!response.headersSent) say(400, { error: error instanceof Error ? error.message : String(error) });
    else console.error(`homeostat: ${String(error)}`);
  }
}

/** The page, as its function serves it on AWS. */
async function answerBrowser(
  request: IncomingMessage,
  response: ServerResponse,
  service: EmbeddedService,
): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  try {
    // Cut to one more than the page takes: it says so itself.
    const body = (await textOf(request, maxBody)).slice(0, longestBody + 1);
    const page = await service.answer({ method, path: new URL(url, 'http://127.0.0.1').pathname, body });
    response.writeHead(page.status, page.headers).end(page.body);
    await service.settle();
  } catch (error) {
    if (!response.headersSent) response.writeHead(400).end();
    console.error(`homeostat: ${String(error)}`);
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  return JSON.parse(await textOf(request, maxBody)) as unknown;
}

async function textOf(request: IncomingMessage, atMost: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest is read and dropped, so that the answer can be sent on the same connection.
    if (size <= atMost) chunks.push(chunk);
  }
  if (size > atMost) throw new Error(`the body is larger than ${atMost} bytes: send fewer events at a time`);
  return Buffer.concat(chunks).toString('utf8');
}
