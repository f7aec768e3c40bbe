import type { Bundles } from './bundles';
import { batchOf, environmentOf, type Ground } from './ground';
import { WarmProcess, type Invocation } from './lambda-process';
import type { LoopbackAws } from './loopback/endpoint';
import { LoopbackTable } from './loopback/table';
import { quantile } from './statistics';

/** Not counted: until then the machine compiles what runs often. */
const warmingUp = 60;
const counted = 150;

/** How many alarms `measureWarm` takes. */
export const alarmsForWarm = warmingUp + counted;

/** Milliseconds from the call of the handler to its answer. */
export interface Latency {
  readonly p50: number;
  readonly p95: number;
}

export interface Warm {
  readonly bare: Latency;
  readonly ours: Latency;
  /** CPU for one event, in milliseconds. */
  readonly cpu: { readonly bare: number; readonly ours: number };
  /** Requests to AWS for one event. */
  readonly requests: number;
}

/** One process of each sort takes alarm after alarm, in turn: the bare one reboots, ours does all up to its next wait. */
export async function measureWarm(bundles: Bundles, aws: LoopbackAws, { alarms }: Ground): Promise<Warm> {
  const env = environmentOf(aws.endpoint);
  const [bare, ours] = [await WarmProcess.start(bundles.bare, env), await WarmProcess.start(bundles.acting, env)];
  const seen: { bare: Invocation[]; ours: Invocation[] } = { bare: [], ours: [] };
  let requests = 0;
  try {
    for (const alarm of alarms.slice(-alarmsForWarm)) {
      // An empty one each: hundreds that are healed at once under one rule would read about each other.
      aws.table = new LoopbackTable();
      aws.takeRequests();
      seen.ours.push(await ours.invoke(batchOf(alarm)));
      requests = aws.takeRequests().length;
      seen.bare.push(await bare.invoke(batchOf(alarm)));
    }
  } finally {
    await Promise.all([bare.end(), ours.end()]);
  }
  return {
    bare: latencyOf(seen.bare),
    ours: latencyOf(seen.ours),
    cpu: { bare: cpuOf(seen.bare), ours: cpuOf(seen.ours) },
    requests,
  };
}

function latencyOf(all: readonly Invocation[]): Latency {
  const milliseconds = all.slice(warmingUp).map((one) => one.milliseconds);
  return { p50: quantile(milliseconds, 0.5), p95: quantile(milliseconds, 0.95) };
}

function cpuOf(all: readonly Invocation[]): number {
  const [from, to] = [all[warmingUp - 1]?.cpuOfProcess ?? NaN, all.at(-1)?.cpuOfProcess ?? NaN];
  return (to - from) / counted;
}
