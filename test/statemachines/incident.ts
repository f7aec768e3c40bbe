import { newIncident, type Incident } from '../../statemachines/incident';
import type { IncidentEvent } from '../../statemachines/incident-event';
import type { Effect } from '../../statemachines/effect';
import type { Limits, Rule } from '../../statemachines/rule';
import { committed, step } from '../../statemachines/step';

/** Limits that are in nobody's way but where a test says so. */
export function aLimit(overrides: Partial<Limits> = {}): Limits {
  return {
    atOnce: 1,
    perHour: 4,
    minHealthy: { percent: 50 },
    attempts: 2,
    backoffSeconds: 0,
    recursWithinSeconds: 7_200,
    ...overrides,
  };
}

/** A rule with one gentle rung and one rough one, and short waits. */
export function aRule(overrides: Partial<Rule> = {}): Rule {
  return {
    name: 'web-tier',
    mode: 'act',
    waitSeconds: 0,
    holdDownSeconds: 0,
    ladder: [
      { remediation: 'reboot-instance', approval: 'notRequired', parameters: {} },
      { remediation: 'replace-instance', approval: 'notRequired', parameters: { how: 'terminate' } },
    ],
    verify: { withinSeconds: 600, healthyForSeconds: 180 },
    limits: aLimit(),
    approvalWithinSeconds: 1_800,
    escalate: [
      { contact: 'oncall', afterSeconds: 0 },
      { contact: 'manager', afterSeconds: 900 },
    ],
    ...overrides,
  };
}

export function anIncident(rule: Partial<Rule> = {}): Incident {
  return newIncident({
    id: 'inc-1',
    rule: aRule(rule),
    condition: 'ec2-instance-impaired',
    resource: { kind: 'ec2-instance', id: 'i-0abc', account: '111122223333', region: 'eu-central-1' },
    evidence: {},
    place: { groups: [] },
    openedAt: 0,
  });
}

/** An event without its time, which the life below supplies. */
export type Happening = IncidentEvent extends infer E ? (E extends { at: number } ? Omit<E, 'at'> : never) : never;

export const planMade: Happening = {
  type: 'plan.made',
  remediation: 'reboot-instance',
  plan: { instance: 'i-0abc' },
  planHash: 'hash-1',
  touches: ['111122223333/eu-central-1/ec2-instance/i-0abc'],
  summary: 'reboot i-0abc',
  destroys: [],
  patience: { checkEvery: 30, giveUpAfter: 300 },
};

/** One incident through time: each step is committed, as the runtime does before it waits. */
export class Life {
  now = 0;
  effects: readonly Effect[] = [];
  ignored: string | undefined;

  constructor(public incident: Incident) {}

  static opened(rule: Partial<Rule> = {}): Life {
    return new Life(anIncident(rule)).happens({ type: 'incident.opened', detail: 'alarm' });
  }

  happens(...happenings: Happening[]): this {
    for (const happening of happenings) {
      const { incident, effects, changed, ignored } = step(this.incident, {
        ...happening,
        at: this.now,
      });
      this.incident = changed ? committed(incident) : incident;
      this.effects = effects;
      this.ignored = ignored;
    }
    return this;
  }

  /** Time passes until the wake-up that is armed, which then comes. */
  wakes(): this {
    const wake = this.incident.wake;
    if (!wake) throw new Error(`Nothing wakes an incident in state ${this.incident.state}.`);
    this.now = Math.max(this.now, wake.at);
    return this.happens({ type: 'timer.fired', revision: wake.revision });
  }

  /** From the opening to a started reboot. */
  static started(rule: Partial<Rule> = {}): Life {
    return Life.opened(rule).happens(
      { type: 'symptom.present', detail: 'impaired' },
      planMade,
      { type: 'admission.granted' },
      { type: 'start.succeeded' },
    );
  }
}
