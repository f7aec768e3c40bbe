/** More changes of one metric than this are not remembered. */
const mostChanges = 1_000;

/** What a metric was over time. Before the first that is known of it, it was as it was then. */
export class Past {
  readonly #changes: { readonly at: number; readonly value: number | undefined }[] = [];

  /** The metric has this value from now on; of several at one moment the last counts. Undefined: no data comes. */
  tell(at: number, value: number | undefined): void {
    if (this.#changes.at(-1)?.at === at) this.#changes.pop();
    if (this.#changes.length > 0 && this.#changes.at(-1)?.value === value) return;
    this.#changes.push({ at, value });
    if (this.#changes.length > mostChanges) this.#changes.shift();
  }

  /** One datapoint for each period of so many seconds from `from` on that has data and has begun before `to`, the oldest first. */
  points(from: number, to: number, periodSeconds: number): { readonly at: number; readonly value: number }[] {
    const points: { at: number; value: number }[] = [];
    const period = periodSeconds * 1_000;
    for (let at = from; at < to; at += period) {
      const value = this.#valueAt(Math.min(at + period, to));
      if (value !== undefined) points.push({ at, value });
    }
    return points;
  }

  #valueAt(moment: number): number | undefined {
    const known = this.#changes.findLast(({ at }) => at <= moment) ?? this.#changes[0];
    return known?.value;
  }
}
