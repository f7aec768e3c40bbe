import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDbStore } from '../runtime/store/dynamodb-store';
import { outcomeOf } from '../statemachines/incident';
import { batchOf, environmentOf, region, sickInstances } from './ground';
import { WarmProcess } from './lambda-process';
import { LoopbackAws } from './loopback/endpoint';
import type { Consumed } from './loopback/table';

const minute = 60_000;
/** A reboot heals within minutes; what has not ended by then never will. */
const atMost = 60 * minute;

/** What one healed incident took. */
export interface Metered {
  readonly consumed: Consumed;
  /** By service. */
  readonly requests: Readonly<Record<string, number>>;
  readonly invocations: number;
  readonly wakeUps: number;
  readonly events: number;
  /** Changes of state in its history. */
  readonly transitions: number;
  /** CPU of the function in milliseconds, its cold start included. */
  readonly cpu: number;
  /** What the function waited for one after the other, at most. */
  readonly calls: number;
}

/** One incident from its alarm to `resolved`, through the bundle, on a clock of its own. Throws when it is not healed. */
export async function meter(index: string): Promise<Metered> {
  const now = Date.now();
  const ground = await sickInstances(1, now);
  const { clock } = ground.world;
  const aws = await LoopbackAws.open(ground.account);
  const worker = await WarmProcess.start(index, environmentOf(aws.endpoint));
  const counts = { invocations: 0, wakeUps: 0, cpu: 0 };
  const deliver = async (body: object | string): Promise<void> => {
    counts.invocations += 1;
    counts.cpu = (await worker.invoke(batchOf(body), clock.now())).cpuOfProcess;
  };
  const incidents = new Set<string>();
  aws.hooks = {
    onArmed: ({ at, body }) => {
      incidents.add(incidentIn(body));
      clock.at(at, async () => {
        counts.wakeUps += 1;
        await deliver(body);
      });
    },
  };
  ground.world.subscribe(async (event) => {
    if (event.source === 'aws.cloudwatch') await deliver(event);
  });
  try {
    await deliver(ground.alarms[0] ?? {});
    await clock.runUntil(now + atMost);
    const requests = aws.takeRequests();
    const { consumed } = aws.table;
    const byService: Record<string, number> = {};
    for (const { service } of requests) byService[service] = (byService[service] ?? 0) + 1;
    const events = requests.filter(({ service }) => service === 'events').map(({ input }) => entriesIn(input));
    return {
      ...counts,
      consumed,
      requests: byService,
      events: events.reduce((all, one) => all + one, 0),
      transitions: await transitionsOf([...incidents], aws.endpoint),
      calls: requests.length,
    };
  } finally {
    await worker.end();
    await aws.close();
  }
}

const entriesIn = (input: string): number =>
  (JSON.parse(input) as { readonly Entries: readonly object[] }).Entries.length;

const incidentIn = (wake: string): string =>
  (JSON.parse(wake) as { readonly wake: { readonly incident: string } }).wake.incident;

async function transitionsOf([id = '', ...others]: readonly string[], endpoint: string): Promise<number> {
  if (others.length > 0) throw new Error(`The metered run opened ${others.length + 1} incidents.`);
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };
  const client = new DynamoDB({ endpoint, region, credentials });
  const store = new DynamoDbStore(client, 'bench');
  const incident = await store.read(id);
  if (!incident || outcomeOf(incident) !== 'resolved') {
    throw new Error(`The incident of the metered run is ${incident?.state ?? 'not there'}, and not resolved.`);
  }
  const history = await store.history(id);
  client.destroy();
  return history.filter(({ from, to }) => from !== to).length;
}
