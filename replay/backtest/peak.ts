import type { EpochMillis } from '../../signals/signal';
import type { Write } from './side-incident';

/** The most in any 60 minutes, and when the first of these began; null where there was nothing. */
export interface Most {
  readonly most: number;
  readonly from: EpochMillis | null;
}

/** What was touched at most in any 60 minutes. */
export interface Peak {
  /** Different resources, with the groups that they are in. */
  readonly resources: Most;
  /** Calls that changed something. */
  readonly writes: Most;
}

const hour = 3_600_000;

/** The busiest 60 minutes; what lies a whole hour apart is not in one. */
export function peakOf(writes: readonly Write[]): Peak {
  const inOrder = [...writes].sort((one, other) => one.at - other.at);
  const held = new Map<string, number>();
  let oldest = 0;
  let resources: Most = { most: 0, from: null };
  let calls: Most = { most: 0, from: null };
  for (const [place, write] of inOrder.entries()) {
    for (const resource of write.resources) held.set(resource, (held.get(resource) ?? 0) + 1);
    for (let past = inOrder[oldest]; past && past.at <= write.at - hour; past = inOrder[oldest]) {
      letGo(held, past);
      oldest += 1;
    }
    const from = inOrder[oldest]?.at ?? write.at;
    if (held.size > resources.most) resources = { most: held.size, from };
    if (place - oldest + 1 > calls.most) calls = { most: place - oldest + 1, from };
  }
  return { resources, writes: calls };
}

function letGo(held: Map<string, number>, { resources }: Write): void {
  for (const resource of resources) {
    const left = (held.get(resource) ?? 0) - 1;
    if (left > 0) held.set(resource, left);
    else held.delete(resource);
  }
}
