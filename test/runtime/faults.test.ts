import { setStage } from '../../replay/stage';
import { remediations } from '../../remediations';
import { attemptsOf, type Attempt } from '../../runtime/story/attempts';
import type { HistoryEntry } from '../../runtime/store/incident-store';
import type { Fault } from '../../simulator/faults';
import type { SimulatedAccount } from '../../simulator/world';
import type { Incident } from '../../statemachines/incident';
import type { Policy } from '../../statemachines/policy';
import { vitals } from '../../vitals';
import { actingPolicy, minute, policyOf } from './world';

const id = 'i-0aaaaaaaaaaaaaaaa';
const start = Date.parse('2026-03-01T10:00:00Z');

interface Life {
  readonly incident: Incident | undefined;
  readonly events: readonly string[];
  /** Each with the state that it led to and the events that it wrote. */
  readonly commits: readonly string[];
  /** Calls that write, as the account was asked for them. */
  readonly writes: readonly string[];
  readonly reasons: readonly string[];
  readonly attempts: readonly Attempt[];
}

interface Circumstances {
  readonly policy?: Policy;
  readonly sick?: 'instance' | 'system';
  readonly before?: (account: SimulatedAccount) => void;
}

/** An instance falls sick, its alarm tells of it, and a reboot would heal it, if AWS did what it is asked. */
async function live(
  ...given: readonly (Circumstances | readonly [service: string, operation: string, fault: Fault, times?: number])[]
): Promise<Life> {
  const faults = given.filter((one) => Array.isArray(one)) as (readonly [string, string, Fault, number?])[];
  const {
    policy = actingPolicy,
    sick = 'instance',
    before,
  } = (given.find((one) => !Array.isArray(one)) ?? {}) as Circumstances;
  const ended: { incident: Incident; history: readonly HistoryEntry[] }[] = [];
  const writes: string[] = [];
  const commits: string[] = [];
  let account: SimulatedAccount | undefined;
  let topics: SimulatedAccount | undefined;
  const stage = setStage(start, {
    policy,
    remediations: new Map(remediations.map((one) => [one.name, one])),
    vitals: new Map(vitals.map((one) => [one.kind, one])),
    build: (world) => {
      account = world.account('111122223333', 'eu-west-1');
      topics = world.account('111122223333', 'eu-central-1');
      account.services.ec2.addInstance({ id, tags: { 'homeostat:heal': 'yes' } });
      account.services.cloudwatch.add({
        name: 'status',
        metric: {
          namespace: 'AWS/EC2',
          name: sick === 'instance' ? 'StatusCheckFailed_Instance' : 'StatusCheckFailed_System',
          dimensions: { InstanceId: id },
        },
        periodSeconds: 60,
        evaluationPeriods: 2,
      });
      before?.(account);
      account.observe(({ service, operation, access }) => {
        if (access === 'write' && service === 'ec2') writes.push(`${service}:${operation}`);
      });
    },
    onCommit: ({ incident, entries }) => {
      commits.push(`${incident.state}: ${entries.map(({ event }) => event.type).join(', ')}`);
    },
    onEnd: (incident, history) => ended.push({ incident, history }),
  });
  await stage.clock.runUntil(start + 10 * minute);
  for (const [service, operation, fault, times] of faults)
    (service === 'sns' ? topics : account)?.faults.plant(service, operation, fault, times);
  account?.services.ec2.sicken(id, { kind: sick });
  await stage.clock.runUntil(start + 3 * 24 * 60 * minute);
  const [{ incident, history } = { incident: undefined, history: [] }] = ended;
  expect(stage.store.open()).toEqual([]);
  return {
    incident,
    events: history.map(({ event }) => event.type),
    commits,
    writes,
    attempts: attemptsOf(history),
    reasons: history.flatMap(({ event }) => ('reason' in event ? [event.reason] : [])),
  };
}

describe('a reboot at AWS', () => {
  it('that works heals, with five commits from the alarm to the end', async () => {
    const { incident, writes, commits } = await live();
    expect(incident?.state).toBe('resolved');
    expect(writes).toEqual(['ec2:RebootInstances']);
    // The alarm's return to OK, which comes when it has been seen already, is none.
    expect(commits.map((commit) => commit.split(':')[0])).toEqual([
      'starting',
      'checking',
      'verifying',
      'settling',
      'resolved',
    ]);
  });

  it('whose answer is lost is looked up, and not repeated', async () => {
    const { incident, writes, events } = await live(['ec2', 'RebootInstances', 'lostAnswer']);
    expect(events).toContain('start.unknown');
    expect(writes).toEqual(['ec2:RebootInstances']);
    expect(incident?.state).toBe('resolved');
  });

  it('whose request is lost is not repeated either: no trace is seen twice, and people are called', async () => {
    const { incident, writes, events } = await live(['ec2', 'RebootInstances', 'lostRequest']);
    expect(writes).toEqual(['ec2:RebootInstances']);
    expect(events.filter((type) => type === 'check.notStarted')).toHaveLength(2);
    expect(incident?.state).toBe('closed');
    expect(events).toContain('notification.sent');
  });

  it('that is denied was not started, and people are told why', async () => {
    const { incident, events, reasons } = await live(['ec2', 'RebootInstances', 'denied']);
    expect(events).toContain('start.refused');
    expect(events.filter((type) => type.startsWith('check.'))).toEqual([]);
    expect(reasons).toContainEqual(expect.stringMatching(/^AccessDeniedException: /));
    expect(incident?.state).toBe('closed');
  });

  it('is not planned while its instance cannot be read', async () => {
    const { writes, incident } = await live(['ec2', '*', 'unavailable', 1_000]);
    expect(writes).toEqual([]);
    expect(incident?.state).toBe('closed');
    expect(incident?.memory.gaveUp).toBeTruthy();
  });
});

describe('people', () => {
  it('are called though SNS is away at first', async () => {
    const { events } = await live(['ec2', 'RebootInstances', 'denied'], ['sns', 'Publish', 'unavailable', 2]);
    expect(events.filter((type) => type.startsWith('notification.')).slice(0, 3)).toEqual([
      'notification.failed',
      'notification.failed',
      'notification.sent',
    ]);
  });
});

describe('an instance that is stopped to be started elsewhere', () => {
  const moving = policyOf(`
mode: act
rules:
  - name: hosts
    on: [ec2-host-impaired]
    try: [{ stop-start-instance: { approval: notRequired } }]
    escalate: [oncall]
contacts:
  oncall: { topic: 'arn:aws:sns:eu-central-1:111122223333:oncall', format: email }
`);
  const stopped = (
    service: string,
    operation: string,
    fault: Fault,
    times?: number,
  ): ((account: SimulatedAccount) => void) => {
    return (account) => {
      account.observe(({ operation: called }) => {
        if (called === 'StopInstances') account.faults.plant(service, operation, fault, times);
      });
    };
  };

  it.each([
    ['ec2', 'StartInstances', 'throttled', 3],
    ['ec2', 'StartInstances', 'unavailable', 3],
    ['ec2', 'DescribeInstances', 'throttled', 4],
    ['ec2', 'DescribeInstances', 'unavailable', 7],
  ] as const)('is not left lying there when %s:%s is %s', async (service, operation, fault, times) => {
    const { incident } = await live({
      policy: moving,
      sick: 'system',
      before: stopped(service, operation, fault, times),
    });
    expect(incident?.state).toBe('resolved');
  });

  it('and may not be started is told of as something that was done and failed', async () => {
    const { attempts } = await live({
      policy: moving,
      sick: 'system',
      before: stopped('ec2', 'StartInstances', 'denied'),
    });
    expect(attempts).toMatchObject([{ remediation: 'stop-start-instance', outcome: 'failed' }]);
  });
});

describe('an instance of whose volumes a snapshot is taken before it is stopped', () => {
  const keeping = policyOf(`
mode: act
rules:
  - name: hosts
    on: [ec2-host-impaired]
    snapshotFirst: true
    try: [{ stop-start-instance: { approval: notRequired } }]
    escalate: [oncall]
contacts:
  oncall: { topic: 'arn:aws:sns:eu-central-1:111122223333:oncall', format: email }
`);
  const all = ['ec2:CreateSnapshots', 'ec2:StopInstances', 'ec2:StartInstances'];
  type Failure = readonly [operation: string, fault: Fault];
  const life = (before: (account: SimulatedAccount) => void, ...faults: readonly Failure[]) =>
    live({ policy: keeping, sick: 'system', before }, ...faults.map((one) => ['ec2', ...one] as const));

  it.each<[string, readonly Failure[]]>([
    ['nothing', []],
    ['the answer to the snapshot', [['CreateSnapshots', 'lostAnswer']]],
    ['the answer to the stop', [['StopInstances', 'lostAnswer']]],
    ['the request to stop', [['StopInstances', 'lostRequest']]],
  ])('is healed, each step once, when %s is lost', async (_what, faults) => {
    const { incident, writes } = await life(() => undefined, ...faults);
    expect(incident?.state).toBe('resolved');
    // A request that never arrived is sent again once AWS has shown no trace of it.
    const again = faults.some(([, fault]) => fault === 'lostRequest');
    expect(writes).toEqual(again ? all.flatMap((one) => (one === all[1] ? [one, one] : [one])) : all);
  });

  it('is left alone when the snapshot fails, and people are told why', async () => {
    const { incident, writes, attempts, events } = await life(({ services }) => {
      services.ec2.snapshots.failNext();
    });
    expect(writes).toEqual(['ec2:CreateSnapshots']);
    expect(incident?.state).toBe('closed');
    expect(events).toContain('notification.sent');
    expect(attempts).toMatchObject([
      { outcome: 'failed', reason: expect.stringMatching(/^snapshot .* in error: snap-/) as string },
    ]);
  });

  it('is left alone when the snapshot is denied, and when its request is lost', async () => {
    for (const fault of ['denied', 'lostRequest'] as const) {
      const { incident, writes, events } = await life(() => undefined, ['CreateSnapshots', fault]);
      expect(writes).toEqual(['ec2:CreateSnapshots']);
      expect(incident?.state).toBe('closed');
      expect(events).toContain('notification.sent');
    }
  });

  it('is not stopped when it is well by the time the snapshot is complete', async () => {
    const { incident, writes } = await life((account) => {
      account.observe(({ operation }) => {
        if (operation === 'CreateSnapshots') account.services.ec2.cure(id);
      });
    });
    expect(writes).toEqual(['ec2:CreateSnapshots']);
    expect(['resolved', 'recovered']).toContain(incident?.state);
  });
});
