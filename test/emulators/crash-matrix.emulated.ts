import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deploy } from './crash/deployment';
import { crashPoints, faults, plant, type CrashPoint, type Fault } from './crash/fault';
import { Lambda } from './crash/lambda';
import { live, type Life, type Stage } from './crash/life';
import { onEachEmulator } from './each';
import { Wire } from './wire';

const root = join(__dirname, '../..');
const bundle = mkdtempSync(join(tmpdir(), 'homeostat-crash-'));

beforeAll(() => {
  const policy = join(__dirname, 'crash/policy.yaml');
  execFileSync(process.execPath, [join(root, 'bin/bundle.js'), '--policy', policy, '--out', bundle]);
});
afterAll(() => {
  rmSync(bundle, { recursive: true });
});

async function liveWith(
  endpoint: string,
  fault?: { readonly point: CrashPoint; readonly fault: Fault },
  unacknowledged?: Stage['unacknowledged'],
): Promise<Life> {
  const deployment = await deploy(endpoint);
  const wire = await Wire.open({ default: endpoint });
  const settings = { bundle, environment: deployment.environment(wire.endpoint) };
  const lambda = new Lambda(settings);
  const other = new Lambda(settings);
  let underWay = { message: { id: '', body: '' }, now: 0 };
  const duplicate = async (): Promise<void> => {
    await other.work([{ ...underWay.message, id: `${underWay.message.id}-again` }], underWay.now);
  };
  if (fault) plant(fault.fault, fault.point, wire, { lambda, duplicate });
  try {
    const onDelivery = (message: { id: string; body: string }, now: number): void => {
      underWay = { message, now };
    };
    const life = await live(
      { deployment, wire, lambda, onDelivery, ...(unacknowledged && { unacknowledged }) },
      Date.now(),
    );
    if (fault && !wire.requests.some(({ interruption }) => interruption)) throw new Error('Nothing befell it.');
    return life;
  } finally {
    await Promise.all([lambda.end(), other.end()]);
    await wire.close();
  }
}

const table: string[] = [];
const row = (point: string, fault: string, { writes, commits, incident, took }: Life): void => {
  const cells = [point.padEnd(27), fault.padEnd(14), String(writes).padStart(6), String(commits).padStart(7)];
  table.push([...cells, incident.state.padStart(9), `${Math.round(took)} s`.padStart(6)].join('  '));
};
const healedOnce = {
  writes: 1,
  desired: 3,
  incidents: 1,
  incident: expect.objectContaining({ state: 'resolved' }) as unknown,
};

onEachEmulator(
  ['dynamodb', 'autoscaling', 'cloudwatch', 'ec2', 'events', 'scheduler', 'sns', 'sqs', 'sts'],
  ({ name, endpoint }) => {
    // moto has no DescribeInstanceRefreshes, without which no group is scaled out.
    if (name === 'moto') return;
    afterAll(() => {
      process.stdout.write(
        `crash point                  fault           writes  commits      end    took\n${table.join('\n')}\n`,
      );
    });

    test('the deployed bundle heals a group that is overloaded, with one write', async () => {
      const life = await liveWith(endpoint);
      row('none', '', life);
      expect(life).toMatchObject(healedOnce);
    });

    test.each(['killed', 'delivered again'] as const)(
      'a worker whose first message is done, and then %s before it is acknowledged, writes once',
      async (fault) => {
        const life = await liveWith(endpoint, undefined, fault);
        row('acknowledgement', fault, life);
        expect(life).toMatchObject(healedOnce);
      },
    );

    describe.each(crashPoints.map((point) => [point.name, point] as const))('at the %s', (_name, point) => {
      test.each(faults)('%s: the incident ends healed, and the write happened once', async (fault) => {
        const life = await liveWith(endpoint, { point, fault });
        row(point.name, fault, life);
        expect(life).toMatchObject(healedOnce);
      });
    });
  },
);
