/**
 * AWS's service of zonal shifts (ARC), as far as it is called here: its SDK client is not to be had as a package, so its shapes
 * are told here, and its client is made in the runtime.
 */
export interface ArcZonalShift {
  /** Autoshifts of the region: AWS moving traffic away from a zone by itself. Unless asked, the active ones. */
  listAutoshifts(input: ListAutoshiftsInput): Promise<ListAutoshiftsOutput>;
  /** What shifts traffic of one load balancer or group now. */
  getManagedResource(input: GetManagedResourceInput): Promise<GetManagedResourceOutput>;
  /** Moves the traffic of one load balancer or group away from a zone, for a while. */
  startZonalShift(input: StartZonalShiftInput): Promise<ZonalShift>;
  /** Ends a shift before its time. */
  cancelZonalShift(input: CancelZonalShiftInput): Promise<ZonalShift>;
}

export interface ListAutoshiftsInput {
  readonly status?: 'ACTIVE' | 'COMPLETED';
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export interface ListAutoshiftsOutput {
  readonly items?: readonly AutoshiftSummary[];
  readonly nextToken?: string;
}

/** AWS fills in all of it; nothing is relied on that is not checked. */
export interface AutoshiftSummary {
  /** Id of a zone, such as `use1-az1`. */
  readonly awayFrom?: string;
  readonly status?: string;
  readonly startTime?: Date;
  readonly endTime?: Date;
}

export interface GetManagedResourceInput {
  /** ARN of the resource. */
  readonly resourceIdentifier: string;
}

export interface GetManagedResourceOutput {
  readonly arn?: string;
  /** Id of each zone → 1 while it gets traffic, 0 while it gets none. */
  readonly appliedWeights?: Readonly<Record<string, number>>;
  readonly zonalShifts?: readonly ZonalShiftInResource[];
  readonly autoshifts?: readonly AutoshiftInResource[];
}

/** A shift that is active: of people, of a practice run of AWS, or of an experiment. */
export interface ZonalShiftInResource {
  /** `APPLIED`, or `NOT_APPLIED` while another shift has precedence. */
  readonly appliedStatus?: string;
  readonly zonalShiftId?: string;
  readonly awayFrom?: string;
  readonly expiryTime?: Date;
  readonly startTime?: Date;
  readonly comment?: string;
  /** `ZONAL_SHIFT`, `PRACTICE_RUN`, `FIS_EXPERIMENT` or `ZONAL_AUTOSHIFT`. */
  readonly shiftType?: string;
}

export interface AutoshiftInResource {
  readonly appliedStatus?: string;
  readonly awayFrom?: string;
  readonly startTime?: Date;
}

export interface StartZonalShiftInput {
  readonly resourceIdentifier: string;
  /** Id of a zone. */
  readonly awayFrom: string;
  /** `30m` or `3h`; three days at the most. */
  readonly expiresIn: string;
  /** At most 128 characters. */
  readonly comment: string;
}

export interface CancelZonalShiftInput {
  readonly zonalShiftId: string;
}

export interface ZonalShift {
  readonly zonalShiftId?: string;
  readonly resourceIdentifier?: string;
  readonly awayFrom?: string;
  readonly expiryTime?: Date;
  readonly startTime?: Date;
  /** `ACTIVE`, `EXPIRED` or `CANCELED`. */
  readonly status?: string;
  readonly comment?: string;
}
