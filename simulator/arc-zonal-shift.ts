import { page } from './page';
import { Refusal } from './refusal';
import type { SimulatedAccount } from './world';

/** What ListAutoshifts takes. */
interface Asked {
  readonly status?: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

interface Autoshift {
  /** Id of the zone, such as `use1-az1`. */
  readonly awayFrom: string;
  readonly startTime: Date;
  endTime?: Date;
  status: 'ACTIVE' | 'COMPLETED';
}

/** Zonal shifts of one region, as far as AWS begins them by itself. */
export class ArcZonalShift {
  readonly #autoshifts: Autoshift[] = [];

  constructor(private readonly account: SimulatedAccount) {}

  /** AWS begins to shift traffic away from a zone, given by its name; nothing changes where it does already. */
  beginAutoshift(zone: string): void {
    if (this.#activeOf(zone)) return;
    const startTime = new Date(this.account.clock.now());
    this.#autoshifts.push({ awayFrom: this.#idOf(zone), startTime, status: 'ACTIVE' });
  }

  /** AWS sends traffic to the zone again. */
  endAutoshift(zone: string): void {
    const active = this.#activeOf(zone);
    if (!active) return;
    active.status = 'COMPLETED';
    active.endTime = new Date(this.account.clock.now());
  }

  readonly operations = {
    ListAutoshifts: ({ status = 'ACTIVE', maxResults = 100, nextToken }: Asked): object => {
      if (status !== 'ACTIVE' && status !== 'COMPLETED') {
        throw new Refusal('ValidationException', `The status ${status} is not one of ACTIVE and COMPLETED`);
      }
      const found = this.#autoshifts.filter((one) => one.status === status).map((one) => ({ ...one }));
      const limit = Math.min(maxResults, this.account.pageSize);
      const { items, next } = page(found, limit, nextToken, 'ValidationException');
      return { items, nextToken: next };
    },
  };

  #idOf(zone: string): string {
    return this.account.services.ec2.network.zoneId(zone);
  }

  #activeOf(zone: string): Autoshift | undefined {
    return this.#autoshifts.find(({ awayFrom, status }) => status === 'ACTIVE' && awayFrom === this.#idOf(zone));
  }
}
