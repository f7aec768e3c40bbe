import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compilePolicy } from '../../runtime/compiled-policy';
import { readPolicyFrom } from '../../runtime/policy-file';
import { deploy } from './crash/deployment';
import { crashPoints, crashPointsOfApproval, faults, plant, type CrashPoint, type Fault } from './crash/fault';
import { Lambda } from './crash/lambda';
import { live, type Life, type Stage } from './crash/life';
import { impairedInstance, overloadedGroup, type Admit } from './crash/patient';
import { Person } from './crash/person';
import { onEachEmulator } from './each';
import { Wire } from './wire';

const root = join(__dirname, '../..');
const home = mkdtempSync(join(tmpdir(), 'homeostat-crash-'));
/** The same bundle, under a policy that acts, and under one that asks first and is the same otherwise. */
const bundles = { act: join(home, 'act'), approve: join(home, 'approve') };

beforeAll(() => {
  const policy = join(__dirname, 'crash/policy.yaml');
  execFileSync(process.execPath, [join(root, 'bin/bundle.js'), '--policy', policy, '--out', bundles.act]);
  cpSync(bundles.act, bundles.approve, { recursive: true });
  const asking = readPolicyFrom(readFileSync(policy, 'utf8').replace('mode: act', 'mode: approve'), policy);
  if (asking.kind === 'errors') throw new Error(asking.errors.map(({ message }) => message).join('; '));
  writeFileSync(join(bundles.approve, 'policy.json'), compilePolicy(asking.policy));
});
afterAll(() => {
  rmSync(home, { recursive: true });
});

interface Trouble {
  readonly befalls?: { readonly point: CrashPoint; readonly fault: Fault };
  readonly unacknowledged?: Stage['unacknowledged'];
}

type Mode = keyof typeof bundles;

async function liveWith(
  endpoint: string,
  { admit, mode }: { readonly admit: Admit; readonly mode: Mode },
  { befalls, unacknowledged }: Trouble,
): Promise<Life> {
  const deployment = await deploy(endpoint, admit);
  const wire = await Wire.open({ default: endpoint });
  const settings = { bundle: bundles[mode], environment: deployment.environment(wire.endpoint) };
  const lambda = new Lambda(settings);
  const other = new Lambda(settings);
  const page = new Lambda(settings);
  let underWay = { message: { id: '', body: '' }, now: 0 };
  const duplicate = async (): Promise<void> => {
    await other.work([{ ...underWay.message, id: `${underWay.message.id}-again` }], underWay.now);
  };
  if (befalls) {
    const { operation = deployment.patient.write, nth, isOfPage } = befalls.point;
    plant(befalls.fault, { operation, nth }, wire, { lambda: isOfPage ? page : lambda, duplicate });
  }
  try {
    const onDelivery: Stage['onDelivery'] = (message, now) => {
      underWay = { message, now };
    };
    const stage: Stage = {
      deployment,
      wire,
      lambda,
      person: new Person(page, wire),
      meant: mode === 'approve' ? 'answer' : 'alarm',
      onDelivery,
      ...(unacknowledged && { unacknowledged }),
    };
    const life = await live(stage, Date.now());
    const hit = wire.requests.some(({ interruption }) => interruption !== undefined && interruption !== 'answer');
    if (befalls && !hit) throw new Error('Nothing befell it.');
    return life;
  } finally {
    await Promise.all([lambda.end(), other.end(), page.end()]);
    await wire.close();
  }
}

const patients = [
  { name: 'an overloaded group', admit: overloadedGroup, mode: 'act', points: crashPoints },
  // What comes after its result is committed is the same for every remediation.
  { name: 'an impaired instance', admit: impairedInstance, mode: 'act', points: crashPoints.slice(0, 3) },
  {
    name: 'an impaired instance, after a yes',
    admit: impairedInstance,
    mode: 'approve',
    points: crashPointsOfApproval,
  },
] as const;
const services = ['dynamodb', 'autoscaling', 'cloudwatch', 'ec2', 'events', 'scheduler', 'sns', 'sqs', 'sts'];

const table: string[] = [];
const row = (patient: string, point: string, fault: string, { writes, commits, incident, took }: Life): void => {
  const cells = [patient.padEnd(33), point.padEnd(26), fault.padEnd(15), String(writes).padStart(6)];
  table.push(
    [...cells, String(commits).padStart(7), incident.state.padStart(9), `${Math.round(took)} s`.padStart(6)].join('  '),
  );
};
const heading =
  'patient                            crash point                 fault            writes  commits        end    took';
const healedOnce = {
  writes: 1,
  incidents: 1,
  incident: expect.objectContaining({ state: 'resolved' }) as unknown,
};

onEachEmulator(services, ({ name: emulator, endpoint }) => {
  // moto has no DescribeInstanceRefreshes, without which no group is scaled out.
  if (emulator === 'moto') return;
  afterAll(() => {
    process.stdout.write(`${[heading, ...table].join('\n')}\n`);
  });

  describe.each(patients)('$name', ({ name, points, ...patient }) => {
    test('is healed by the deployed bundle with one write', async () => {
      const life = await liveWith(endpoint, patient, {});
      row(name, 'none', '', life);
      expect(life).toMatchObject(healedOnce);
    });

    test.each(['killed', 'delivered again'] as const)(
      'is healed with one write though its message is done, and then %s before it is acknowledged',
      async (unacknowledged) => {
        const life = await liveWith(endpoint, patient, { unacknowledged });
        row(name, 'acknowledgement', unacknowledged, life);
        expect(life).toMatchObject(healedOnce);
      },
    );

    describe.each(points.map((point) => [point.name, point] as const))('at the %s', (_name, point) => {
      test.each(faults)('%s: the incident ends healed, and the write happened once', async (fault) => {
        const life = await liveWith(endpoint, patient, { befalls: { point, fault } });
        row(name, point.name, fault, life);
        expect(life).toMatchObject(healedOnce);
      });
    });
  });
});
