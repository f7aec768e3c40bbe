import type { Planning } from '../../remediations/remediation';
import { admit } from '../../runtime/admission';
import { openAccess } from '../../runtime/aws/access';
import { heard } from '../../runtime/store/heard-store';
import type { IncidentStore } from '../../runtime/store/incident-store';
import type { Surroundings } from '../../runtime/surroundings';
import type { Resource } from '../../signals/signal';
import { Refusal } from '../../simulator/refusal';
import type { GuardName } from '../../statemachines/guards/names';
import type { Incident } from '../../statemachines/incident';
import { committed } from '../../statemachines/step';
import { readsBesideVitals } from '../../vitals/reads-beside';
import type { Vitals } from '../../vitals/vitals';
import { aLimit, anIncident } from '../statemachines/incident';
import { policyOf, scene, someVitals, type Scene } from './world';

type Planned = Extract<Planning<unknown>, { kind: 'planned' }>;

const { resource: instance } = anIncident();
const group: Resource = { ...instance, kind: 'auto-scaling-group', id: 'web' };
const instanceKey = '111122223333/eu-central-1/ec2-instance/i-0abc';
const groupKey = '111122223333/eu-central-1/auto-scaling-group/web';
const alarmArn = 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:web-1-status';
const unavailable = new Refusal('ServiceUnavailable', 'try again', 503);

const planned: Planned = {
  kind: 'planned',
  plan: {},
  summary: 'reboot i-0abc',
  touches: [instance],
  group: { resource: group, size: 4, healthyOthers: 3 },
};

/** What AWS answers, by operation; what is a function may throw. */
type Answers = Readonly<Record<string, () => object>>;

const clearSky: Answers = {
  listAlarmMuteRules: () => ({ AlarmMuteRuleSummaries: [] }),
  listAutoshifts: () => ({ items: [] }),
  describeAvailabilityZones: () => ({
    AvailabilityZones: [{ ZoneName: 'eu-central-1a', ZoneId: 'euc1-az1', RegionName: 'eu-central-1' }],
  }),
};

const optedIn = { 'homeostat:heal': 'yes' };

function aScene(
  of: { readonly answers?: Answers; readonly instance?: Partial<Vitals>; readonly group?: Partial<Vitals> } = {},
): Scene {
  const healthy = () => ({ kind: 'healthy', detail: '' }) as const;
  const own = someVitals('ec2-instance', healthy, () => optedIn, {
    place: async () => ({ zone: 'eu-central-1a', groups: [group] }),
  });
  const ofGroup = someVitals('auto-scaling-group', healthy, () => ({}), {
    members: async () => ({ size: 4, sick: 1 }),
    busy: async () => undefined,
  });
  const it = scene({
    policy: policyOf(`
mode: act
rules: [{ name: web-tier, on: [ec2-instance-impaired], try: [reboot-instance], escalate: [oncall] }]
contacts: { oncall: { topic: 'arn:aws:sns:eu-central-1:111122223333:oncall' } }
windows: [{ name: freeze, cron: '0 0 1 1 *', for: 1h, then: observe }]
`),
    vitals: new Map<Vitals['kind'], Vitals>([
      ['ec2-instance', { ...own, ...of.instance }],
      ['auto-scaling-group', { ...ofGroup, ...of.group }],
    ]),
  });
  const answers = { ...clearSky, ...of.answers };
  it.answer = (operation) => answers[operation]?.() ?? {};
  it.now = Date.parse('2026-03-03T10:00:00Z');
  return it;
}

/** Sick for long, and seen so a moment ago. */
function sickIncident(it: Scene, over: Partial<Incident> = {}): Incident {
  const incident = anIncident({ limits: aLimit() });
  return {
    ...incident,
    evidence: { alarmArn },
    place: { zone: 'eu-central-1a', groups: [group] },
    openedAt: it.now,
    memory: { ...incident.memory, sickSince: it.now - 600_000, seenSickAt: it.now },
    ...over,
  };
}

async function asks(
  it: Scene,
  of: {
    readonly incident?: Incident;
    readonly to?: 'start' | 'ask' | 'record';
    readonly world?: Partial<Surroundings>;
    readonly plan?: Planned;
  } = {},
) {
  const world = { ...it.world, ...of.world };
  const incident = of.incident ?? sickIncident(it);
  const { aws } = openAccess(world.clients, world.clock, incident.resource, {
    by: 'the guards',
    reads: new Set(readsBesideVitals),
    writes: new Set(),
  });
  return admit(
    { type: 'admit', remediation: 'reboot-instance', to: of.to ?? 'start' },
    incident,
    of.plan ?? planned,
    aws,
    world,
  );
}

type Answer = Awaited<ReturnType<typeof asks>>;
const refusalsOf = ({ event }: Answer) => (event.type === 'admission.refused' ? event.refusals : []);

describe('leave to start', () => {
  it('claims what is touched and every group that it is in, and counts in rule, account, group, zone and region', async () => {
    const it = aScene();
    const { event, claim } = await asks(it);
    expect(event).toEqual({ type: 'admission.granted', at: it.now });
    expect(claim?.resources).toEqual([instanceKey, groupKey]);
    expect(claim?.scopes).toEqual([
      'rule/web-tier',
      'account/111122223333',
      groupKey,
      'zone/111122223333/eu-central-1a',
      'region/111122223333/eu-central-1',
    ]);
    expect(claim?.quotas).toContainEqual({ scope: groupKey, of: { startedWithinSeconds: 3_600 }, atMost: 4 });
  });

  it.each(['ask', 'record'] as const)('claims nothing when it is but to %s', async (to) => {
    const it = aScene();
    expect(await asks(it, { to })).toEqual({ event: { type: 'admission.granted', at: it.now } });
  });

  it('claims nothing when it is refused, and says why', async () => {
    const answer = await asks(aScene(), {
      plan: { ...planned, group: { resource: group, size: 4, healthyOthers: 1 } },
    });
    expect(refusalsOf(answer)).toEqual([
      { guard: 'min-healthy', reason: 'web would have 1 of 4 healthy, and must keep 2' },
    ]);
    expect(answer.claim).toBeUndefined();
  });

  it('is refused without a plan at hand', async () => {
    const it = aScene();
    const { aws } = openAccess(it.world.clients, it.world.clock, instance, {
      by: 'x',
      reads: new Set(),
      writes: new Set(),
    });
    const effect = { type: 'admit', remediation: 'reboot-instance', to: 'start' } as const;
    const answer = await admit(effect, sickIncident(it), undefined, aws, it.world);
    expect(refusalsOf(answer)[0]?.reason).toBe('its plan is no longer at hand');
  });

  it('after a storm is one for each pace, though two ask at once', async () => {
    const it = aScene();
    for (let other = 0; other < 4; other += 1) {
      const opened = committed({ ...anIncident(), id: `inc-${other}`, resource: { ...instance, id: `i-${other}` } });
      const incident = { ...opened, openedAt: it.now - 16 * 60_000 };
      await it.store.commit({ incident, entries: [], signals: [], watches: [], sightings: [groupKey] });
    }
    const { claim } = await asks(it);
    expect(claim?.quotas).toContainEqual({ scope: groupKey, of: { startedWithinSeconds: 120 }, atMost: 1 });
  });
});

/** Each source that guards decide on, made live, and broken. */
const sources: readonly {
  readonly guard: GuardName;
  readonly fires: () => Promise<Answer>;
  readonly broken: () => Promise<Answer>;
}[] = [
  {
    guard: 'hold',
    fires: async () => {
      const it = aScene();
      await it.store.setHold({ of: 'everything', by: 'oncall', reason: 'a release', at: 0 });
      return asks(it);
    },
    broken: async () => {
      const it = aScene();
      return asks(it, { world: { store: without(it, 'holds') } });
    },
  },
  {
    guard: 'mode',
    fires: async () => {
      const it = aScene();
      it.now = Date.parse('2027-01-01T00:30:00Z');
      return asks(it);
    },
    broken: async () => {
      const it = aScene();
      const [window] = it.world.policy.windows;
      const windows = window ? [{ ...window, timezone: 'Nowhere/Land' }] : [];
      return asks(it, { world: { policy: { ...it.world.policy, windows } } });
    },
  },
  {
    guard: 'consent',
    fires: async () => asks(aScene({ instance: { tags: async () => ({}) } })),
    broken: async () => asks(aScene({ instance: { tags: () => Promise.reject(unavailable) } })),
  },
  {
    guard: 'mute',
    fires: async () => asks(aScene({ answers: mutedBy('release') })),
    broken: async () => asks(aScene({ answers: { listAlarmMuteRules: thrown } })),
  },
  {
    guard: 'evidence',
    fires: async () => {
      const it = aScene();
      const incident = sickIncident(it);
      const rule = { ...incident.rule, holdDownSeconds: 900 };
      return asks(it, { incident: { ...incident, rule } });
    },
    broken: async () => {
      const it = aScene();
      const incident = sickIncident(it);
      return asks(it, { incident: { ...incident, memory: { ...incident.memory, seenSickAt: null } } });
    },
  },
  {
    guard: 'backoff',
    fires: async () => {
      const it = aScene();
      const incident = sickIncident(it);
      const rule = { ...incident.rule, limits: aLimit({ backoffSeconds: 300 }) };
      const memory = { ...incident.memory, lastStartAt: it.now - 60_000, spent: 1 };
      return asks(it, { incident: { ...incident, rule, memory } });
    },
    broken: async () => {
      const it = aScene();
      const incident = sickIncident(it);
      const memory = { ...incident.memory, lastStartAt: NaN, spent: 1 };
      return asks(it, { incident: { ...incident, memory } });
    },
  },
  {
    guard: 'storm',
    fires: async () => asks(aScene({ group: { members: async () => ({ size: 4, sick: 2 }) } })),
    broken: async () => {
      const it = aScene();
      return asks(it, { world: { store: without(it, 'sightings') } });
    },
  },
  {
    guard: 'autoshift',
    fires: async () =>
      asks(aScene({ answers: { listAutoshifts: () => ({ items: [{ awayFrom: 'euc1-az1', status: 'ACTIVE' }] }) } })),
    broken: async () => asks(aScene({ answers: { listAutoshifts: thrown } })),
  },
  {
    guard: 'busy',
    fires: async () => asks(aScene({ group: { busy: async () => 'an instance refresh of web is InProgress' } })),
    broken: async () => asks(aScene({ group: { busy: () => Promise.reject(unavailable) } })),
  },
  {
    guard: 'lock',
    fires: async () => {
      const it = aScene();
      await touching(it, [groupKey], ['rule/other']);
      return asks(it);
    },
    broken: async () => {
      const it = aScene();
      return asks(it, { world: { store: without(it, 'holdings') } });
    },
  },
  {
    guard: 'at-once',
    fires: async () => {
      const it = aScene();
      await touching(it, ['elsewhere'], ['rule/web-tier']);
      return asks(it);
    },
    broken: async () => {
      const it = aScene();
      return asks(it, { world: { store: without(it, 'holdings') } });
    },
  },
  {
    guard: 'per-hour',
    fires: async () => {
      const it = aScene();
      for (let turn = 0; turn < 4; turn += 1) await touching(it, [`elsewhere-${turn}`], [groupKey]);
      return asks(it);
    },
    broken: async () => {
      const it = aScene();
      return asks(it, { world: { store: without(it, 'holdings') } });
    },
  },
  {
    guard: 'min-healthy',
    fires: async () => asks(aScene(), { plan: { ...planned, group: { resource: group, size: 2, healthyOthers: 0 } } }),
    broken: async () =>
      asks(aScene(), { plan: { ...planned, group: { resource: group, size: NaN, healthyOthers: 3 } } }),
  },
];

/** The store, which does not answer this. */
function without(it: Scene, method: 'holds' | 'sightings' | 'holdings'): IncidentStore {
  return { ...heard(it.store, () => undefined), [method]: () => Promise.reject(unavailable) };
}

function thrown(): never {
  throw unavailable;
}

function mutedBy(name: string): Answers {
  const arn = `arn:aws:cloudwatch:eu-central-1:111122223333:alarm-mute-rule:${name}`;
  return {
    listAlarmMuteRules: () => ({ AlarmMuteRuleSummaries: [{ AlarmMuteRuleArn: arn, Status: 'ACTIVE' }] }),
    getAlarmMuteRule: () => ({ Name: name, Status: 'ACTIVE', MuteTargets: { AlarmNames: ['web-1-status'] } }),
  };
}

/** Another incident that has started something which these count in, and touches it still. */
async function touching(it: Scene, resources: readonly string[], scopes: readonly string[]): Promise<void> {
  const opened = anIncident();
  const id = `inc-other-${resources.join()}`;
  const incident = committed({ ...opened, id, resource: { ...instance, id: `i-${id}` }, state: 'checking' });
  const claim = { resources, at: it.now - 60_000, scopes, quotas: [] };
  const result = await it.store.commit({ incident, entries: [], signals: [], watches: [], sightings: [], claim });
  expect(result.kind).toBe('committed');
}

describe('each guard', () => {
  it.each(sources)('refuses by what it reads: $guard', async ({ guard, fires }) => {
    expect(refusalsOf(await fires()).map((refusal) => refusal.guard)).toEqual([guard]);
  });

  it.each(sources)('refuses when what it reads is broken: $guard', async ({ guard, broken }) => {
    const answer = await broken();
    expect(refusalsOf(answer).map((refusal) => refusal.guard)).toContain(guard);
    expect(answer.claim).toBeUndefined();
  });

  it('is asked of a resource of a kind that nothing can look at, and all that need a look refuse', async () => {
    const volume: Resource = { ...instance, kind: 'volume', id: 'vol-1' };
    const answer = await asks(aScene(), { plan: { ...planned, touches: [volume], group: 'alone' } });
    expect(refusalsOf(answer).map((refusal) => refusal.guard)).toEqual(['consent', 'storm', 'autoshift', 'busy']);
    expect(refusalsOf(answer)[0]?.reason).toContain('nothing reads the tags of volume vol-1');
  });
});
