import { VirtualClock } from '../simulator/clock';
import { buildAccount } from '../simulator/description';
import type { BusEvent } from '../simulator/event-bus';
import { World, type SimulatedAccount } from '../simulator/world';

const account = '111122223333';
export const region = 'eu-central-1';

/** What a function of a deployment named `bench` is told, and the keys that it signs with. */
export function environmentOf(endpoint: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    HOMEOSTAT_TABLE: 'bench',
    HOMEOSTAT_BUS: 'bench',
    HOMEOSTAT_QUEUE_ARN: `arn:aws:sqs:${region}:${account}:bench-work`,
    HOMEOSTAT_SCHEDULE_GROUP: 'bench',
    HOMEOSTAT_SCHEDULE_ROLE_ARN: `arn:aws:iam::${account}:role/bench-scheduler`,
    HOMEOSTAT_ROLE_PREFIX: `bench-${region}-`,
    HOMEOSTAT_ACCOUNT: account,
    HOMEOSTAT_REGION: region,
  };
}

/** Instances that fail their status check, and for each the event of its alarm. They fell sick before `now`. */
export interface Ground {
  readonly account: SimulatedAccount;
  readonly world: World;
  /** Each alarm once, in the order in which they went off. */
  readonly alarms: readonly BusEvent[];
}

export async function sickInstances(count: number, now: number): Promise<Ground> {
  const world = new World(new VirtualClock(now - 10 * 60_000));
  const alarms: BusEvent[] = [];
  world.subscribe((event) => {
    if (event.source === 'aws.cloudwatch') alarms.push(event);
  });
  const ids = Array.from({ length: count }, (_, index) => `i-0${index.toString(16).padStart(16, '0')}`);
  const built = buildAccount(world, {
    account,
    region,
    instances: ids.map((id) => ({ id, tags: { 'homeostat:heal': 'yes' }, sick: { kind: 'instance' } })),
    alarms: ids.map((InstanceId, index) => ({
      name: `status-${index}`,
      metric: { namespace: 'AWS/EC2', name: 'StatusCheckFailed_Instance', dimensions: { InstanceId } },
      statistic: 'Maximum',
      above: 0,
      every: 60,
      periods: 2,
    })),
  });
  await world.clock.runUntil(now);
  if (alarms.length !== count) throw new Error(`${alarms.length} of ${count} alarms of the bench went off.`);
  return { account: built, world, alarms };
}

/** A batch of one, as Lambda hands it to the function. */
export function batchOf(body: object | string): object {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    Records: [
      {
        messageId: '00000000-0000-4000-8000-000000000000',
        body: text,
        attributes: { ApproximateReceiveCount: '1' },
        eventSource: 'aws:sqs',
      },
    ],
  };
}
