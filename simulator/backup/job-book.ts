import { page } from '../page';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';

/** The jobs of one kind of an account: each is begun once for each token, and told by its id or a page at a time. */
export class JobBook<Job extends object> {
  readonly #jobs: Job[] = [];
  readonly #byToken = new Map<string, Job>();

  constructor(
    private readonly account: SimulatedAccount,
    /** `backup` or `restore`. */
    private readonly kind: string,
    private readonly idOf: (job: Job) => string,
  ) {}

  add(job: Job): void {
    this.#jobs.push(job);
  }

  newId(): string {
    return this.account.newId('00000000-0000-4000-8000-', 12).toUpperCase();
  }

  has(holds: (job: Job) => boolean): boolean {
    return this.#jobs.some(holds);
  }

  /** The job that a token began, or the one that is begun now. */
  once(token: string | undefined, begin: () => Job): Job {
    const job = (token === undefined ? undefined : this.#byToken.get(token)) ?? begin();
    if (token !== undefined) this.#byToken.set(token, job);
    return job;
  }

  /** As AWS tells of one job; refuses one that there is not. */
  told(id: string | undefined): Job {
    const job = this.#jobs.find((one) => this.idOf(one) === id);
    if (job) return { ...job };
    throw new Refusal('ResourceNotFoundException', `Cannot find ${this.kind} job with ID: ${String(id)}`);
  }

  /** As AWS lists those that are asked for. */
  listed(
    isAskedFor: (job: Job) => boolean,
    {
      MaxResults = 1_000,
      NextToken,
    }: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
  ): { readonly jobs: Job[]; readonly next: string | undefined } {
    const limit = Math.min(MaxResults, this.account.pageSize);
    const found = this.#jobs.filter(isAskedFor);
    const { items, next } = page(found, limit, NextToken, 'InvalidParameterValueException');
    return { jobs: items.map((job) => ({ ...job })), next };
  }
}
