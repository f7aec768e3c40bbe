import type * as sdk from '@aws-sdk/client-cloudwatch';
import { missingData, type Alarm, type AlarmDescription } from './cloudwatch/alarm';
import { compositeAlarm, metricAlarm } from './cloudwatch/alarm-answer';
import { AlarmBook } from './cloudwatch/alarm-book';
import { tellOfChange, type AlarmHappening } from './cloudwatch/alarm-configuration';
import type { AlarmState } from './cloudwatch/alarm-rule';
import {
  dimensionsOf,
  metricKey,
  type Dimensions,
  type Metric,
  type MetricHistory,
  type MetricSource,
} from './cloudwatch/metric';
import { MuteRules, type MuteRule } from './cloudwatch/mute-rules';
import { Past } from './cloudwatch/past';
import { page } from './page';
import { Refusal } from './refusal';
import type { SimulatedAccount } from './world';

type Answer<Output> = Omit<Output, '$metadata'>;
type Nothing = Record<string, never>;

/** CloudWatch of one account: what is measured comes from the other services, the alarms on it are here. */
export class CloudWatch {
  readonly #sources = new Map<string, MetricSource[]>();
  readonly #histories = new Map<string, MetricHistory>();
  readonly #values = new Map<string, number>();
  readonly #muteRules: MuteRules;
  readonly #alarms: AlarmBook;
  readonly operations;

  constructor(private readonly account: SimulatedAccount) {
    this.#alarms = new AlarmBook(account, (metric) => this.value(metric));
    this.#muteRules = new MuteRules(account);
    this.operations = { ...this.#operations, ...this.#muteRules.operations };
  }

  /**
   * Answers for metrics of a namespace; several may answer for one, and the first that has a value wins. `history`: of metrics
   * whose past matters though no alarm follows them.
   */
  provide(namespace: string, source: MetricSource, history?: MetricHistory): void {
    if (history) this.#histories.set(namespace, history);
    const sources = this.#sources.get(namespace) ?? [];
    sources.push(source);
    this.#sources.set(namespace, sources);
  }

  /**
   * To be called whenever a metric may have another value: alarms on metrics of the namespace that carry at least
   * `dimensions` are weighed again. Name at least one dimension where there can be many alarms.
   */
  changed(namespace: string, dimensions?: Dimensions): void {
    this.#alarms.changed(namespace, dimensions);
  }

  /** Sets a metric that no service answers for, or overrides the one that does; undefined takes that back. */
  set(metric: Metric, value: number | undefined): void {
    if (value === undefined) this.#values.delete(metricKey(metric));
    else this.#values.set(metricKey(metric), value);
    this.changed(metric.namespace, metric.dimensions);
  }

  /** The metric now; undefined when it has no data. */
  value(metric: Metric): number | undefined {
    if (this.#values.size > 0) {
      const set = this.#values.get(metricKey(metric));
      if (set !== undefined) return set;
    }
    for (const source of this.#sources.get(metric.namespace) ?? []) {
      const value = source(metric.name, metric.dimensions);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Adds an alarm, or replaces the one of that name. No event: it is as if it had always been there. */
  add(described: AlarmDescription): Alarm {
    return this.#alarms.add(described);
  }

  /** The alarm as it stands; undefined when there is none of that name. */
  alarm(name: string): Alarm | undefined {
    return this.#alarms.find(name);
  }

  /** Says where an alarm stands because a recording says so: no event, and it stays until its metric next changes. */
  force(name: string, state: AlarmState): void {
    this.#alarms.force(this.#named(name), state);
  }

  /** Takes an alarm away without a word. */
  forget(name: string): void {
    this.#alarms.remove(name);
  }

  /** Adds a mute rule, or puts it in the place of its namesake. */
  mute(rule: MuteRule): void {
    this.#muteRules.put(rule);
  }

  /** Lets people do something to an alarm; a name that there is not is a mistake of whoever described it. */
  befall(happening: AlarmHappening): void {
    const alarm = this.#named(happening.name);
    if ('is' in happening) this.#delete(alarm);
    else this.#enable([alarm.name], happening.actions === 'enabled');
  }

  readonly #operations = {
    DescribeAlarms: (input: sdk.DescribeAlarmsCommandInput): Answer<sdk.DescribeAlarmsCommandOutput> => {
      const types = input.AlarmTypes?.length ? input.AlarmTypes : ['MetricAlarm'];
      const named = input.AlarmNames?.length
        ? input.AlarmNames.map((name) => this.#alarms.find(name))
        : this.#alarms.all();
      const found = [...named].filter(
        (alarm) =>
          alarm !== undefined &&
          types.includes(alarm.rule ? 'CompositeAlarm' : 'MetricAlarm') &&
          alarm.name.startsWith(input.AlarmNamePrefix ?? '') &&
          (input.StateValue === undefined || alarm.standing.value === input.StateValue),
      );
      const limit = Math.min(input.MaxRecords ?? 50, this.account.pageSize);
      const { items, next } = page(found, limit, input.NextToken, 'InvalidNextToken');
      const alarms = items.filter((alarm) => alarm !== undefined);
      return {
        MetricAlarms: alarms.filter((alarm) => !alarm.rule).map(metricAlarm),
        CompositeAlarms: alarms.filter((alarm) => alarm.rule).map(compositeAlarm),
        NextToken: next,
      };
    },
    ListTagsForResource: ({
      ResourceARN,
    }: sdk.ListTagsForResourceCommandInput): Answer<sdk.ListTagsForResourceCommandOutput> => {
      const alarm = this.#alarms.find((ResourceARN ?? '').split(':').slice(6).join(':'));
      if (alarm?.arn !== ResourceARN)
        throw new Refusal('ResourceNotFoundException', `Unknown: ${String(ResourceARN)}`, 404);
      return { Tags: Object.entries(alarm?.tags ?? {}).map(([Key, Value]) => ({ Key, Value })) };
    },
    SetAlarmState: (input: sdk.SetAlarmStateCommandInput): Nothing => {
      this.#alarms.move(this.#named(input.AlarmName), {
        value: input.StateValue ?? 'INSUFFICIENT_DATA',
        reason: input.StateReason ?? '',
        ...(input.StateReasonData !== undefined && { reasonData: input.StateReasonData }),
        since: this.account.clock.now(),
      });
      return {};
    },
    PutMetricAlarm: (input: sdk.PutMetricAlarmCommandInput): Nothing => {
      const { AlarmName: name = '', Namespace: namespace, MetricName: metric } = input;
      const enabled = input.ActionsEnabled ?? true;
      const before = this.#alarms.find(name);
      const alarm = this.add({
        name,
        metric:
          namespace !== undefined && metric !== undefined
            ? { namespace, name: metric, dimensions: dimensionsOf(input.Dimensions) }
            : undefined,
        statistic: input.Statistic,
        comparison: input.ComparisonOperator,
        threshold: input.Threshold,
        periodSeconds: input.Period,
        evaluationPeriods: input.EvaluationPeriods,
        datapointsToAlarm: input.DatapointsToAlarm,
        treatMissingData: missingData(input.TreatMissingData),
        tags: Object.fromEntries((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
        description: input.AlarmDescription,
        state: before?.standing.value ?? 'INSUFFICIENT_DATA',
        actions: input.AlarmActions,
      });
      alarm.actionsEnabled = enabled;
      tellOfChange(this.account, alarm, before ? 'update' : 'create', before?.actionsEnabled);
      return {};
    },
    DeleteAlarms: ({ AlarmNames }: sdk.DeleteAlarmsCommandInput): Nothing => {
      const alarms = (AlarmNames ?? []).map((name) => this.#named(name));
      for (const alarm of alarms) this.#delete(alarm);
      return {};
    },
    EnableAlarmActions: ({ AlarmNames }: sdk.EnableAlarmActionsCommandInput): Nothing => this.#enable(AlarmNames, true),
    DisableAlarmActions: ({ AlarmNames }: sdk.DisableAlarmActionsCommandInput): Nothing =>
      this.#enable(AlarmNames, false),
    GetMetricData: (input: sdk.GetMetricDataCommandInput): Answer<sdk.GetMetricDataCommandOutput> => {
      const { StartTime: from, EndTime: to, MetricDataQueries: queries = [] } = input;
      if (!from || !to || from.getTime() >= to.getTime()) {
        throw new Refusal('InvalidParameterValueException', 'The parameter StartTime must be less than EndTime');
      }
      const formula = queries.find(({ Expression }) => Expression !== undefined);
      if (formula) throw new Refusal('NotSimulated', 'The simulated CloudWatch works out no formulas.', 501);
      const asked = queries.filter(({ ReturnData }) => ReturnData !== false);
      return { MetricDataResults: asked.map((query) => this.#results(query, from, to, input.ScanBy)) };
    },
  };

  #results(
    { Id, Label, MetricStat }: sdk.MetricDataQuery,
    from: Date,
    to: Date,
    order: sdk.ScanBy | undefined,
  ): sdk.MetricDataResult {
    const { Namespace: namespace = '', MetricName: name = '', Dimensions } = MetricStat?.Metric ?? {};
    const metric = { namespace, name, dimensions: dimensionsOf(Dimensions) };
    const points = this.#past(metric).points(
      from.getTime(),
      Math.min(to.getTime(), this.account.clock.now()),
      MetricStat?.Period ?? 60,
    );
    if (order !== 'TimestampAscending') points.reverse();
    return {
      Id,
      Label: Label ?? name,
      Timestamps: points.map(({ at }) => new Date(at)),
      Values: points.map(({ value }) => value),
      StatusCode: 'Complete',
    };
  }

  #past(metric: Metric): Past {
    const changes = this.#histories.get(metric.namespace)?.(metric.name, metric.dimensions);
    if (!changes) return this.#alarms.past(metric);
    const past = new Past();
    for (const { at, value } of changes) past.tell(at, value);
    return past;
  }

  #named(name: string | undefined): Alarm {
    const alarm = this.#alarms.find(name ?? '');
    if (!alarm) throw new Refusal('ResourceNotFound', `Alarm ${String(name)} does not exist`, 404);
    return alarm;
  }

  #enable(names: readonly string[] | undefined, enabled: boolean): Nothing {
    for (const name of names ?? []) {
      const alarm = this.#alarms.find(name);
      if (!alarm) continue;
      const before = alarm.actionsEnabled;
      alarm.actionsEnabled = enabled;
      alarm.configuredAt = this.account.clock.now();
      tellOfChange(this.account, alarm, 'update', before);
    }
    return {};
  }

  #delete(alarm: Alarm): void {
    this.#alarms.remove(alarm.name);
    tellOfChange(this.account, alarm, 'delete');
  }
}
