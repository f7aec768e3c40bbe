import type * as sdk from '@aws-sdk/client-cloudwatch';
import type { Alarm, AlarmDescription } from './cloudwatch/alarm';
import { AlarmBook } from './cloudwatch/alarm-book';
import type { AlarmState } from './cloudwatch/alarm-rule';
import { dimensionsOf, metricKey, type Dimensions, type Metric, type MetricSource } from './cloudwatch/metric';
import { page } from './page';
import { Refusal } from './refusal';
import type { SimulatedAccount } from './world';

type Answer<Output> = Omit<Output, '$metadata'>;
type Nothing = Record<string, never>;

/** A rule that silences alarms: their actions, not their states. */
interface MuteRule {
  readonly name: string;
  /** Names of the alarms. */
  readonly alarms: readonly string[];
  /** ACTIVE unless told. */
  readonly status?: sdk.AlarmMuteRuleStatus | undefined;
}

/** CloudWatch of one account: what is measured comes from the other services, the alarms on it are here. */
export class CloudWatch {
  readonly #sources = new Map<string, MetricSource[]>();
  readonly #values = new Map<string, number>();
  readonly #muteRules = new Map<string, MuteRule>();
  readonly #alarms: AlarmBook;

  constructor(private readonly account: SimulatedAccount) {
    this.#alarms = new AlarmBook(account, (metric) => this.value(metric));
  }

  /** Answers for metrics of a namespace; several may answer for one, and the first that has a value wins. */
  provide(namespace: string, source: MetricSource): void {
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

  /** Adds a mute rule, or puts it in the place of its namesake. */
  mute(rule: MuteRule): void {
    this.#muteRules.set(rule.name, rule);
  }

  readonly operations = {
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
        state: this.#alarms.find(name)?.standing.value ?? 'INSUFFICIENT_DATA',
      });
      alarm.actionsEnabled = enabled;
      return {};
    },
    DeleteAlarms: ({ AlarmNames }: sdk.DeleteAlarmsCommandInput): Nothing => {
      for (const name of AlarmNames ?? []) this.#named(name);
      for (const name of AlarmNames ?? []) this.#alarms.remove(name);
      return {};
    },
    EnableAlarmActions: ({ AlarmNames }: sdk.EnableAlarmActionsCommandInput): Nothing => this.#enable(AlarmNames, true),
    DisableAlarmActions: ({ AlarmNames }: sdk.DisableAlarmActionsCommandInput): Nothing =>
      this.#enable(AlarmNames, false),
    ListAlarmMuteRules: (input: sdk.ListAlarmMuteRulesCommandInput): Answer<sdk.ListAlarmMuteRulesCommandOutput> => {
      const rules = [...this.#muteRules.values()].filter(
        ({ alarms, status = 'ACTIVE' }) =>
          (input.AlarmName === undefined || alarms.includes(input.AlarmName)) &&
          (!input.Statuses?.length || input.Statuses.includes(status)),
      );
      const limit = Math.min(input.MaxRecords ?? 50, this.account.pageSize);
      const { items, next } = page(rules, limit, input.NextToken, 'InvalidNextToken');
      return {
        AlarmMuteRuleSummaries: items.map(({ name, status = 'ACTIVE' }) => ({
          AlarmMuteRuleArn: this.account.arn('cloudwatch', `alarm-mute-rule:${name}`),
          Status: status,
        })),
        NextToken: next,
      };
    },
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
    const points = this.#alarms
      .past(metric)
      .points(from.getTime(), Math.min(to.getTime(), this.account.clock.now()), MetricStat?.Period ?? 60);
    if (order !== 'TimestampAscending') points.reverse();
    return {
      Id,
      Label: Label ?? name,
      Timestamps: points.map(({ at }) => new Date(at)),
      Values: points.map(({ value }) => value),
      StatusCode: 'Complete',
    };
  }

  #named(name: string | undefined): Alarm {
    const alarm = this.#alarms.find(name ?? '');
    if (!alarm) throw new Refusal('ResourceNotFound', `Alarm ${String(name)} does not exist`, 404);
    return alarm;
  }

  #enable(names: readonly string[] | undefined, enabled: boolean): Nothing {
    for (const name of names ?? []) {
      const alarm = this.#alarms.find(name);
      if (alarm) alarm.actionsEnabled = enabled;
    }
    return {};
  }
}

function missingData(given: string | undefined): AlarmDescription['treatMissingData'] {
  if (given === undefined) return undefined;
  return given === 'breaching' || given === 'notBreaching' || given === 'ignore' ? given : 'missing';
}

function common(alarm: Alarm): sdk.MetricAlarm & sdk.CompositeAlarm {
  const { value, reason, reasonData, since } = alarm.standing;
  return {
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    AlarmDescription: alarm.description,
    ActionsEnabled: alarm.actionsEnabled,
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    StateValue: value,
    StateReason: reason,
    StateReasonData: reasonData,
    StateUpdatedTimestamp: new Date(since),
    StateTransitionedTimestamp: new Date(since),
  };
}

function metricAlarm(alarm: Alarm): sdk.MetricAlarm {
  const { follows } = alarm;
  const { metric } = follows;
  return {
    ...common(alarm),
    Namespace: metric?.namespace,
    MetricName: metric?.name,
    Dimensions: Object.entries(metric?.dimensions ?? {}).map(([Name, Value]) => ({ Name, Value })),
    Statistic: follows.statistic,
    Period: follows.periodSeconds,
    EvaluationPeriods: follows.evaluationPeriods,
    DatapointsToAlarm: follows.datapointsToAlarm,
    Threshold: follows.threshold,
    ComparisonOperator: follows.comparison,
    TreatMissingData: follows.treatMissingData,
    ...(!metric && { Metrics: [] }),
  };
}

function compositeAlarm(alarm: Alarm): sdk.CompositeAlarm {
  return { ...common(alarm), AlarmRule: alarm.rule?.text };
}
