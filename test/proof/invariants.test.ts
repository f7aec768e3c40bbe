import { invariants } from '../../proof/invariants';
import { aLimit } from '../statemachines/incident';
import { begin, first, group, minute, Scene, second, second_, stranger, type Said } from './scene';

const other = 'i-0a000000000000002';
const fired = (revision: number) => ({ type: 'timer.fired', revision }) as const;
const gone = { type: 'symptom.gone', detail: 'well' } as const;
const started = { type: 'start.succeeded' } as const;

/** A scene in which one incident has started, and nothing is wrong. */
function underWay(rule: Parameters<Scene['opens']>[2] = {}): Scene {
  const scene = new Scene();
  scene.opens('inc-1', undefined, rule);
  scene.after(second).starts();
  return scene;
}

/** Two incidents on two members of one group, of which the first has started. */
function two(): Scene {
  const scene = underWay();
  scene.opens('inc-2', other);
  return scene;
}

test('an incident that is healed by the book breaks nothing', () => {
  const scene = new Scene();
  const said: Said[] = [scene.opens('inc-1', undefined, { waitSeconds: 60 })];
  said.push(scene.after(minute).starts(), scene.after(second).writes());
  said.push(scene.happens('inc-1', [started]));
  said.push(
    scene
      .after(minute)
      .happens('inc-1', [fired(scene.incident().wake?.revision ?? 0), { type: 'check.done', detail: 'done' }, gone]),
  );
  const { wake } = scene.incident();
  said.push(scene.after(3 * minute).happens('inc-1', [fired(wake?.revision ?? 0), gone]));
  expect(scene.incident().state).toBe('resolved');
  expect([...said, scene.ends()].flat()).toEqual([]);
});

/** What breaks an invariant, by its id and how that is told. */
const broken: readonly [id: string, what: string, said: () => Said][] = [
  [
    'I1',
    'is stored in',
    () => {
      const scene = underWay();
      return scene.happens('inc-1', [started], { incident: { ...scene.incident(), revision: 3, state: 'verifying' } });
    },
  ],
  [
    'I2',
    'goes from revision',
    () => {
      const scene = underWay();
      return scene.happens('inc-1', [started], { incident: { ...scene.incident(), revision: 2 } });
    },
  ],
  ['I3', 'takes account of', () => underWay().happens('inc-1', [started], { signals: ['signal of inc-1'] })],
  ['I3', 'is open on it', () => underWay().opens('inc-2')],
  [
    'I4',
    'which has no intent',
    () => {
      const scene = new Scene();
      scene.opens();
      return scene.writes();
    },
  ],
  ['I4', 'and the intent is reboot-instance', () => underWay().writes('inc-1', { remediation: 'stop-start-instance' })],
  [
    'I4',
    'is sent a second time',
    () => {
      const scene = underWay();
      scene.writes();
      return scene.writes();
    },
  ],
  [
    'I4',
    'nobody looked what came of the first',
    () => {
      const scene = underWay();
      scene.writes();
      return scene.after(2 * minute).writes('inc-1', { revision: 3 });
    },
  ],
  [
    'I4',
    'for refused, and AWS has done it',
    () => {
      const scene = underWay();
      scene.writes('inc-1', { isDone: true });
      return scene.happens('inc-1', [{ type: 'start.refused', reason: 'IncorrectState' }]);
    },
  ],
  ['I5', 'comes of revision', () => underWay().writes('inc-1', { revision: -1 })],
  [
    'I6',
    'had ended as',
    () => {
      const scene = underWay();
      scene.happens('inc-1', [{ type: 'incident.closed', by: 'alice' }]);
      return scene.happens('inc-1', [started]);
    },
  ],
  [
    'I6',
    'has ended',
    () => {
      const scene = underWay();
      scene.happens('inc-1', [{ type: 'incident.closed', by: 'alice' }]);
      return scene.writes();
    },
  ],
  [
    'I6',
    'which people have',
    () => {
      const scene = underWay();
      const incident = { ...scene.incident(), revision: 3, state: 'escalating' as const };
      scene.commits({ incident, entries: [], signals: [], watches: [], sightings: [] });
      return scene.writes();
    },
  ],
  [
    'I6',
    'for which people were called before',
    () => {
      const scene = underWay();
      const entries = [
        { at: begin, event: { ...started, at: begin }, from: 'escalating', to: 'escalated', calls: [] },
      ] as const;
      scene.happens('inc-1', [started], { entries });
      return scene.writes();
    },
  ],
  [
    'I7',
    'which holds no claim',
    () => {
      const scene = new Scene();
      scene.opens();
      return scene.writes();
    },
  ],
  [
    'I7',
    'touches the same',
    () => {
      const scene = two();
      scene.starts('inc-2', [second_, group]);
      return scene.writes('inc-2');
    },
  ],
  ['I7', 'claims what inc-1 touches', () => two().starts('inc-2', [second_, group])],
  [
    'I7',
    'touches the same group',
    () => {
      const scene = two();
      scene.happens('inc-1', [started]);
      scene.starts('inc-2', [second_]);
      return scene.writes('inc-2');
    },
  ],
  [
    'I8',
    'healthy, and 1 must be',
    () => {
      const scene = new Scene();
      scene.account.services.ec2.sicken(other, { kind: 'instance' });
      scene.opens();
      return scene.after(10 * minute).starts();
    },
  ],
  [
    'I9',
    'one more in rule/web-tier',
    () => {
      const scene = new Scene();
      const start = { at: begin, incident: 'inc-0', revision: 1, scopes: ['rule/web-tier'], sickness: 'another' };
      for (let count = 0; count < 4; count += 1) scene.truth.starts.push(start);
      scene.opens();
      return scene.after(5 * minute).starts();
    },
  ],
  [
    'I9',
    'while 1 others touch something',
    () => {
      const scene = new Scene({ limits: { ...new Scene().truth.policy.limits, account: { atOnce: 1, perHour: 8 } } });
      scene.opens();
      scene.starts();
      scene.happens('inc-1', [started]);
      scene.opens('inc-2', other);
      return scene.starts('inc-2', [second_]);
    },
  ],
  [
    'I10',
    'have fallen sick in',
    () => {
      const scene = new Scene();
      scene.opens();
      const [scope = ''] = scene.truth.openings[0]?.scopes ?? [];
      for (let count = 0; count < 20; count += 1)
        scene.truth.openings.push({ at: begin + minute, resource: `r-${count}`, scopes: [scope] });
      return scene.after(3 * minute + second).starts();
    },
  ],
  [
    'I11',
    'starts attempt 3 of 2',
    () => {
      const scene = new Scene();
      scene.opens();
      const sickness = `${first}/ec2-instance-impaired`;
      for (const revision of [11, 12]) {
        scene.truth.starts.push({ at: begin - 2 * 60 * minute, incident: 'inc-1', revision, scopes: [], sickness });
        scene.writes('inc-1', { revision });
      }
      return scene.starts();
    },
  ],
  [
    'I11',
    'seconds after the last attempt',
    () => {
      const scene = new Scene();
      scene.opens('inc-1', undefined, { limits: aLimit({ backoffSeconds: 600 }) });
      const sickness = `${first}/ec2-instance-impaired`;
      scene.truth.starts.push({ at: begin, incident: 'inc-0', revision: 2, scopes: [], sickness });
      scene.writes('inc-1', { incident: 'inc-0', revision: 2 });
      return scene.after(minute).starts();
    },
  ],
  ['I12', 'names nothing that it may touch', () => underWay().writes('inc-1', { touches: [] })],
  ['I12', 'may touch what is not in its plan', () => underWay().writes('inc-1', { touches: [second_] })],
  ['I12', 'names none of', () => underWay().writes('inc-1', { input: { InstanceIds: [other] } })],
  ['I13', 'starts a plan that nobody has agreed to', () => underWayAnd({ mode: 'approve' })],
  [
    'I14',
    "starts with 1 of 2 people's consent",
    () => {
      const scene = new Scene();
      scene.opens('inc-1', undefined, {
        ladder: [{ remediation: 'reboot-instance', approval: 'twoPeople', parameters: {} }],
      });
      scene.truth.consents.push({ incident: 'inc-1', planHash: 'hash-1', by: 'alice', at: begin });
      return scene.after(minute).starts();
    },
  ],
  [
    'I14',
    'whose plan nobody has agreed to',
    () => {
      const scene = new Scene();
      scene.opens('inc-1', undefined, { mode: 'approve' });
      scene.starts();
      return scene.writes();
    },
  ],
  [
    'I14',
    'after the time to answer was over',
    () => {
      const scene = new Scene();
      scene.opens('inc-1', undefined, { mode: 'approve' });
      scene.starts('inc-1', [first]);
      expect(scene.incident().state).toBe('awaitingApproval');
      const event = {
        type: 'approval.granted',
        by: 'alice',
        planHash: 'hash-1',
        at: scene.now + 3 * 60 * minute,
      } as const;
      const late = { at: event.at, event, from: 'awaitingApproval', to: 'confirming', calls: [] } as const;
      return scene.after(3 * 60 * minute).happens('inc-1', [], { entries: [late] });
    },
  ],
  [
    'I15',
    'which was let start under a hold',
    () => {
      const scene = new Scene();
      scene.truth.holds.push({ of: 'everything', from: begin, until: Infinity });
      scene.opens();
      scene.after(10 * minute).starts();
      return scene.writes();
    },
  ],
  [
    'I16',
    'seconds ago',
    () =>
      underWay()
        .after(10 * minute)
        .writes(),
  ],
  [
    'I16',
    'which has been well for minutes',
    () => {
      const scene = underWay();
      scene.truth.wellSince.set('i-0a000000000000001', begin - 10 * minute);
      return scene.writes();
    },
  ],
  ['I16', 'seconds after it was told of', () => underWayAnd({ holdDownSeconds: 300 })],
  [
    'I17',
    'has been sick for',
    () => {
      const scene = underWay();
      scene.account.services.ec2.sicken('i-0a000000000000001', { kind: 'instance' });
      scene.truth.sickSince.set('i-0a000000000000001', begin);
      return scene.after(10 * minute).commits(ending(scene));
    },
  ],
  [
    'I17',
    'after it was first seen to be well',
    () => {
      const scene = underWay();
      scene.happens('inc-1', [started]);
      return scene.after(5 * minute).commits(ending(scene));
    },
  ],
  [
    'I18',
    'waits in checking for nothing',
    () => {
      const scene = underWay();
      return scene.happens('inc-1', [started], {
        incident: { ...scene.incident(), revision: 3, state: 'checking', wake: null },
      });
    },
  ],
  [
    'I18',
    'since long, and nothing is wrong any more',
    () =>
      underWay()
        .after(6 * 60 * minute)
        .ends(),
  ],
  [
    'I18',
    'no incident was ever open on it',
    () => {
      const scene = new Scene();
      scene.truth.sickSince.set(other, begin);
      scene.truth.alarmed.push({ at: begin + minute, instance: other, body: 'its alarm' });
      return scene.ends();
    },
  ],
  [
    'I19',
    'and 2 is armed',
    () => {
      const scene = underWay();
      const event = { ...fired(1), at: scene.now };
      const entries = [{ at: scene.now, event, from: 'starting', to: 'checking', calls: [] }] as const;
      return scene.happens('inc-1', [], { entries });
    },
  ],
  ['I19', 'seconds early', () => underWay().happens('inc-1', [fired(2)])],
  [
    'I20',
    'no message has named it',
    () => {
      const scene = underWay();
      const incident = { ...scene.incident(), revision: 3, state: 'escalated' as const };
      scene.commits({ incident, entries: [], signals: [], watches: [], sightings: [] });
      return scene.ends();
    },
  ],
  ['I21', 'which only observes', () => underWay().writes('inc-1', { mode: 'observe' })],
  [
    'I21',
    'and the policy only observes',
    () => {
      const scene = new Scene({ mode: 'observe' });
      scene.opens();
      scene.starts();
      return scene.writes();
    },
  ],
  ['I22', 'which it does not declare', () => underWay().writes('inc-1', { operation: 'TerminateInstances' })],
  ['I22', 'which nobody has opted in', () => underWay().writes('inc-1', { touches: [stranger] })],
  [
    'I21',
    'a window of the policy says observe',
    () => {
      const always = {
        name: 'freeze',
        cron: '0 0 * * *',
        timezone: 'UTC',
        forSeconds: 86_400,
        then: 'observe',
      } as const;
      const scene = new Scene({ windows: [always] });
      scene.opens();
      return scene.starts();
    },
  ],
  [
    'I22',
    'which is protected',
    () => {
      const scene = underWay();
      scene.account.services.ec2.instance('i-0a000000000000001')?.tags.set('homeostat:protect', 'yes');
      return scene.writes();
    },
  ],
  [
    'I23',
    'is about 999988887777',
    () => {
      const resource = { kind: 'ec2-instance', id: 'i-0', account: '999988887777', region: 'eu-central-1' } as const;
      return new Scene().opens('inc-1', undefined, {}, { resource });
    },
  ],
  [
    'I24',
    'was written by machine',
    () => {
      const scene = underWay();
      const { machine } = scene.incident();
      const incident = { ...scene.incident(), revision: 3, machine: { ...machine, version: machine.version + 1 } };
      return scene.happens('inc-1', [started], { incident });
    },
  ],
  ['I24', 'is advanced by worker 2', () => underWay().happens('inc-1', [], {}, 'worker 2', 1)],
  [
    'I25',
    'which inc-1 is touching',
    () => {
      const scene = underWay();
      scene.happens('inc-1', [started]);
      return scene.after(2 * minute).opens('inc-2', undefined, {}, { condition: 'ec2-host-impaired' });
    },
  ],
  [
    'I26',
    'whose plan takes no snapshot',
    () =>
      underWay({
        ladder: [{ remediation: 'replace-instance', approval: 'notRequired', parameters: {}, snapshotFirst: true }],
      }).writes('inc-1', { remediation: 'replace-instance' }),
  ],
];

const underWayAnd = (rule: Parameters<Scene['opens']>[2]): Said => {
  const scene = new Scene();
  scene.opens('inc-1', undefined, rule);
  return scene.after(second).starts();
};

/** The commit by which the incident is called healed at once. */
const ending = (scene: Scene): Parameters<Scene['commits']>[0] => {
  const { revision } = scene.incident();
  const event = { ...gone, at: scene.now };
  return {
    incident: { ...scene.incident(), revision: revision + 1, state: 'resolved', wake: null },
    entries: [{ at: scene.now, event, from: 'checking', to: 'resolved', calls: [] }],
    signals: [],
    watches: [],
    sightings: [],
  };
};

describe('an invariant', () => {
  it.each(broken)('%s is broken by what it says "%s" of', (id, what, said) => {
    expect(said().filter((one) => one.startsWith(`${id}: `) && one.includes(what))).toHaveLength(1);
  });

  it('of each kind has a way to be broken', () => {
    const ids = new Set(broken.map(([id]) => id));
    expect(invariants.filter(({ id }) => !ids.has(id))).toEqual([]);
  });

  it('has the number of a promise, each its own', () => {
    const numbers = invariants.map(({ id }) => Number(id.slice(1)));
    expect(numbers.filter((number) => number < 1 || number > 26)).toEqual([]);
  });
});
