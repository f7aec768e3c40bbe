import { z } from 'zod';
import type { ProgressSignal, Resource, Signal, UnhealthySignal } from '../signals/signal';
import type { SimulatedAccount, World } from '../simulator/world';
import { assumedSickness } from './assumed-sickness';

/** The part of an alarm's event that says what the alarm measures. */
const alarmDetail = z.object({
  detail: z.object({
    configuration: z.object({
      metrics: z.array(
        z.object({
          metricStat: z
            .object({
              metric: z.object({
                namespace: z.string(),
                name: z.string(),
                dimensions: z.record(z.string(), z.string()).default({}),
              }),
              period: z.number().positive(),
            })
            .optional(),
        }),
      ),
    }),
  }),
});

/**
 * A world made up from what a recording mentions: each resource as ordinary as can be, sick in the way that the event says.
 * What is there already, from an account file or an earlier event, is only made sick or well.
 */
export class AssumedWorld {
  readonly #assumed: string[] = [];

  constructor(private readonly world: World) {}

  /** What was made up so far, one line each. */
  get assumed(): readonly string[] {
    return this.#assumed;
  }

  /** Makes the world be as a recorded event says that it is, before the event is taken. */
  follow(event: unknown, signals: readonly Signal[]): void {
    for (const signal of signals) {
      const account = this.world.account(signal.resource.account, signal.resource.region);
      if (signal.kind === 'unhealthy') this.#sicken(account, signal, event);
      else if (signal.kind === 'recovered') this.#recover(account, signal);
      else this.#progress(account, signal);
    }
  }

  #sicken(account: SimulatedAccount, signal: UnhealthySignal, event: unknown): void {
    const sickness = assumedSickness(account, signal);
    if (!sickness) return;
    const added = sickness.ensure();
    if (added) this.#assumed.push(added);
    const { cloudwatch } = account.services;
    const name = signal.evidence.alarmArn?.split(':alarm:')[1];
    if (name === undefined) {
      sickness.sicken();
      return;
    }
    if (cloudwatch.alarm(name)) {
      sickness.sicken();
    } else {
      const stat = alarmDetail.safeParse(event).data?.detail.configuration.metrics[0]?.metricStat;
      const before = stat && cloudwatch.value(stat.metric);
      sickness.sicken();
      const after = stat && cloudwatch.value(stat.metric);
      const measured = stat && before !== undefined && after !== undefined && before !== after;
      // Between the well and the sick value, so that the alarm goes back to OK when and only when the symptom is gone.
      cloudwatch.add(
        measured
          ? {
              name,
              metric: stat.metric,
              periodSeconds: stat.period,
              threshold: (before + after) / 2,
              comparison: after > before ? 'GreaterThanThreshold' : 'LessThanThreshold',
              state: 'ALARM',
            }
          : { name, state: 'ALARM' },
      );
      this.#assumed.push(
        measured
          ? `alarm ${name} follows what it measures`
          : `alarm ${name} stays as recorded: what it measures is not simulated`,
      );
    }
    if (cloudwatch.alarm(name)?.standing.value !== 'ALARM') cloudwatch.force(name, 'ALARM');
  }

  /** What recovered in the recording recovers here too, unless it was healed before. */
  #recover(account: SimulatedAccount, signal: Signal & { kind: 'recovered' }): void {
    const sickness = assumedSickness(account, signal);
    sickness?.recover();
    const name = signal.evidence.alarmArn?.split(':alarm:')[1];
    if (name === undefined) return;
    const { cloudwatch } = account.services;
    if (cloudwatch.alarm(name) && cloudwatch.alarm(name)?.standing.value !== 'OK') cloudwatch.force(name, 'OK');
  }

  /** What AWS did by itself in the recording it does here too. */
  #progress(account: SimulatedAccount, { resource, detail }: ProgressSignal): void {
    if (resource.kind === 'ec2-instance' && /terminated/i.test(detail)) this.#terminate(account, resource);
    const { rds } = account.services;
    const isDatabase = resource.kind === 'db-instance' || resource.kind === 'db-cluster';
    if (isDatabase && rds.holds(resource.id) && /failover.*complete/i.test(detail)) rds.completeFailover(resource.id);
  }

  #terminate({ services }: SimulatedAccount, { id }: Resource): void {
    const power = services.ec2.instance(id)?.power;
    if (power === 'running' || power === 'pending' || power === 'stopped') services.ec2.terminate(id);
  }
}
