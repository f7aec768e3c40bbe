import type { Planning, Remediation } from '../../remediations/remediation';
import { perform, type Performed } from '../../runtime/perform';
import type { Surroundings } from '../../runtime/surroundings';
import { planHashOf } from '../../runtime/plan-hash';
import type { Resource } from '../../signals/signal';
import { Refusal } from '../../simulator/refusal';
import type { Effect } from '../../statemachines/effect';
import type { Incident } from '../../statemachines/incident';
import { incidentEventSchema } from '../../statemachines/incident-event';
import type { Health } from '../../vitals/vitals';
import { anIncident } from '../statemachines/incident';
import { aRemediation, scene, someVitals, type Scene } from './world';

type Planned = Extract<Planning<unknown>, { kind: 'planned' }>;

const { resource } = anIncident();
const group: Resource = { ...resource, kind: 'auto-scaling-group', id: 'web' };
const planned: Planned = {
  kind: 'planned',
  plan: { instance: 'i-0abc' },
  summary: 'reboot i-0abc',
  touches: [resource],
  group: 'alone',
};

const effects = {
  look: { type: 'read-symptom' },
  plan: { type: 'plan', remediation: 'reboot-instance', parameters: { how: 'gently' } },
  admit: { type: 'admit', remediation: 'reboot-instance', to: 'start' },
  start: { type: 'start', remediation: 'reboot-instance', plan: { instance: 'i-0abc' } },
  check: { type: 'check', remediation: 'reboot-instance', plan: { instance: 'i-0abc' }, handle: 'h-1' },
  notify: { type: 'notify', kind: 'escalated', contact: 'oncall', ofMany: false },
} as const satisfies Record<string, Effect>;

async function does(
  effect: Effect,
  {
    by = {},
    it = scene({ remediations: [aRemediation(by)] }),
    incident = anIncident(),
    plan = planned,
  }: { by?: Partial<Remediation>; it?: Scene; incident?: Incident; plan?: Planned | undefined } = {},
): Promise<Performed> {
  it.now = 1_000;
  const performed = await perform(effect, { incident, planned: plan, history: [] }, it.world);
  // The machine takes what comes out, and the store keeps it as JSON.
  expect(incidentEventSchema.parse(JSON.parse(JSON.stringify(performed.event)))).toEqual(performed.event);
  return performed;
}

const throwing = (error: unknown) => async (): Promise<never> => {
  throw error;
};
const writing = (it: Scene, error: unknown) => {
  it.answer = () => {
    throw error;
  };
};

const denied = new Refusal('AccessDenied', 'not authorized to perform: ec2:RebootInstances', 403);
const unavailable = new Refusal('ServiceUnavailable', 'try again', 503);
const hungUp = Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
const unknownName = 'there is no remediation named gone; was it removed while an incident was using it?';

describe('looking for the symptom', () => {
  it.each([
    [{ kind: 'unhealthy', detail: 'it is ill' }, 'symptom.present'],
    [{ kind: 'healthy', detail: 'it is well' }, 'symptom.gone'],
    [{ kind: 'unknown', detail: 'it is a riddle' }, 'symptom.unreadable'],
  ] as const)('%j is %s', async (health, type) => {
    const it = scene();
    it.health = health;
    expect((await does(effects.look, { it })).event).toEqual({ type, at: 1_000, detail: health.detail });
  });

  it('is unreadable when the vitals throw, and says why', async () => {
    const sound = someVitals(
      'ec2-instance',
      () => ({ kind: 'healthy', detail: '' }),
      () => ({}),
    );
    const broken = { ...sound, health: throwing(denied) };
    const it = scene({ vitals: new Map([['ec2-instance', broken]]) });
    expect((await does(effects.look, { it })).event).toMatchObject({
      type: 'symptom.unreadable',
      detail: 'AccessDenied: not authorized to perform: ec2:RebootInstances',
    });
  });

  it('is unreadable for a kind of resource that nobody can look at', async () => {
    const it = scene({ vitals: new Map() });
    expect((await does(effects.look, { it })).event).toMatchObject({
      type: 'symptom.unreadable',
      detail: 'nothing can be read of ec2-instance i-0abc',
    });
  });
});

describe('planning', () => {
  it('that finds more to lose asks anew: what would be lost is part of what a person approves', async () => {
    const hashOf = async (destroys: readonly string[]) => {
      const by: Partial<Remediation> = { plan: async () => ({ ...planned, destroys }) };
      const { event } = await does(effects.plan, { by });
      return event.type === 'plan.made' ? event.planHash : undefined;
    };
    expect(await hashOf(['the volume vol-1'])).toBeDefined();
    expect(await hashOf(['the volume vol-1', 'the volume vol-2'])).not.toBe(await hashOf(['the volume vol-1']));
  });

  it('hands over target, parameters, a key of the attempt and since when it is sick, and keeps the plan as JSON', async () => {
    const given: unknown[] = [];
    const incident = { ...anIncident(), openedAt: 500, memory: { ...anIncident().memory, rung: 1 } };
    const by: Partial<Remediation> = {
      plan: async (target, parameters) => {
        given.push(target, parameters);
        return { ...planned, plan: { at: new Date(0), gone: undefined } };
      },
    };
    const { event } = await does(effects.plan, { by, incident });
    expect(given).toEqual([
      { resource, condition: 'ec2-instance-impaired', attemptKey: 'inc-1/1', since: 500 },
      { how: 'gently' },
    ]);
    expect(event).toMatchObject({
      type: 'plan.made',
      plan: { at: '1970-01-01T00:00:00.000Z' },
      summary: 'reboot i-0abc',
      destroys: [],
      patience: { checkEvery: 30, giveUpAfter: 300 },
    });
  });

  it.each([
    [{ kind: 'refused', reason: 'the host is ill' }, 'plan.refused', 'the host is ill'],
    [{ kind: 'notNeeded', reason: 'it is well' }, 'plan.notNeeded', 'it is well'],
    [{ kind: 'busy', reason: 'a refresh is on' }, 'plan.busy', 'a refresh is on'],
  ] as const)('%j is %s', async (answer, type, reason) => {
    const { event } = await does(effects.plan, { by: { plan: async () => answer } });
    expect(event).toEqual({ type, at: 1_000, remediation: 'reboot-instance', reason });
  });

  it.each([
    ['for now is asked again, and no harsher remediation is tried for it', unavailable, 'plan.busy'],
    ['for good is a refusal', denied, 'plan.refused'],
  ])('that cannot read what it needs %s', async (_, error, type) => {
    const { event } = await does(effects.plan, { by: { plan: throwing(error) } });
    expect(event).toMatchObject({
      type,
      reason: expect.stringMatching(`it could not read what it needs: ${error.name}`) as string,
    });
  });

  it.each([
    ['throws nothing', undefined, 'it could not read what it needs: Error: undefined'],
    ['throws a text', 'oh', 'it could not read what it needs: Error: oh'],
  ])('that %s is a refusal too', async (_how, error, reason) => {
    expect((await does(effects.plan, { by: { plan: throwing(error) } })).event).toMatchObject({ reason });
  });

  it('with what JSON cannot carry is no plan', async () => {
    const by: Partial<Remediation> = { plan: async () => ({ ...planned, plan: { size: 1n } }) };
    expect((await does(effects.plan, { by })).event.type).toBe('plan.busy');
  });

  it('must not write: the call is refused and never made', async () => {
    const by: Partial<Remediation> = {
      plan: async (_target, _parameters, aws) => {
        await aws.ec2.rebootInstances({ InstanceIds: ['i-0abc'] });
        return planned;
      },
    };
    const it = scene({ remediations: [aRemediation(by)] });
    const { event, calls } = await does(effects.plan, { it });
    expect(event).toMatchObject({
      type: 'plan.refused',
      reason: expect.stringContaining('UndeclaredCallError') as string,
    });
    expect(calls).toEqual([]);
    expect(it.log).toEqual(['plan']);
  });
});

describe('the hash of a plan', () => {
  const plan = { instance: 'i-1', before: { launchedAt: 1, tags: ['a', 'b'] } };
  const hash = planHashOf('reboot-instance', plan, [resource, group]);

  it('is the same whatever the order of keys and of what is touched, and after a round trip through JSON', () => {
    const turned = { before: { tags: ['a', 'b'], launchedAt: 1 }, instance: 'i-1', nothing: undefined };
    expect(planHashOf('reboot-instance', turned, [group, resource])).toBe(hash);
    expect(planHashOf('reboot-instance', JSON.parse(JSON.stringify(plan)), [resource, group])).toBe(hash);
    expect(hash).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each([
    ['the remediation', 'replace-instance', plan, [resource, group]],
    ['a value', 'reboot-instance', { ...plan, instance: 'i-2' }, [resource, group]],
    [
      'a value deep inside',
      'reboot-instance',
      { ...plan, before: { launchedAt: 2, tags: ['a', 'b'] } },
      [resource, group],
    ],
    [
      'the order of a list',
      'reboot-instance',
      { ...plan, before: { launchedAt: 1, tags: ['b', 'a'] } },
      [resource, group],
    ],
    ['one key more', 'reboot-instance', { ...plan, force: false }, [resource, group]],
    ['what is touched', 'reboot-instance', plan, [resource]],
    ['its account', 'reboot-instance', plan, [{ ...resource, account: '444455556666' }, group]],
  ])('changes with %s', (_what, name, changed, touches) => {
    expect(planHashOf(name, changed, touches)).not.toBe(hash);
  });

  it('changes with what would be lost for good, in whatever order that is named', () => {
    const losing = (...destroys: readonly string[]) =>
      planHashOf('replace-instance', plan, [resource, group], destroys);
    expect(new Set([losing(), losing('vol-1'), losing('vol-1', 'vol-2')]).size).toBe(3);
    expect(losing('vol-2', 'vol-1')).toBe(losing('vol-1', 'vol-2'));
  });
});

describe('looking for what it has to answer for', () => {
  const echo = { type: 'signal.echoed', at: 0, detail: 'x', condition: 'target-unhealthy', resource: group } as const;
  const history = [{ at: 0, event: echo, from: 'checking', to: 'checking', calls: [] }] as const;
  const seen = async (own: Health, others: Health): Promise<Performed> => {
    const it = scene({
      vitals: new Map([
        [
          'ec2-instance',
          someVitals(
            'ec2-instance',
            () => own,
            () => ({}),
          ),
        ],
        [
          'auto-scaling-group',
          someVitals(
            'auto-scaling-group',
            () => others,
            () => ({}),
          ),
        ],
      ]),
    });
    const incident = { ...anIncident(), memory: { ...anIncident().memory, echoes: 1 } };
    return perform(effects.look, { incident, planned: undefined, history }, it.world);
  };
  const well: Health = { kind: 'healthy', detail: 'all is well' };
  const sick: Health = { kind: 'unhealthy', detail: 'the group is ill' };

  it('finds nothing gone as long as something that it made sick is not well', async () => {
    expect((await seen(well, sick)).event).toMatchObject({
      type: 'symptom.present',
      detail: 'the group is ill',
      elsewhere: true,
    });
    expect((await seen(sick, sick)).event).not.toHaveProperty('elsewhere');
    expect((await seen(well, { kind: 'unknown', detail: '?' })).event.type).toBe('symptom.unreadable');
    expect((await seen(well, well)).event).toMatchObject({ type: 'symptom.gone' });
  });
});

describe('starting', () => {
  it('keeps the handle and watches what else tells of progress', async () => {
    const by: Partial<Remediation> = { start: async () => ({ kind: 'started', handle: 'h-1', progressOf: group }) };
    const { event, watches } = await does(effects.start, { by });
    expect(event).toEqual({ type: 'start.succeeded', at: 1_000, handle: 'h-1' });
    expect(watches).toEqual([group]);
  });

  it('calls AWS as the role of the remediation, in a session of the incident that names what the plan touches', async () => {
    const callers: unknown[] = [];
    const it = scene();
    const world = {
      ...it.world,
      clients: async (...[, , , , caller]: Parameters<Surroundings['clients']>) => {
        callers.push(caller);
        return { rebootInstances: async () => ({}), describeInstances: async () => ({}) };
      },
    };
    const touches = ['111122223333/eu-central-1/ec2-instance/i-0abc'];
    const kept = { remediation: 'reboot-instance', plan: {}, planHash: 'h', touches, summary: 's', destroys: [] };
    const patience = { checkEvery: 30, giveUpAfter: 300 };
    const memory = { ...anIncident().memory, planned: { ...kept, patience } };
    await perform(effects.start, { incident: { ...anIncident(), memory }, planned: undefined, history: [] }, world);
    expect(callers).toEqual([expect.objectContaining({ remediation: 'reboot-instance', incident: 'inc-1', touches })]);
  });

  it('that is refused says why', async () => {
    const { event } = await does(effects.start, {
      by: { start: async () => ({ kind: 'refused', reason: 'it is well now' }) },
    });
    expect(event).toEqual({ type: 'start.refused', at: 1_000, reason: 'it is well now' });
  });

  it.each([
    ['AccessDenied', denied, 'start.refused'],
    ['a 400', new Refusal('InvalidInstanceID.NotFound', 'not there', 400), 'start.refused'],
    ['throttling', new Refusal('RequestLimitExceeded', 'Rate exceeded', 429), 'start.unknown'],
    ['a 503', unavailable, 'start.unknown'],
    ['a connection that broke', hungUp, 'start.unknown'],
    ['a request that timed out at AWS', new Refusal('RequestTimeout', 'slow', 408), 'start.unknown'],
    [
      'a no to the second try of the SDK, whose first may have been done',
      Object.assign(new Refusal('IncorrectInstanceState', 'it is stopping'), {
        $metadata: { httpStatusCode: 400, attempts: 2 },
      }),
      'start.unknown',
    ],
  ])('whose write is answered with %s is %s', async (_what, error, type) => {
    const it = scene();
    writing(it, error);
    const { event, calls } = await does(effects.start, { it });
    expect(event).toEqual({ type, at: 1_000, reason: `${error.name}: ${error.message}` });
    expect(calls).toEqual([
      {
        at: 1_000,
        action: 'ec2:RebootInstances',
        access: 'write',
        input: { InstanceIds: ['i-0abc'] },
        error: error.name,
      },
    ]);
  });

  it.each([
    ['is tried again at once', unavailable, 2, 'start.succeeded'],
    ['again and again is refused: the next rung is tried', unavailable, 3, 'start.refused'],
    ['for good is refused at once', denied, 1, 'start.refused'],
  ])('that could not read what it needs %s', async (_, error, failures, type) => {
    let tries = 0;
    const start = async () => {
      tries += 1;
      if (tries <= failures) throw error;
      return { kind: 'started' as const };
    };
    const { event } = await does(effects.start, { by: { start } });
    expect([event.type, tries]).toEqual([type, type === 'start.succeeded' ? failures + 1 : failures]);
  });

  it('that could not even read has touched nothing: it is refused, though nobody answered', async () => {
    const { event, calls } = await does(effects.start, { by: { start: throwing(hungUp) } });
    expect(event).toMatchObject({ type: 'start.refused', reason: 'TimeoutError: socket hang up' });
    expect(calls).toEqual([]);
  });

  it.each([
    ['a fault of its own', new TypeError('cannot read properties of undefined')],
    ['a no of AWS to something else', denied],
  ])('that has written and then throws %s is unknown', async (_what, error) => {
    const start: Remediation['start'] = async (_plan, aws) => {
      await aws.ec2.rebootInstances({ InstanceIds: ['i-0abc'] });
      throw error;
    };
    expect((await does(effects.start, { by: { start } })).event.type).toBe('start.unknown');
  });

  it('whose write got no answer is unknown, though a later read was refused', async () => {
    const it = scene({
      remediations: [
        aRemediation({
          start: async (_plan, aws) => {
            await aws.ec2.rebootInstances({ InstanceIds: ['i-0abc'] }).catch(() => undefined);
            throw denied;
          },
        }),
      ],
    });
    writing(it, hungUp);
    expect((await does(effects.start, { it })).event.type).toBe('start.unknown');
  });

  it('of a plan that this version cannot read is refused', async () => {
    const error = Object.assign(new Error('not a plan'), { name: 'ZodError' });
    expect((await does(effects.start, { by: { start: throwing(error) } })).event).toMatchObject({
      type: 'start.refused',
      reason: 'ZodError: not a plan',
    });
  });
});

describe('checking', () => {
  it.each(['done', 'pending', 'continue', 'failed', 'notStarted'] as const)('hands on %s', async (kind) => {
    const given: unknown[] = [];
    const by: Partial<Remediation> = {
      check: async (plan, handle) => {
        given.push(plan, handle);
        return { kind, detail: 'as seen' };
      },
    };
    const { event } = await does(effects.check, { by });
    expect(event).toEqual({ type: `check.${kind}`, at: 1_000, detail: 'as seen' });
    expect(given).toEqual([{ instance: 'i-0abc' }, 'h-1']);
  });

  it.each([denied, unavailable, hungUp])('that throws is asked again later: %s', async (error) => {
    const { event } = await does(effects.check, { by: { check: throwing(error) } });
    expect(event).toEqual({
      type: 'check.pending',
      at: 1_000,
      detail: `it could not be read: ${error.name}: ${error.message}`,
    });
  });

  it('does not ask AWS whether somebody else did what leaves no trace, and says why', async () => {
    const check = jest.fn(async () => ({ kind: 'done' as const, detail: 'it is well' }));
    const by = { unseen: 'EC2 shows no reboot', check };
    const incident: Incident = { ...anIncident(), state: 'comparing' };
    const { event } = await does(effects.check, { by, incident });
    expect(event).toEqual({ type: 'check.pending', at: 1_000, detail: 'EC2 shows no reboot' });
    expect(check).not.toHaveBeenCalled();
    expect((await does(effects.check, { by })).event).toMatchObject({ type: 'check.done' });
  });
});

describe('a remediation that is no longer there', () => {
  it.each([
    ['plan', { type: 'plan.refused', at: 1_000, remediation: 'gone', reason: unknownName }],
    ['start', { type: 'start.refused', at: 1_000, reason: unknownName }],
    ['check', { type: 'check.failed', at: 1_000, detail: unknownName }],
  ] as const)('is refused at the %s, with its name', async (verb, event) => {
    expect(await does({ ...effects[verb], remediation: 'gone' })).toEqual({ event, calls: [] });
  });
});

describe('telling people', () => {
  it('says so when the message goes out later, with others', async () => {
    const it = scene({ notifier: { notify: async () => 'folded', notifyParked: async () => undefined } });
    expect((await does(effects.notify, { it })).event).toMatchObject({ type: 'notification.sent', folded: true });
  });

  it('is sent', async () => {
    const it = scene();
    expect((await does(effects.notify, { it })).event).toEqual({
      type: 'notification.sent',
      at: 1_000,
      contact: 'oncall',
    });
    expect(it.log).toEqual(['notify escalated oncall']);
  });

  it('that fails says why', async () => {
    const it = scene();
    it.silence = new Refusal('NotFound', 'Topic does not exist', 404);
    expect((await does(effects.notify, { it })).event).toEqual({
      type: 'notification.failed',
      at: 1_000,
      contact: 'oncall',
      reason: 'NotFound: Topic does not exist',
    });
  });
});

describe('a wake-up', () => {
  it('is not performed', async () => {
    await expect(does({ type: 'wake', at: 0 })).rejects.toThrow('armed with the commit');
  });
});
