import type { HistoryEntry } from '../../../runtime/store/incident-store';
import type { Story } from '../../../runtime/story/track-record/story';
import { timelineOf } from '../../../runtime/story/timeline';
import type { Rule } from '../../../statemachines/rule';
import { anIncident, Life, planMade, type Happening } from '../../statemachines/incident';

const minute = 60_000;

/** An incident that lives through what happens to it, by the machine itself, and keeps its history as the runtime does. */
export class Lived implements Story {
  readonly #life: Life;
  readonly history: HistoryEntry[] = [];

  constructor(rule: Partial<Rule> = {}, opening: Partial<Happening> = {}) {
    this.#life = new Life(anIncident(rule));
    this.happens({ type: 'incident.opened', detail: 'web-1-status is ALARM', ...opening } as Happening);
  }

  get incident(): Life['incident'] {
    return this.#life.incident;
  }

  /** These, one after the other, in the same instant. */
  happens(...happenings: readonly Happening[]): this {
    for (const happening of happenings) {
      const before = this.incident;
      this.#life.happens(happening);
      const remediation = this.incident.memory.planned?.remediation ?? before.memory.planned?.remediation;
      this.history.push({
        at: this.#life.now,
        event: { ...happening, at: this.#life.now },
        from: before.state,
        to: this.incident.state,
        ...(remediation !== undefined && { remediation }),
        calls: [],
      });
    }
    return this;
  }

  /** So many minutes pass. */
  after(minutes: number): this {
    this.#life.now += minutes * minute;
    return this;
  }

  /** Time passes until the wake-up that is armed, which then comes. */
  wakes(): this {
    const { wake } = this.incident;
    if (!wake) throw new Error(`Nothing wakes an incident in state ${this.incident.state}.`);
    this.#life.now = Math.max(this.#life.now, wake.at);
    return this.happens({ type: 'timer.fired', revision: wake.revision });
  }

  /** What people read of it, without the times. */
  get told(): readonly string[] {
    return timelineOf(this.incident, this.history).map(({ text }) => text);
  }
}

export const sick: Happening = { type: 'symptom.present', detail: 'i-0abc fails its check' };
export const well: Happening = { type: 'symptom.gone', detail: 'i-0abc passes its check' };
export const granted: Happening = { type: 'admission.granted' };
export const refusedBy = (guard: 'storm' | 'lock' | 'hold', reason: string): Happening => ({
  type: 'admission.refused',
  refusals: [{ guard, reason }],
});

/** Sick, planned, and the guards say this. */
export const planned = (answer: Happening, plan: Partial<Happening> = {}): readonly Happening[] => [
  sick,
  { ...planMade, ...plan } as Happening,
  answer,
];
