import { thresholdOf, timeTo, verdictOn, type Alarm, type AlarmDescription, type Standing } from './alarm';
import { compositeStanding, standingOf, stateChange } from './alarm-event';
import { readAlarmRule, type AlarmState } from './alarm-rule';
import { metricKey, MetricIndex, type Dimensions, type Metric } from './metric';
import { Past } from './past';
import type { SimulatedAccount } from '../world';

/** The alarms of an account, each following its metric. Only a change costs anything: nothing is polled. */
export class AlarmBook {
  readonly #alarms = new Map<string, Alarm>();
  readonly #byMetric = new MetricIndex<Alarm>();
  readonly #parents = new Map<string, Set<Alarm>>();

  constructor(
    private readonly account: SimulatedAccount,
    private readonly read: (metric: Metric) => number | undefined,
  ) {}

  all(): IterableIterator<Alarm> {
    return this.#alarms.values();
  }

  find(name: string): Alarm | undefined {
    return this.#alarms.get(name);
  }

  /** Adds an alarm, or puts it in the place of its namesake. If its metric is bad already it goes to ALARM in its time. */
  add(described: AlarmDescription): Alarm {
    const follows = thresholdOf(described);
    const past = follows.metric ? this.past(follows.metric) : new Past();
    this.remove(described.name);
    const alarm: Alarm = {
      name: described.name,
      arn: this.account.arn('cloudwatch', `alarm:${described.name}`),
      description: described.description,
      follows,
      rule: described.rule === undefined ? undefined : { text: described.rule, read: readAlarmRule(described.rule) },
      tags: described.tags ?? {},
      actions: described.actions ?? [],
      actionsEnabled: described.actionsEnabled ?? true,
      configuredAt: this.account.clock.now(),
      past,
      standing: {
        value: 'INSUFFICIENT_DATA',
        reason: 'Unchecked: Initial alarm creation',
        since: this.account.clock.now(),
      },
      pending: undefined,
    };
    const first = described.state ?? this.#firstState(alarm);
    if (first !== 'INSUFFICIENT_DATA') alarm.standing = this.#standing(alarm, first);
    this.#alarms.set(alarm.name, alarm);
    if (follows.metric) this.#byMetric.add(follows.metric, alarm);
    for (const child of alarm.rule?.read.children ?? []) {
      const parents = this.#parents.get(nameIn(child)) ?? new Set<Alarm>();
      this.#parents.set(nameIn(child), parents.add(alarm));
    }
    this.#weigh(alarm);
    this.#tellParents(alarm, 'silent');
    return alarm;
  }

  remove(name: string): void {
    const alarm = this.#alarms.get(name);
    if (!alarm) return;
    alarm.pending?.cancel();
    if (alarm.follows.metric) this.#byMetric.remove(alarm.follows.metric, alarm);
    for (const child of alarm.rule?.read.children ?? []) this.#parents.get(nameIn(child))?.delete(alarm);
    this.#alarms.delete(name);
  }

  /** What a metric was up to now. One that no alarm follows was always as it is. */
  past(metric: Metric): Past {
    const key = metricKey(metric);
    const followed = this.#byMetric
      .under(metric.namespace, metric.dimensions)
      .find(({ follows }) => follows.metric && metricKey(follows.metric) === key);
    const past = followed?.past ?? new Past();
    past.tell(this.account.clock.now(), this.read(metric));
    return past;
  }

  /** Metrics of the namespace that carry these dimensions may have another value now. */
  changed(namespace: string, dimensions?: Dimensions): void {
    for (const alarm of this.#byMetric.under(namespace, dimensions)) this.#weigh(alarm);
  }

  /** Moves the alarm at once and tells the bus. Its metric takes it back in time if it says otherwise. */
  move(alarm: Alarm, standing: Standing): void {
    this.#settle(alarm, standing, 'told');
    this.#weigh(alarm);
  }

  /**
   * Moves the alarm at once without a word, and leaves it there until its metric next changes. What this is now is taken to be
   * what it was when the alarm moved.
   */
  force(alarm: Alarm, state: AlarmState): void {
    alarm.past = new Past();
    if (alarm.follows.metric) alarm.past.tell(this.account.clock.now(), this.read(alarm.follows.metric));
    const forced = { value: state, reason: 'As recorded', since: this.account.clock.now() };
    this.#settle(alarm, forced, 'silent');
  }

  #firstState(alarm: Alarm): AlarmState {
    if (alarm.rule) return this.#ruleState(alarm);
    if (!alarm.follows.metric) return 'INSUFFICIENT_DATA';
    const value = this.read(alarm.follows.metric);
    return value === undefined ? verdictOn(value, alarm.follows, 'OK') : 'OK';
  }

  #ruleState(alarm: Alarm): AlarmState {
    return alarm.rule?.read.holds((name) => this.#alarms.get(nameIn(name))?.standing.value) ? 'ALARM' : 'OK';
  }

  #standing(alarm: Alarm, to: AlarmState): Standing {
    const { follows, standing } = alarm;
    const value = follows.metric && this.read(follows.metric);
    return standingOf(to, standing.value, value, follows, this.account.clock.now());
  }

  /** Compares the alarm with its metric; a difference takes effect when it has lasted long enough. */
  #weigh(alarm: Alarm): void {
    const { metric } = alarm.follows;
    if (!metric) return;
    const value = this.read(metric);
    alarm.past.tell(this.account.clock.now(), value);
    const to = verdictOn(value, alarm.follows, alarm.standing.value);
    if (alarm.pending?.to === to) return;
    alarm.pending?.cancel();
    alarm.pending = undefined;
    if (to === alarm.standing.value) return;
    const cancel = this.account.clock.after(timeTo(to, alarm.follows), () => {
      this.#settle(alarm, this.#standing(alarm, to), 'told');
    });
    alarm.pending = { to, cancel };
  }

  #settle(alarm: Alarm, standing: Standing, how: 'told' | 'silent'): void {
    alarm.pending?.cancel();
    alarm.pending = undefined;
    const previous = alarm.standing;
    alarm.standing = standing;
    if (previous.value === standing.value) return;
    if (how === 'told') {
      const detail = stateChange(alarm, previous);
      this.account.bus.emit('aws.cloudwatch', 'CloudWatch Alarm State Change', [alarm.arn], detail);
    }
    this.#tellParents(alarm, 'told');
  }

  /** Moves the composite alarms that ask about this one. */
  #tellParents(alarm: Alarm, how: 'told' | 'silent'): void {
    for (const parent of this.#parents.get(alarm.name) ?? []) {
      const state = this.#ruleState(parent);
      if (state !== parent.standing.value) {
        this.#settle(parent, compositeStanding(state, alarm, this.account.clock.now()), how);
      }
    }
  }
}

/** Rules name their children by name or by ARN. */
function nameIn(child: string): string {
  return child.startsWith('arn:') ? child.split(':').slice(6).join(':') : child;
}
