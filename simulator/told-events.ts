import { recordsOf } from './page';
import { Refusal } from './refusal';

const fortnight = 14 * 24 * 60 * 60_000;

interface Asked {
  readonly SourceIdentifier?: string | undefined;
  readonly SourceType?: string | undefined;
  readonly EventCategories?: readonly string[] | undefined;
  readonly StartTime?: Date | undefined;
  readonly EndTime?: Date | undefined;
  /** Minutes. */
  readonly Duration?: number | undefined;
  readonly MaxRecords?: number | undefined;
  readonly Marker?: string | undefined;
}

interface Told {
  readonly SourceIdentifier?: string | undefined;
  readonly SourceType?: string | undefined;
  readonly EventCategories?: readonly string[] | undefined;
  readonly Date?: Date | undefined;
}

/** What RDS and ElastiCache keep for DescribeEvents, for two weeks. `ending`: what the names of the service's refusals end in. */
export class ToldEvents<E extends Told> {
  readonly #kept: { readonly at: number; readonly event: E }[] = [];

  constructor(
    private readonly account: { readonly pageSize: number; readonly clock: { now(): number } },
    private readonly ending: '' | 'Exception',
  ) {}

  keep(event: E): void {
    const at = this.account.clock.now();
    while ((this.#kept[0]?.at ?? Infinity) < at - fortnight) this.#kept.shift();
    this.#kept.push({ at, event });
  }

  /** Answers DescribeEvents: oldest first, of the last hour unless asked otherwise. */
  describe(asked: Asked): { readonly Events: E[]; readonly Marker?: string } {
    if (asked.SourceIdentifier !== undefined && asked.SourceType === undefined) {
      throw new Refusal(
        `InvalidParameterCombination${this.ending}`,
        'Source type must be specified with a source identifier.',
      );
    }
    const now = this.account.clock.now();
    const until = asked.EndTime?.getTime() ?? now;
    const from = asked.StartTime?.getTime() ?? until - (asked.Duration ?? 60) * 60_000;
    const wanted = this.#kept
      .filter(({ at, event }) => at >= Math.max(from, now - fortnight) && at <= until && fits(event, asked))
      .map(({ event }) => event);
    const { items, next } = recordsOf(this.account, wanted, asked, `InvalidParameterValue${this.ending}`);
    return { Events: items, ...next };
  }
}

function fits(
  event: Told,
  { SourceType: type, SourceIdentifier: id, EventCategories: categories = [] }: Asked,
): boolean {
  return (
    (type === undefined || event.SourceType === type) &&
    (id === undefined || event.SourceIdentifier === id.toLowerCase()) &&
    (categories.length === 0 || categories.some((category) => event.EventCategories?.includes(category)))
  );
}
