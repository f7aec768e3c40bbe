import { page } from './page';
import { Refusal } from './refusal';
import type { SimulatedAccount } from './world';

/** What ListAutoshifts takes. */
interface Asked {
  readonly status?: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** What StartZonalShift takes. */
interface Started {
  readonly resourceIdentifier?: string;
  readonly awayFrom?: string;
  readonly expiresIn?: string;
  readonly comment?: string;
}

interface Autoshift {
  /** Id of the zone, such as `use1-az1`. */
  readonly awayFrom: string;
  readonly startTime: Date;
  endTime?: Date;
  status: 'ACTIVE' | 'COMPLETED';
}

interface Shift {
  readonly zonalShiftId: string;
  /** ARN. */
  readonly resourceIdentifier: string;
  /** Id of the zone. */
  readonly awayFrom: string;
  readonly startTime: Date;
  readonly expiryTime: Date;
  readonly comment: string;
  readonly shiftType: 'ZONAL_SHIFT' | 'PRACTICE_RUN';
  status: 'ACTIVE' | 'EXPIRED' | 'CANCELED';
}

const unit = { m: 60_000, h: 3_600_000 } as const;
const longest = 72 * unit.h;
/** For how long AWS runs a practice. */
const practice = 30 * unit.m;

/** Zonal shifts of one region: those that AWS begins by itself, and those of load balancers that allow them. */
export class ArcZonalShift {
  readonly #autoshifts: Autoshift[] = [];
  readonly #shifts: Shift[] = [];

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

  /** AWS tries out what happens without a zone, for half an hour. */
  beginPracticeRun(arn: string, zone: string): void {
    this.#begin(arn, this.#idOf(zone), practice, 'practice run', 'PRACTICE_RUN');
  }

  /** Whether the zone, given by its name, gets no traffic of the load balancer. */
  isShiftedAway(arn: string, zone: string | undefined): boolean {
    return zone !== undefined && this.#activeShifts(arn).some(({ awayFrom }) => awayFrom === this.#idOf(zone));
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
    GetManagedResource: ({ resourceIdentifier = '' }: Started): object => {
      const zones = this.#zonesOf(resourceIdentifier);
      return {
        arn: resourceIdentifier,
        appliedWeights: Object.fromEntries(
          zones.map((zone) => [this.#idOf(zone), this.isShiftedAway(resourceIdentifier, zone) ? 0 : 1]),
        ),
        zonalShifts: this.#activeShifts(resourceIdentifier).map(({ status: _status, ...shift }) => ({
          ...shift,
          appliedStatus: 'APPLIED',
        })),
        autoshifts: [],
      };
    },
    StartZonalShift: ({ resourceIdentifier = '', awayFrom = '', expiresIn = '', comment = '' }: Started): object => {
      const zones = this.#zonesOf(resourceIdentifier);
      const lasts = durationOf(expiresIn);
      if (lasts === undefined || lasts > longest) {
        throw new Refusal('ValidationException', `The expiry ${expiresIn} is not one of at most three days`);
      }
      if (!zones.some((zone) => this.#idOf(zone) === awayFrom)) {
        throw new Refusal('ValidationException', `The resource is not in the Availability Zone ${awayFrom}`);
      }
      // A shift of people goes before a practice run, which it ends.
      for (const shift of this.#activeShifts(resourceIdentifier)) {
        if (shift.shiftType === 'ZONAL_SHIFT') {
          throw new Refusal('ConflictException', `A zonal shift is active already: ${shift.zonalShiftId}`, 409);
        }
        this.#end(shift, 'CANCELED');
      }
      return { ...this.#begin(resourceIdentifier, awayFrom, lasts, comment, 'ZONAL_SHIFT') };
    },
    CancelZonalShift: ({ zonalShiftId }: { readonly zonalShiftId?: string }): object => {
      const shift = this.#shifts.find((one) => one.zonalShiftId === zonalShiftId);
      if (!shift)
        throw new Refusal('ResourceNotFoundException', `There is no zonal shift ${String(zonalShiftId)}`, 404);
      if (shift.status !== 'ACTIVE') throw new Refusal('ConflictException', 'The zonal shift is not active', 409);
      this.#end(shift, 'CANCELED');
      return { ...shift };
    },
  };

  #begin(arn: string, awayFrom: string, lasts: number, comment: string, shiftType: Shift['shiftType']): Shift {
    const now = this.account.clock.now();
    const shift: Shift = {
      zonalShiftId: `5a1f0000-0000-4000-8000-${this.account.newId('', 12)}`,
      resourceIdentifier: arn,
      awayFrom,
      startTime: new Date(now),
      expiryTime: new Date(now + lasts),
      comment,
      shiftType,
      status: 'ACTIVE',
    };
    this.#shifts.push(shift);
    this.account.clock.after(lasts, () => {
      if (shift.status === 'ACTIVE') this.#end(shift, 'EXPIRED');
    });
    this.#tellBalancer(arn);
    return shift;
  }

  #end(shift: Shift, status: 'EXPIRED' | 'CANCELED'): void {
    shift.status = status;
    this.#tellBalancer(shift.resourceIdentifier);
  }

  #tellBalancer(arn: string): void {
    this.account.services.elasticloadbalancing.shifted(arn);
  }

  #activeShifts(arn: string): readonly Shift[] {
    return this.#shifts.filter(({ resourceIdentifier, status }) => resourceIdentifier === arn && status === 'ACTIVE');
  }

  /** Names of the zones of a load balancer that allows zonal shifts: others are not known here. */
  #zonesOf(arn: string): readonly string[] {
    const { balancers } = this.account.services.elasticloadbalancing;
    const found = balancers.find(arn);
    if (found?.arn === arn && found.zonalShift) return balancers.zonesOf(found);
    throw new Refusal('ResourceNotFoundException', `There is no managed resource ${arn}`, 404);
  }

  #idOf(zone: string): string {
    return this.account.services.ec2.network.zoneId(zone);
  }

  #activeOf(zone: string): Autoshift | undefined {
    return this.#autoshifts.find(({ awayFrom, status }) => status === 'ACTIVE' && awayFrom === this.#idOf(zone));
  }
}

/** Milliseconds of `30m` or `2h`; undefined of anything else. */
function durationOf(text: string): number | undefined {
  const [, count, of] = /^([1-9]\d*)([mh])$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * unit[of === 'h' ? 'h' : 'm'];
}
