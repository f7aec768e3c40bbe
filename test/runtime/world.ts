import type { Remediation } from '../../remediations/remediation';
import type { Clients } from '../../runtime/aws/access';
import { heard } from '../../runtime/store/heard-store';
import type { Commit, IncidentStore } from '../../runtime/store/incident-store';
import { incidentsIn, type Incidents } from '../../runtime/incidents';
import { MemoryStore } from '../../runtime/store/memory-store';
import { readPolicyFrom } from '../../runtime/policy-file';
import type { Notifier, Surroundings, Timers } from '../../runtime/surroundings';
import { conditions } from '../../signals/conditions';
import type { ResourceKind } from '../../signals/signal';
import type { Incident } from '../../statemachines/incident';
import type { Policy } from '../../statemachines/policy';
import type { Health, Vitals } from '../../vitals/vitals';

export const second = 1_000;
export const minute = 60 * second;

/** A policy as it is read from YAML; throws for one with faults. */
export function policyOf(yaml: string): Policy {
  const reading = readPolicyFrom(yaml, 'test.yaml');
  if (reading.kind === 'policy') return reading.policy;
  throw new Error(reading.errors.map(({ line, message }) => `${line}: ${message}`).join('\n'));
}

/** One rule for sick instances that acts at once, and two contacts. */
export const actingPolicy = policyOf(`
mode: act
rules:
  - name: web-tier
    on: [ec2-instance-impaired]
    try: [reboot-instance]
    verify: { within: 10m, healthyFor: 3m }
    limits: { atOnce: 1, perHour: 4, backoff: 0s }
    escalate: [oncall, { manager: { after: 15m } }]
contacts:
  oncall: { topic: 'arn:aws:sns:eu-central-1:111122223333:oncall', format: email }
  manager: { topic: 'arn:aws:sns:eu-central-1:111122223333:manager', format: chat }
`);

/** A remediation that does nothing and says yes to everything. */
export function aRemediation(overrides: Partial<Remediation> = {}): Remediation {
  return {
    name: 'reboot-instance',
    title: 'Reboot an instance',
    when: 'Always.',
    whenNot: 'Never.',
    heals: ['ec2-instance-impaired'],
    takes: ['ec2-instance'],
    risk: 'low',
    needsApproval: false,
    parameters: { parse: (value: unknown) => value } as Remediation['parameters'],
    permissions: {
      read: ['ec2:DescribeInstances'],
      write: [{ action: 'ec2:RebootInstances', on: 'arn:*:ec2:*:*:instance/*', tagged: true }],
    },
    patience: { checkEvery: 30, giveUpAfter: 300 },
    plan: async ({ resource }) => ({
      kind: 'planned',
      plan: { instance: resource.id },
      summary: `reboot ${resource.id}`,
      touches: [resource],
      group: 'alone',
    }),
    start: async (_plan, aws) => {
      await aws.ec2.rebootInstances({ InstanceIds: ['i-0abc'] });
      return { kind: 'started' };
    },
    check: async () => ({ kind: 'done', detail: 'it has booted' }),
    ...overrides,
  };
}

/** Vitals that say what they are told to, see every condition, and read nothing of AWS. */
export function someVitals(
  kind: ResourceKind,
  health: () => Health,
  tags: () => Record<string, string>,
  others: Partial<Pick<Vitals, 'place' | 'members' | 'busy' | 'reads'>> = {},
): Vitals {
  return {
    kind,
    reads: [],
    sees: conditions.map(({ name }) => name),
    health: async () => health(),
    tags: async () => tags(),
    place: async () => ({ groups: [] }),
    ...others,
  };
}

/** A client of any service whose every operation answers with what `answer` returns or throws. */
export function fakeClients(answer: (operation: string, input: object) => object): Clients {
  return async () =>
    new Proxy(
      {},
      {
        // The client itself comes out of a promise, and is none.
        get: (_target, operation) =>
          operation === 'then' ? undefined : async (input: object) => answer(String(operation), input),
      },
    );
}

/** Everything around the runtime, made of plain records, and all that it was asked to do in one list. */
export interface Scene {
  readonly world: Surroundings;
  readonly incidents: Incidents;
  readonly store: MemoryStore;
  /** In order: `commit 1 starting`, `plan`, `start`, `check`, `rebootInstances`, `arm 1 +120s`, `disarm`, `notify …`. */
  readonly log: string[];
  /** Incidents that have ended. */
  readonly ended: Incident[];
  now: number;
  health: Health;
  tags: Record<string, string>;
  /** The wake-ups that are armed, by incident. */
  readonly armed: Map<string, { readonly at: number; readonly revision: number }>;
  /** Thrown by the next messages to people. */
  silence: Error | undefined;
  /** Is asked before each commit; what it throws escapes. */
  beforeCommit: (commit: Commit) => void | Promise<void>;
  /** Answers the calls to AWS. */
  answer: (operation: string, input: object) => object;
  /** Time passes until the wake-up that is armed for the incident, which then comes. */
  wakes(incident?: string): Promise<void>;
  commits(): string[];
}

type Setting = Partial<
  Pick<Surroundings, 'policy' | 'notifier' | 'clients' | 'vitals' | 'takesFrom' | 'rolePrefix'>
> & {
  readonly remediations?: readonly Remediation[];
};

export function scene({ remediations = [aRemediation()], ...setting }: Setting = {}): Scene {
  const log: string[] = [];
  const ended: Incident[] = [];
  const armed: Scene['armed'] = new Map();
  const store = new MemoryStore((incident) => ended.push(incident));
  const timers: Timers = {
    arm: async (id, wake) => {
      log.push(`arm ${wake.revision} +${(wake.at - it.now) / second}s`);
      armed.set(id, wake);
    },
    disarm: async (id) => {
      log.push('disarm');
      armed.delete(id);
    },
  };
  const notifier: Notifier = {
    notify: async ({ kind, contact }) => {
      log.push(`notify ${kind} ${contact}`);
      if (it.silence) throw it.silence;
      return 'sent';
    },
    notifyParked: async (contact, { id }) => {
      log.push(`notify parked ${id} ${contact}`);
      if (it.silence) throw it.silence;
    },
  };
  const world: Surroundings = {
    clock: { now: () => it.now },
    store: logged(store, log, (commit) => it.beforeCommit(commit)),
    clients: fakeClients((operation, input) => {
      log.push(operation);
      return it.answer(operation, input);
    }),
    timers,
    notifier,
    policy: actingPolicy,
    takesFrom: { accounts: ['111122223333'], regions: ['eu-central-1', 'eu-west-1'] },
    vitals: new Map([
      [
        'ec2-instance',
        someVitals(
          'ec2-instance',
          () => it.health,
          () => it.tags,
        ),
      ],
    ]),
    ...setting,
    remediations: new Map(remediations.map((one) => [one.name, telling(one, log)])),
  };
  const it: Scene = {
    world,
    incidents: incidentsIn(world),
    store,
    log,
    ended,
    now: 0,
    health: { kind: 'unhealthy', detail: 'i-0abc fails its check' },
    tags: { 'homeostat:heal': 'yes' },
    armed,
    silence: undefined,
    beforeCommit: () => undefined,
    answer: () => ({}),
    wakes: async (id = [...armed.keys()][0] ?? '') => {
      const wake = armed.get(id);
      if (!wake) throw new Error(`Nothing is armed for ${id}.`);
      it.now = Math.max(it.now, wake.at);
      // A one-time timer is gone once it has fired.
      armed.delete(id);
      await it.incidents.wake(id, wake.revision);
    },
    commits: () => log.filter((line) => line.startsWith('commit')),
  };
  return it;
}

function logged(store: IncidentStore, log: string[], before: (commit: Commit) => void | Promise<void>): IncidentStore {
  return {
    ...heard(store, () => undefined),
    commit: async (commit) => {
      await before(commit);
      const result = await store.commit(commit);
      const { revision, state } = commit.incident;
      log.push(result.kind === 'committed' ? `commit ${revision} ${state}` : `${result.kind} ${revision} ${state}`);
      return result;
    },
  };
}

function telling(remediation: Remediation, log: string[]): Remediation {
  return {
    ...remediation,
    plan: (...given) => {
      log.push('plan');
      return remediation.plan(...given);
    },
    start: (...given) => {
      log.push('start');
      return remediation.start(...given);
    },
    check: (...given) => {
      log.push('check');
      return remediation.check(...given);
    },
  };
}
