import type { IncidentStore } from '../runtime/store/incident-store';
import type { Remediation } from '../remediations/remediation';
import type { VirtualClock } from '../simulator/clock';
import type { SimulatedAccount } from '../simulator/world';
import type { Deployment } from './deployment';
import type { Faults } from './faults';
import type { Journal } from './journal';
import type { Truth } from './truth';

const minute = 60_000;

/** What those who run the account do in a trial, and undo: holds, topics, permissions, releases. */
export class Operations {
  #deniedUntil = 0;
  #denied = '';
  #holdPlanned = false;
  #topicGone = false;

  constructor(
    private readonly faults: Faults,
    private readonly truth: Truth,
    private readonly journal: Journal,
    private readonly account: SimulatedAccount,
  ) {}

  /** What each of the two releases knows: the second may lack one. */
  releases(all: readonly Remediation[]): readonly [readonly Remediation[], readonly Remediation[]] {
    if (!this.faults.hits('remediation-removed')) return [all, all];
    const gone = all[this.faults.randomOf('remediation-removed').between(0, all.length - 1)];
    return [all, all.filter((one) => one !== gone)];
  }

  isDenied(action: string): boolean {
    const now = this.truth.now();
    if (this.faults.hits('aws-denied')) {
      this.#denied = action;
      this.#deniedUntil = now + this.faults.randomOf('aws-denied').between(1, 30) * minute;
      this.journal.note('operators', `${action} is not allowed for a while`);
    }
    return !this.faults.isHealed && now < this.#deniedUntil && action === this.#denied;
  }

  /** Once each minute. */
  turn(clock: VirtualClock, deployment: Deployment, store: IncidentStore): void {
    this.#flipHold(clock, store);
    this.#deleteTopic(clock);
    const random = this.faults.randomOf('two-releases');
    if (this.faults.mix['two-releases'] !== undefined && random.chance(0.05)) {
      deployment.release = random.chance(0.5) ? 1 : 0;
      deployment.retire();
      this.journal.note('operators', `release ${deployment.release} is deployed`);
    }
  }

  /** Nothing that they have taken away is missing any more. */
  heal(): void {
    this.#deniedUntil = 0;
    if (this.#topicGone) this.account.services.sns.addTopic({ name: 'oncall' });
  }

  #flipHold(clock: VirtualClock, store: IncidentStore): void {
    const { faults, truth, journal } = this;
    if (this.#holdPlanned || !faults.randomOf('hold-flips').chance(0.06) || !faults.hits('hold-flips')) return;
    this.#holdPlanned = true;
    const random = faults.randomOf('hold-flips');
    const reverted = faults.hits('hold-reverted');
    const lasts = reverted ? random.between(0, 90) * 1_000 : random.between(5, 40) * minute;
    const from = clock.now();
    void store.setHold({ of: 'everything', by: 'alice', reason: 'a look', at: from });
    const time = { of: 'everything' as const, from, until: Infinity };
    truth.holds.push(time);
    journal.note('operators', 'a hold is set');
    clock.after(lasts, () => {
      void store.endHold('everything');
      time.until = clock.now();
      this.#holdPlanned = false;
      journal.note('operators', 'the hold is ended');
    });
  }

  #deleteTopic(clock: VirtualClock): void {
    const { faults, account, journal } = this;
    if (this.#topicGone || !faults.randomOf('topic-deleted').chance(0.05) || !faults.hits('topic-deleted')) return;
    this.#topicGone = true;
    account.services.sns.deleteTopic('oncall');
    journal.note('operators', 'the topic oncall is deleted');
    clock.after(faults.randomOf('topic-deleted').between(5, 60) * minute, () => {
      this.#topicGone = false;
      account.services.sns.addTopic({ name: 'oncall' });
    });
  }
}
