import { FadingMap } from '../runtime/store/memory-store/fading-map';
import { resourceKey, type ProgressSignal, type Resource, type Signal, type UnhealthySignal } from '../signals/signal';
import type { SimulatedAccount, World } from '../simulator/world';
import { optInTag } from '../statemachines/guards/consent';
import { assumedSickness } from './assumed-sickness';
import { isCrossed, recordedAlarm, type Comparison, type RecordedAlarm } from './recorded-alarm';

/** Where an alarm's threshold is put between the well and the sick value: so that less than all of the work heals. */
const towardsSick = 0.75;

/** As long as the store remembers a signal, in milliseconds: what comes again after that is news to both. */
const followedKeptFor = 16 * 24 * 60 * 60 * 1_000;

/** What is assumed of whoever owns what was made up, once for all of it. What an account file describes has the tags that it says. */
const consent = `the owners of what is made up have opted in: it is tagged ${optInTag.key}=${optInTag.value}`;

/**
 * A world made up from what a recording mentions: each resource as ordinary as can be, sick in the way that the event says.
 * What is there already, from an account file or an earlier event, is only made sick or well.
 */
export class AssumedWorld {
  readonly #assumed: string[] = [];
  readonly #followed = new FadingMap<true>(followedKeptFor);
  /** Name of an alarm whose metric is only as recorded → what makes it well. */
  readonly #held = new Map<string, () => void>();
  /** Key of a database → where it served from when it fell sick. */
  readonly #serving = new Map<string, string>();

  constructor(private readonly world: World) {}

  /** What was made up so far, one line each. */
  get assumed(): readonly string[] {
    return this.#assumed;
  }

  /** Makes the world be as a recorded event says that it is, before the event is taken. What is told twice happened once. */
  follow(event: unknown, signals: readonly Signal[]): void {
    for (const signal of signals) {
      if (this.#followed.has(signal.dedupKey)) continue;
      this.#followed.set(signal.dedupKey, true, this.world.clock.now());
      const account = this.world.account(signal.resource.account, signal.resource.region);
      const alarm = signal.evidence.alarmArn === undefined ? undefined : recordedAlarm(event);
      if (signal.kind === 'unhealthy') this.#sicken(account, signal, alarm);
      else if (signal.kind === 'recovered') this.#recover(account, signal, alarm);
      else this.#progress(account, signal);
    }
  }

  #sicken(account: SimulatedAccount, signal: UnhealthySignal, alarm: RecordedAlarm | undefined): void {
    const { cloudwatch } = account.services;
    const known = alarm && cloudwatch.alarm(alarm.name);
    // An account that has the alarm in ALARM is sick as it was described.
    const sickness = known?.standing.value === 'ALARM' ? undefined : assumedSickness(account, signal, alarm);
    const added = sickness?.ensure();
    if (added) {
      if (!this.#assumed.includes(consent)) this.#assumed.push(consent);
      this.#assumed.push(added);
    }
    this.#rememberServing(account, signal.resource);
    const well = valueOf(account, alarm);
    sickness?.sicken();
    if (!alarm) return;
    if (!known) this.#addAlarm(account, alarm, well, valueOf(account, alarm));
    if (cloudwatch.alarm(alarm.name)?.standing.value !== 'ALARM') cloudwatch.force(alarm.name, 'ALARM');
  }

  #rememberServing(account: SimulatedAccount, resource: Resource): void {
    const serving = servingOf(account, resource);
    if (serving !== undefined) this.#serving.set(resourceKey(resource), serving);
  }

  /** An alarm that goes back to OK when and only when the symptom is gone, where its metric shows the symptom. */
  #addAlarm(
    { services: { cloudwatch } }: SimulatedAccount,
    alarm: RecordedAlarm,
    well: number | undefined,
    sick: number | undefined,
  ): void {
    const { name, measures } = alarm;
    const limit = measures && limitFor(alarm, well, sick);
    this.#assumed.push(
      limit
        ? `alarm ${name} follows what it measures`
        : `alarm ${name} stays as recorded: what it measures is not simulated`,
    );
    const { metric, periodSeconds } = measures ?? {};
    const held = limit ?? (sick === undefined ? this.#hold(cloudwatch, alarm) : undefined);
    // What has no datapoints while all is well is well without them.
    const missing = limit && well === undefined ? { treatMissingData: 'notBreaching' as const } : {};
    cloudwatch.add({ name, state: 'ALARM', ...(held && { metric, periodSeconds, ...held, ...missing }) });
  }

  /** A metric that is not simulated is beyond its recorded threshold until the recording says otherwise. */
  #hold(cloudwatch: SimulatedAccount['services']['cloudwatch'], alarm: RecordedAlarm): Limit | undefined {
    const { measures, threshold, comparison } = alarm;
    if (!measures || threshold === undefined || !comparison) return undefined;
    const beyond = comparison.startsWith('Less') ? -1 : 1;
    cloudwatch.set(measures.metric, threshold + beyond);
    this.#held.set(alarm.name, () => {
      cloudwatch.set(measures.metric, threshold - beyond);
    });
    return { threshold, comparison };
  }

  /** What recovered in the recording recovers here too, unless it was healed before. */
  #recover(account: SimulatedAccount, signal: Signal & { kind: 'recovered' }, alarm: RecordedAlarm | undefined): void {
    assumedSickness(account, signal, alarm)?.recover();
    const { cloudwatch } = account.services;
    const known = alarm && cloudwatch.alarm(alarm.name);
    if (known) this.#held.get(alarm.name)?.();
    if (known && known.standing.value !== 'OK') cloudwatch.force(alarm.name, 'OK');
  }

  /** What AWS did by itself in the recording it does here too. */
  #progress(account: SimulatedAccount, { resource, detail }: ProgressSignal): void {
    if (resource.kind === 'ec2-instance' && /terminated/i.test(detail)) this.#terminate(account, resource);
    if (/failover.*complete|complete.*failover/i.test(detail)) this.#completeFailover(account, resource);
  }

  /** Unless it has failed over since it fell sick: then that was what the recording tells of. */
  #completeFailover(account: SimulatedAccount, resource: Resource): void {
    const { rds } = account.services;
    const before = this.#serving.get(resourceKey(resource));
    if (servingOf(account, resource) === undefined) return;
    if (before === undefined || before === servingOf(account, resource)) rds.completeFailover(resource.id);
    this.#serving.delete(resourceKey(resource));
  }

  #terminate({ services }: SimulatedAccount, { id }: Resource): void {
    const power = services.ec2.instance(id)?.power;
    if (power === 'running' || power === 'pending' || power === 'stopped') services.ec2.terminate(id);
  }
}

function valueOf({ services }: SimulatedAccount, alarm: RecordedAlarm | undefined): number | undefined {
  return alarm?.measures && services.cloudwatch.value(alarm.measures.metric);
}

interface Limit {
  readonly threshold: number;
  readonly comparison: Comparison;
}

/** What parts well from sick: as recorded where the simulated values fit that, else between them; undefined where they don't differ. */
function limitFor(
  { threshold, comparison }: RecordedAlarm,
  well: number | undefined,
  sick: number | undefined,
): Limit | undefined {
  if (sick === undefined) return undefined;
  if (threshold !== undefined && comparison && isCrossed(sick, threshold, comparison)) {
    // What was sick before the recording began has shown no well value.
    if (well === undefined || well === sick || !isCrossed(well, threshold, comparison))
      return { threshold, comparison };
  }
  if (well === undefined || well === sick) return undefined;
  return {
    threshold: well + towardsSick * (sick - well),
    comparison: sick > well ? 'GreaterThanThreshold' : 'LessThanThreshold',
  };
}

/** Where a database serves from: the zone of an instance, the writer of a cluster; undefined for what is not there. */
function servingOf({ services: { rds } }: SimulatedAccount, { kind, id }: Resource): string | undefined {
  if (!rds.holds(id)) return undefined;
  if (kind === 'db-instance') {
    return rds.operations.DescribeDBInstances({ DBInstanceIdentifier: id }).DBInstances?.[0]?.AvailabilityZone;
  }
  if (kind !== 'db-cluster') return undefined;
  const [cluster] = rds.operations.DescribeDBClusters({ DBClusterIdentifier: id }).DBClusters ?? [];
  return cluster?.DBClusterMembers?.find(({ IsClusterWriter }) => IsClusterWriter)?.DBInstanceIdentifier;
}
