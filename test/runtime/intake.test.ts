import { RedeliveryError, takeEvent, type Decision } from '../../runtime/intake';
import { heard } from '../../runtime/store/heard-store';
import type { IncidentStore } from '../../runtime/store/incident-store';
import { readEvent } from '../../signals';
import type { Resource } from '../../signals/signal';
import { inMode } from '../../statemachines/policy';
import type { Vitals } from '../../vitals/vitals';
import { sampleEvent } from '../signals/event-files';
import { actingPolicy, aRemediation, minute, policyOf, scene, someVitals, type Scene } from './world';

const alarm = sampleEvent('cloudwatch/instance-status-alarm');
const backToOk = sampleEvent('cloudwatch/instance-status-ok');
const at = Date.parse('2026-03-01T10:00:00Z');
const sick = '111122223333/eu-west-1/ec2-instance/i-0a1b2c3d4e5f60718';

const contacts = `
contacts:
  oncall: { topic: 'arn:aws:sns:eu-central-1:111122223333:oncall', format: email }
`;

function aScene(setting: Parameters<typeof scene>[0] = {}): Scene {
  const it = scene({
    remediations: [aRemediation({ check: async () => ({ kind: 'pending', detail: 'it boots' }) })],
    ...setting,
  });
  it.now = at;
  return it;
}

const kinds = (decisions: readonly Decision[]): string[] => decisions.map(({ decision }) => decision);

async function opened(it: Scene): Promise<string> {
  const [decision] = await takeEvent(alarm, it.world);
  if (decision?.incident === undefined) throw new Error(`It was not opened: ${decision?.reason ?? ''}`);
  return decision.incident;
}

/** Another alarm on the same instance. */
function otherAlarm(state: 'ALARM' | 'OK'): object {
  const arn = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:web-1 other';
  const event = state === 'OK' ? backToOk : alarm;
  return { ...event, resources: [arn], detail: { ...event.detail, alarmName: 'web-1 other' } };
}

describe('an alarm', () => {
  it('opens an incident, named the same by whoever is told of it', async () => {
    const it = aScene();
    const [decision, ...more] = await takeEvent(alarm, it.world);
    expect(decision).toEqual({
      eventId: alarm.id,
      decision: 'opened',
      incident: expect.stringMatching(/^inc-[0-9a-f]{12}$/) as string,
    });
    expect(more).toEqual([]);
    expect(await opened(aScene())).toBe(decision?.incident);
    const [incident] = await it.store.openOn(sick);
    expect(incident).toMatchObject({ id: decision?.incident, condition: 'ec2-instance-impaired', openedAt: at });
  });

  it('delivered twice is a duplicate, whatever the id of its event', async () => {
    const it = aScene();
    await opened(it);
    const calls = it.log.length;
    expect(await takeEvent({ ...alarm, id: 'another' }, it.world)).toEqual([
      { eventId: 'another', decision: 'ignored', reason: 'a duplicate: this was told before and is taken account of' },
    ]);
    expect(it.log).toHaveLength(calls);
  });

  it('delivered to two workers at once opens one incident and starts one remediation', async () => {
    const it = aScene();
    const decisions = await Promise.all([takeEvent(alarm, it.world), takeEvent(alarm, it.world)]);
    expect(decisions.flatMap(kinds).toSorted()).toEqual(['ignored', 'opened']);
    expect(it.log.filter((line) => line === 'rebootInstances')).toHaveLength(1);
    expect(it.store.open()).toHaveLength(1);
  });

  it('on a resource that has an open incident joins it', async () => {
    const it = aScene();
    const incident = await opened(it);
    expect(await takeEvent(otherAlarm('ALARM'), it.world)).toEqual([
      { eventId: alarm.id, decision: 'joined', incident },
    ]);
    expect((await it.store.history(incident)).at(-1)?.event.type).toBe('signal.repeated');
    expect(it.store.open()).toHaveLength(1);
  });

  it('with two alarms on one resource at once opens one incident, which the other joins', async () => {
    const it = aScene();
    const decisions = await Promise.all([takeEvent(alarm, it.world), takeEvent(otherAlarm('ALARM'), it.world)]);
    expect(decisions.flatMap(kinds).toSorted()).toEqual(['joined', 'opened']);
    expect(it.store.open()).toHaveLength(1);
  });

  it('of another sickness of the same resource opens an incident of its own, so that none is forgotten', async () => {
    const policy = policyOf(`
mode: act
rules:
  - { name: web, on: [ec2-instance-impaired, ec2-host-impaired], try: [], wait: 1h, escalate: [oncall] }
contacts: { oncall: { topic: 'arn:aws:sns:eu-west-1:111122223333:oncall' } }
`);
    const it = aScene({ policy });
    await opened(it);
    const [decision] = await takeEvent(sampleEvent('cloudwatch/host-status-alarm'), it.world);
    const conditions = it.store.open().map(({ incident }) => incident.condition);
    expect(decision?.decision).toBe('opened');
    expect(conditions.toSorted()).toEqual(['ec2-host-impaired', 'ec2-instance-impaired']);
  });

  it('that no rule takes is ignored, with the condition that none is on', async () => {
    expect(await takeEvent(sampleEvent('cloudwatch/host-status-alarm'), aScene().world)).toMatchObject([
      { decision: 'ignored', reason: 'no rule is on ec2-host-impaired' },
    ]);
  });
});

describe('back to OK', () => {
  it('of the alarm that told of it reaches the incident', async () => {
    const it = aScene({ remediations: [aRemediation()] });
    const incident = await opened(it);
    expect(await takeEvent(backToOk, it.world)).toEqual([{ eventId: backToOk.id, decision: 'recovered', incident }]);
    expect((await it.store.history(incident)).map(({ event }) => event.type)).toContain('signal.recovered');
  });

  it('that changes nothing is a look and no commit, and one that does is taken account of once', async () => {
    const it = aScene();
    await opened(it);
    const before = it.commits();
    expect(kinds(await takeEvent(backToOk, it.world))).toEqual(['recovered']);
    expect(kinds(await takeEvent(backToOk, it.world))).toEqual(['recovered']);
    expect(it.commits()).toEqual(before);

    const done = aScene({ remediations: [aRemediation()] });
    await opened(done);
    expect(kinds(await takeEvent(backToOk, done.world))).toEqual(['recovered']);
    expect(await takeEvent(backToOk, done.world)).toMatchObject([
      { decision: 'ignored', reason: expect.stringMatching(/^a duplicate/) as string },
    ]);
  });

  it('reaches all that it concerns, though another worker advances one of them meanwhile', async () => {
    const it = aScene({ remediations: [aRemediation()] });
    const first = (await it.store.read(await opened(it)))!;
    const second = { ...first, id: 'inc-2', condition: 'ec2-host-impaired', revision: 1 };
    const nothing = { entries: [], signals: [], watches: [], sightings: [] };
    await it.store.commit({ incident: second, ...nothing });
    let isFirst = true;
    it.beforeCommit = async ({ incident }) => {
      if (incident.id !== 'inc-2' || !isFirst) return;
      isFirst = false;
      await it.store.commit({ incident: { ...second, revision: 2 }, ...nothing });
    };
    expect(kinds(await takeEvent(backToOk, it.world))).toEqual(['recovered']);
    for (const id of [first.id, 'inc-2'])
      expect((await it.store.history(id)).map(({ event }) => event.type)).toContain('signal.recovered');
  });

  it('of another alarm on the same resource does not', async () => {
    const it = aScene();
    const incident = await opened(it);
    const before = await it.store.read(incident);
    expect(await takeEvent(otherAlarm('OK'), it.world)).toMatchObject([
      { decision: 'ignored', reason: expect.stringMatching(/^no open incident waits for it: /) as string },
    ]);
    expect(await it.store.read(incident)).toEqual(before);
  });

  it('with nothing open is ignored', async () => {
    expect(kinds(await takeEvent(backToOk, aScene().world))).toEqual(['ignored']);
  });
});

describe('progress', () => {
  const running = sampleEvent('ec2/instance-running');
  const ofSick = {
    ...running,
    region: 'eu-west-1',
    detail: { 'instance-id': 'i-0a1b2c3d4e5f60718', state: 'running' },
  };
  const launched = sampleEvent('autoscaling/launch-successful');
  const ofGroup = {
    ...launched,
    region: 'eu-west-1',
    account: '111122223333',
    detail: { ...launched.detail, AutoScalingGroupName: 'web', EC2InstanceId: 'i-0ffffffffffffffff' },
  };

  it('of the resource makes the incident look at once', async () => {
    const it = aScene();
    const incident = await opened(it);
    it.log.length = 0;
    expect(await takeEvent(ofSick, it.world)).toEqual([{ eventId: running.id, decision: 'progress', incident }]);
    expect(it.log).toContain('check');
  });

  it('of the group that it watches does so too, and what was told twice is looked at twice', async () => {
    const group = { kind: 'auto-scaling-group', id: 'web', account: '111122223333', region: 'eu-west-1' } as const;
    const it = aScene({
      remediations: [
        aRemediation({
          start: async () => ({ kind: 'started', progressOf: group }),
          check: async () => ({ kind: 'pending', detail: 'it launches' }),
        }),
      ],
    });
    const incident = await opened(it);
    it.log.length = 0;
    for (const time of [1, 2]) {
      const decisions = await takeEvent(ofGroup, it.world);
      expect(decisions).toContainEqual({ eventId: launched.id, decision: 'progress', incident });
      expect(it.log.filter((line) => line === 'check')).toHaveLength(time);
    }
  });

  it('that nobody waits for is ignored', async () => {
    expect(await takeEvent(ofSick, aScene().world)).toEqual([
      {
        eventId: running.id,
        decision: 'ignored',
        reason: 'no open incident waits for it: i-0a1b2c3d4e5f60718 is running',
      },
    ]);
  });
});

describe('an event', () => {
  it('with two signals gives two decisions, in their order, each of its own incident', async () => {
    const policy = policyOf(`
mode: act
rules: [{ name: retiring, on: [ec2-instance-retiring], try: [], escalate: [oncall] }]
${contacts}`);
    const it = aScene({ policy, takesFrom: { accounts: 'any', regions: 'any' } });
    const decisions = await takeEvent(sampleEvent('health/retirement-page-2-of-2'), it.world);
    expect(kinds(decisions)).toEqual(['opened', 'opened']);
    const open = await Promise.all(decisions.map(({ incident = '' }) => it.store.read(incident)));
    expect(open.map((incident) => incident?.resource.id)).toEqual(['i-0aaaaaaaaaaaaaaa3', 'i-0aaaaaaaaaaaaaaa4']);
  });

  it('of another account is refused, and says which', async () => {
    const [decision] = await takeEvent(
      sampleEvent('cloudwatch/instance-status-alarm', { account: '999988887777' }),
      aScene().world,
    );
    expect(decision).toMatchObject({
      eventId: alarm.id,
      decision: 'refused',
      reason: expect.stringContaining('999988887777') as string,
    });
  });

  it('of an account that the policy names is taken, though the program runs in another', async () => {
    const it = aScene({
      policy: { ...actingPolicy, accounts: ['111122223333'] },
      takesFrom: { accounts: ['999988887777'], regions: 'any' },
    });
    expect(kinds(await takeEvent(alarm, it.world))).toEqual(['opened']);
  });

  it('that asks nothing of us is ignored, with a reason', async () => {
    const [decision] = await takeEvent(sampleEvent('s3/object-created'), aScene().world);
    expect(decision).toMatchObject({ decision: 'ignored', reason: expect.stringMatching(/\w/) as string });
  });

  it.each([
    ['nothing', undefined, ''],
    ['a text', 'hello', ''],
    ['a list', [], ''],
    ['an object with a number for an id', { id: 7 }, ''],
    ['an object with a hostile id', { id: `e\u001b[31m\n${'x'.repeat(300)}` }, `e ${'x'.repeat(97)}…`],
  ])('that is %s is invalid, with a reason, and harms nothing', async (_what, event, eventId) => {
    const it = aScene();
    const [decision, ...more] = await takeEvent(event, it.world);
    expect(decision).toEqual({ eventId, decision: 'invalid', reason: expect.stringMatching(/\w/) as string });
    expect(more).toEqual([]);
    expect(it.log).toEqual([]);
  });

  it('that others keep overtaking is given back, to be delivered again', async () => {
    const it = aScene();
    const store: IncidentStore = { ...it.world.store, commit: async () => ({ kind: 'lost' }) };
    const taking = takeEvent(alarm, { ...it.world, store });
    await expect(taking).rejects.toThrow(RedeliveryError);
    await expect(taking).rejects.toThrow(`event ${alarm.id as string} must be delivered again`);
  });
});

describe('a rule that asks for tags', () => {
  const policy = policyOf(`
mode: act
rules:
  - name: web
    on: [ec2-instance-impaired]
    where: { tags: { service: web } }
    try: []
    escalate: [oncall]
${contacts}`);

  it('takes what has them at AWS', async () => {
    const it = aScene({ policy });
    it.tags = { service: 'web' };
    expect(kinds(await takeEvent(alarm, it.world))).toEqual(['opened']);
  });

  it('leaves what has others', async () => {
    const it = aScene({ policy });
    it.tags = { service: 'shop' };
    expect(await takeEvent(alarm, it.world)).toMatchObject([
      {
        decision: 'ignored',
        reason: 'no rule on ec2-instance-impaired takes ec2-instance i-0a1b2c3d4e5f60718: see its where',
      },
    ]);
  });

  it('asks for the event again while tags cannot be read, with the reason, and takes it then', async () => {
    let denied = true;
    const vitals: Vitals = {
      ...someVitals(
        'ec2-instance',
        () => ({ kind: 'unhealthy', detail: 'ill' }),
        () => ({}),
      ),
      tags: async () => {
        if (denied) throw new Error('not authorized');
        return { service: 'web' };
      },
    };
    const it = aScene({ policy, vitals: new Map([['ec2-instance', vitals]]) });
    const taking = takeEvent(alarm, it.world);
    await expect(taking).rejects.toThrow(RedeliveryError);
    await expect(taking).rejects.toThrow(
      'rule web cannot decide: it asks for tags, and the tags of i-0a1b2c3d4e5f60718 could not be read; event',
    );
    denied = false;
    expect(kinds(await takeEvent(alarm, it.world))).toEqual(['opened']);
  });

  it('leaves what nobody can read the tags of, so that no later rule gets it', async () => {
    const catchAll = policyOf(`
mode: act
rules:
  - name: kept-off
    on: [ec2-instance-impaired]
    where: { tags: { service: vault } }
    mode: observe
    try: []
    escalate: [oncall]
  - name: all-others
    on: [ec2-instance-impaired]
    try: []
    escalate: [oncall]
${contacts}`);
    const it = aScene({ policy: catchAll, vitals: new Map() });
    expect(await takeEvent(alarm, it.world)).toMatchObject([
      { decision: 'ignored', reason: expect.stringMatching(/^rule kept-off cannot decide/) as string },
    ]);
  });
});

describe('the mode', () => {
  const freeze = (then: 'observe' | 'approve') =>
    ({ name: 'freeze', cron: '0 9 * * 0', timezone: 'UTC', forSeconds: 2 * 3_600, then }) as const;

  it('is pinned when the incident opens: a window that is open then makes it observe, to its end', async () => {
    const it = aScene({ policy: { ...actingPolicy, windows: [freeze('observe')] } });
    const incident = await opened(it);
    it.now += 24 * 60 * minute;
    await it.wakes(incident);
    expect(it.ended).toMatchObject([{ id: incident, state: 'observed', rule: { mode: 'observe' } }]);
    expect(it.log).not.toContain('start');
  });

  it('of a window that approves asks a person first', async () => {
    const it = aScene({ policy: { ...actingPolicy, windows: [freeze('approve')] } });
    expect(await it.store.read(await opened(it))).toMatchObject({
      state: 'awaitingApproval',
      rule: { mode: 'approve' },
    });
    expect(it.log).toContain('notify approval oncall');
  });

  it('is not changed by a window that opens later', async () => {
    const it = aScene({ policy: { ...actingPolicy, windows: [freeze('observe')] } });
    it.now = at - 61 * minute;
    expect(await it.store.read(await opened(it))).toMatchObject({ state: 'checking', rule: { mode: 'act' } });
  });

  it('of a policy that observes touches nothing', async () => {
    const it = aScene({ policy: inMode('observe', actingPolicy) });
    const incident = await opened(it);
    it.now += 24 * 60 * minute;
    await it.wakes(incident);
    expect(it.ended.map(({ state }) => state)).toEqual(['observed']);
    expect(it.log.filter((line) => /start|notify|reboot/.test(line))).toEqual([]);
  });
});

describe('what Homeostat does itself', () => {
  const arn = (role: string): string => `arn:aws:sts::111122223333:assumed-role/${role}/inc-0a1b2c3d4e5f`;
  const callBy = (identity: string): object => ({
    ...alarm,
    source: 'aws.ec2',
    'detail-type': 'AWS API Call via CloudTrail',
    resources: [],
    detail: { eventName: 'StopInstances', instance: 'i-0a1b2c3d4e5f60718', userIdentity: { arn: identity } },
  });
  const watchful = policyOf(`
mode: act
rules:
  - name: stopped
    events: { source: [aws.ec2], detail: { instance: [{ exists: true }] } }
    resource: { kind: ec2-instance, id: { path: detail.instance } }
    try: [reboot-instance]
    escalate: [oncall]
${contacts}`);
  const within = () => aScene({ policy: watchful, rolePrefix: 'homeostat-' });

  it('opens no incident: what tells of a call under one of its roles is ignored, and says for which incident', async () => {
    const it = within();
    expect(await takeEvent(callBy(arn('homeostat-stop-start-instance')), it.world)).toEqual([
      {
        eventId: alarm.id,
        decision: 'ignored',
        reason: 'it tells of what Homeostat itself did, for inc-0a1b2c3d4e5f',
      },
    ]);
    expect(kinds(await takeEvent(callBy(arn('somebody')), it.world))).toEqual(['opened']);
  });

  it('opens no incident by telling of it either: what says that Homeostat sent it is refused', async () => {
    const own = { ...callBy(arn('somebody')), source: 'homeostat', 'detail-type': 'x' };
    expect(kinds(await takeEvent(own, within().world))).toEqual(['refused']);
  });
});

describe('what falls sick while an incident touches it', () => {
  const group: Resource = {
    kind: 'auto-scaling-group',
    id: 'web',
    account: '111122223333',
    region: 'eu-west-1',
  };
  const ofGroup = sampleEvent('cloudwatch/group-cpu-alarm');
  const groupAlarm = { ...ofGroup, region: 'eu-west-1', resources: [] };
  const well = () => ({ kind: 'healthy', detail: 'all is well' }) as const;

  function grouped(isSick = true): Scene {
    const id = idOfGroup();
    const sickness = { kind: 'unhealthy', detail: 'i-0abc fails its check' } as const;
    const instances = someVitals(
      'ec2-instance',
      () => (isSick ? sickness : well()),
      () => ({ 'homeostat:heal': 'yes' }),
      { place: async () => ({ groups: [{ ...group, id }] }) },
    );
    const groups = someVitals('auto-scaling-group', well, () => ({}));
    return aScene({
      vitals: new Map<Vitals['kind'], Vitals>([
        ['ec2-instance', instances],
        ['auto-scaling-group', groups],
      ]),
      policy: policyOf(`
mode: act
rules:
  - { name: web, on: [ec2-instance-impaired, ec2-host-impaired], try: [reboot-instance], escalate: [oncall] }
  - { name: load, on: [group-overloaded], try: [], escalate: [oncall] }
${contacts}`),
    });
  }

  function idOfGroup(): string {
    const reading = readEvent(groupAlarm, { accounts: 'any', regions: 'any', mappings: [] });
    if (reading.kind !== 'signals') throw new Error(reading.reason);
    return reading.signals[0].resource.id;
  }

  it('is told to that incident, which has to answer for it, and opens none', async () => {
    const it = grouped();
    const cause = await opened(it);
    expect((await it.store.read(cause))?.state).toBe('checking');
    const [decision] = await takeEvent(groupAlarm, it.world);
    expect(decision).toMatchObject({
      decision: 'joined',
      incident: cause,
      reason: 'that incident is touching it, and has to answer for it',
    });
    expect((await it.store.read(cause))?.memory.echoes).toBe(1);
    const [host] = await takeEvent(sampleEvent('cloudwatch/host-status-alarm'), it.world);
    expect(host).toMatchObject({ decision: 'joined', incident: cause });
  });

  it('opens an incident when it is another member of the group, which may be sick by itself', async () => {
    const it = grouped();
    await opened(it);
    const text = JSON.stringify(alarm).replaceAll('i-0a1b2c3d4e5f60718', 'i-0a1b2c3d4e5f60799');
    const other = JSON.parse(text) as typeof alarm;
    const told = { ...other, id: 'other', resources: [], detail: { ...other.detail, alarmName: 'web-2' } };
    expect(kinds(await takeEvent(told, it.world))).toEqual(['opened']);
  });

  it('opens an incident of its own where the other has started nothing, or only observes', async () => {
    for (const policy of [undefined, 'observe'] as const) {
      const it = grouped(false);
      const world = policy ? { ...it.world, policy: inMode('observe', it.world.policy) } : it.world;
      const [alarmArn = ''] = alarm['resources'] as string[];
      it.answer = () => ({ MetricAlarms: [{ AlarmArn: alarmArn, StateValue: 'OK' }] });
      const [first] = await takeEvent(alarm, world);
      expect((await it.store.read(first?.incident ?? ''))?.state).toBe('settling');
      expect(kinds(await takeEvent(groupAlarm, world))).toEqual(['opened']);
    }
  });

  it('opens an incident of its own while nothing is being touched', async () => {
    const it = grouped();
    expect(kinds(await takeEvent(groupAlarm, it.world))).toEqual(['opened']);
  });
});

describe('a sickness that comes back', () => {
  const again = (minutes: number): object => {
    const timestamp = new Date(at + minutes * minute).toISOString();
    return {
      ...alarm,
      id: `again-${minutes}`,
      detail: { ...alarm.detail, state: { ...(alarm.detail['state'] as object), timestamp } },
    };
  };

  async function healed(): Promise<Scene> {
    const it = aScene({ remediations: [aRemediation()] });
    await opened(it);
    it.health = { kind: 'healthy', detail: 'it is well' };
    const [alarmArn = ''] = alarm['resources'] as string[];
    it.answer = () => ({ MetricAlarms: [{ AlarmArn: alarmArn, StateValue: 'OK' }] });
    while (it.armed.size > 0) await it.wakes();
    expect(it.ended.map(({ state }) => state)).toEqual(['resolved']);
    it.answer = () => ({});
    it.health = { kind: 'unhealthy', detail: 'it is ill again' };
    return it;
  }

  it('soon after it was resolved counts as a failed attempt, and people are called when none is left', async () => {
    const it = await healed();
    it.now += 20 * minute;
    const [decision] = await takeEvent(again(30), it.world);
    expect(await it.store.read(decision?.incident ?? '')).toMatchObject({
      state: 'escalated',
      memory: { spent: 1, rung: 1, starts: 0 },
    });
    expect(it.log.filter((line) => line === 'start')).toHaveLength(1);
  });

  it('later is a new one, with all its attempts', async () => {
    const it = await healed();
    it.now += 121 * minute;
    const [decision] = await takeEvent(again(130), it.world);
    expect(await it.store.read(decision?.incident ?? '')).toMatchObject({ state: 'checking', memory: { spent: 0 } });
  });

  it('is not taken up while it cannot be read whether it is one: the event comes again', async () => {
    const it = await healed();
    it.now += 20 * minute;
    const broken = { ...heard(it.store, () => undefined), lastOn: () => Promise.reject(new Error('throttled')) };
    await expect(takeEvent(again(30), { ...it.world, store: broken })).rejects.toThrow('throttled');
    expect(await it.store.openOn(sick)).toEqual([]);
  });
});
