/** What CloudWatch counts, as an alarm or a query names it. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Dimensions;
}

export type Dimensions = Readonly<Record<string, string>>;

/** Value of a metric at this moment; undefined where no data comes. */
export type MetricSource = (name: string, dimensions: Dimensions) => number | undefined;

/** What a metric was up to now, as changes of its value, the oldest first; undefined where only alarms remember it. */
export type MetricHistory = (
  name: string,
  dimensions: Dimensions,
) => readonly { readonly at: number; readonly value: number | undefined }[] | undefined;

/** Names the metric itself, whatever the order of its dimensions. */
export function metricKey({ namespace, name, dimensions }: Metric): string {
  const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return [namespace, name, ...sorted.map(([dimension, value]) => `${dimension}=${value}`)].join('\n');
}

/** Turns the list that AWS uses into a record. */
export function dimensionsOf(
  list: readonly { Name?: string | undefined; Value?: string | undefined }[] | undefined,
): Dimensions {
  return Object.fromEntries((list ?? []).map(({ Name, Value }) => [Name ?? '', Value ?? '']));
}

/** Things that watch metrics, found by one dimension's value without looking at the others. */
export class MetricIndex<Watcher> {
  readonly #watchers = new Map<string, Map<Watcher, Metric>>();

  add(metric: Metric, watcher: Watcher): void {
    for (const key of keysOf(metric)) {
      const bucket = this.#watchers.get(key) ?? new Map<Watcher, Metric>();
      this.#watchers.set(key, bucket.set(watcher, metric));
    }
  }

  remove(metric: Metric, watcher: Watcher): void {
    for (const key of keysOf(metric)) {
      const bucket = this.#watchers.get(key);
      bucket?.delete(watcher);
      if (bucket?.size === 0) this.#watchers.delete(key);
    }
  }

  /** Watchers of metrics in the namespace that carry all of `dimensions`. */
  under(namespace: string, dimensions: Dimensions = {}): Watcher[] {
    const given = Object.entries(dimensions);
    const [first] = given;
    const bucket = this.#watchers.get(first ? keyOf(namespace, ...first) : namespace);
    if (!bucket) return [];
    return [...bucket]
      .filter(([, metric]) => given.every(([dimension, value]) => metric.dimensions[dimension] === value))
      .map(([watcher]) => watcher);
  }
}

function keyOf(namespace: string, dimension: string, value: string): string {
  return `${namespace}\n${dimension}=${value}`;
}

function keysOf({ namespace, dimensions }: Metric): string[] {
  return [namespace, ...Object.entries(dimensions).map(([name, value]) => keyOf(namespace, name, value))];
}
