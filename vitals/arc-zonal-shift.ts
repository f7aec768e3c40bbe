/**
 * AWS's service of zonal shifts (ARC), as far as it is called here: its SDK client is not to be had as a package, so its shapes
 * are told here, and its client is made in the runtime.
 */
export interface ArcZonalShift {
  /** Autoshifts of the region: AWS moving traffic away from a zone by itself. Unless asked, the active ones. */
  listAutoshifts(input: ListAutoshiftsInput): Promise<ListAutoshiftsOutput>;
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
