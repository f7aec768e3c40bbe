import { drawPolicy } from '../../proof/scenario/policy';
import { invariants } from '../../proof/invariants';
import { Randomness } from '../../proof/randomness';
import { Truth, type Write } from '../../proof/truth';
import { readPolicyFrom } from '../../runtime/policy-file';
import type { Claim, Commit, HistoryEntry } from '../../runtime/store/incident-store';
import { VirtualClock } from '../../simulator/clock';
import { buildAccount } from '../../simulator/description';
import { World, type SimulatedAccount } from '../../simulator/world';
import { newIncident, type Incident } from '../../statemachines/incident';
import type { Policy } from '../../statemachines/policy';
import type { Rule } from '../../statemachines/rule';
import { accountScope, ruleScope } from '../../statemachines/scope';
import { committed, step } from '../../statemachines/step';
import { anIncident, aRule, planMade, type Happening } from '../statemachines/incident';

export const begin = Date.parse('2026-03-02T09:00:00Z');
export const second = 1_000;
export const minute = 60 * second;

const willing = { 'homeostat:heal': 'yes' };
const [id1, id2, id3] = ['i-0a000000000000001', 'i-0a000000000000002', 'i-0a000000000000003'] as const;
export const [first, second_, stranger] = [id1, id2, id3].map((id) => keyOf(id)) as [string, string, string];
export const group = '111122223333/eu-central-1/auto-scaling-group/web';

export function keyOf(id: string): string {
  return `111122223333/eu-central-1/ec2-instance/${id}`;
}

/** Two members of a group that are willing, and one alone that is not. */
const description = {
  account: '111122223333',
  region: 'eu-central-1',
  instances: [{ id: id1, group: 'web', tags: willing }, { id: id2, group: 'web', tags: willing }, { id: id3 }],
  groups: [{ name: 'web', min: 1, max: 4 }],
  topics: [{ name: 'oncall' }, { name: 'manager' }],
};

const policy = ((): Policy => {
  const read = readPolicyFrom(drawPolicy(new Randomness(1)), 'policy');
  if (read.kind !== 'policy') throw new Error('The policy of the scene is wrong.');
  const limits = { ...read.policy.limits, account: { atOnce: 5, perHour: 8 }, group: { perHour: 4 } };
  return { ...read.policy, mode: 'act', limits };
})();

/** What an invariant says of a thing that happens, as `I7: …`. */
export type Said = readonly string[];

/** A made-up truth: it takes whatever is told to it, and says which invariants that breaks. */
export class Scene {
  now = begin;
  readonly account: SimulatedAccount;
  readonly truth: Truth;
  readonly #incidents = new Map<string, Incident>();

  constructor(but: Partial<Policy> = {}) {
    this.account = buildAccount(new World(new VirtualClock(begin)), description);
    this.truth = new Truth(this.account, { ...policy, ...but }, () => this.now);
  }

  after(milliseconds: number): this {
    this.now += milliseconds;
    return this;
  }

  incident(id = 'inc-1'): Incident {
    const incident = this.#incidents.get(id);
    if (!incident) throw new Error(`${id} is not open.`);
    return incident;
  }

  /** Opens an incident on an instance. */
  opens(id = 'inc-1', resource: string = id1, rule: Partial<Rule> = {}, but: Partial<Incident> = {}): Said {
    const incident = newIncident({
      ...anIncident(),
      id,
      rule: aRule({ waitSeconds: 0, ...rule }),
      resource: { kind: 'ec2-instance', id: resource, account: '111122223333', region: 'eu-central-1' },
      openedAt: this.now,
    });
    this.#incidents.set(id, { ...incident, ...but });
    return this.happens(id, [{ type: 'incident.opened', detail: 'alarm' }], { signals: [`signal of ${id}`] });
  }

  /** Lets these events advance an incident in one commit, which may differ from what they lead to. */
  happens(id: string, happenings: readonly Happening[], but: Partial<Commit> = {}, by = 'worker 1', release = 0): Said {
    const stored = this.incident(id);
    let incident = stored;
    const entries: HistoryEntry[] = happenings.map((happening) => {
      const event = { ...happening, at: this.now };
      const before = incident;
      incident = step(incident, event).incident;
      return { at: this.now, event, from: before.state, to: incident.state, calls: [] };
    });
    return this.commits(
      {
        incident: committed(incident),
        entries,
        signals: [],
        watches: [],
        sightings: [],
        ...but,
      },
      by,
      release,
    );
  }

  commits(commit: Commit, sandbox = 'worker 1', release = 0): Said {
    const { id } = commit.incident;
    const made = { at: this.now, sandbox, release, commit, before: this.truth.incidents.get(id)?.incident };
    const said = invariants.flatMap((one) => say(one.id, one.onCommit?.(made, this.truth)));
    this.truth.commit(made);
    this.#incidents.set(id, commit.incident);
    return said;
  }

  /** Finds it sick, plans, and is let start: with the claim that goes with that. */
  starts(id = 'inc-1', touches: readonly string[] = [first, group], but: Partial<Claim> = {}): Said {
    const { rule } = this.incident(id);
    const claim: Claim = {
      resources: touches,
      at: this.now,
      scopes: [ruleScope(rule.name), accountScope('111122223333')],
      quotas: [],
      ...but,
    };
    const { state, wake } = this.incident(id);
    const waited = state === 'waiting' ? [{ type: 'timer.fired', revision: wake?.revision ?? 0 } as const] : [];
    const plan = { ...planMade, touches: [...touches] } as Happening;
    return this.happens(
      id,
      [...waited, { type: 'symptom.present', detail: 'impaired' }, plan, { type: 'admission.granted' }],
      {
        claim,
      },
    );
  }

  /** Sends the reboot that was planned. */
  writes(id = 'inc-1', but: Partial<Write> = {}): Said {
    const { revision, memory, rule, resource } = this.truth.incidents.get(id)?.incident ?? this.incident(id);
    const write: Write = {
      at: this.now,
      sandbox: 'worker 1',
      incident: id,
      remediation: 'reboot-instance',
      mode: rule.mode,
      touches: memory.planned?.touches ?? [],
      service: 'ec2',
      operation: 'RebootInstances',
      input: { InstanceIds: [resource.id] },
      revision,
      isDone: false,
      ...but,
    };
    const said = invariants.flatMap((one) => say(one.id, one.onWrite?.(write, this.truth)));
    this.truth.writes.push({ ...write, isDone: true });
    return said;
  }

  ends(): Said {
    return invariants.flatMap((one) => say(one.id, one.atEnd?.(this.truth)));
  }
}

const say = (id: string, what: string | undefined): string[] => (what === undefined ? [] : [`${id}: ${what}`]);
