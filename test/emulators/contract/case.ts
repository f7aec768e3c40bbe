import type { Action } from '../../../vitals/aws';
import type { Place } from './place';

/** What was seen, as JSON: the fields that our code reads, or the name of the error. */
export type Facts = unknown;

/** One thing that AWS does, which the simulated account must do as well. */
export interface ContractCase {
  readonly operation: Action | 'sns:Publish';
  /** A promise in the present tense; unique among those of its operation. */
  readonly name: string;
  /** What AWS does. */
  readonly agreed: Facts;
  /** Sets the stage, calls, and tells what it saw. */
  readonly seen: (place: Place) => Promise<Facts>;
}

/** The cases of a service. */
export const casesOf = (cases: readonly ContractCase[]): readonly ContractCase[] => cases;

/** The name of the error that a call is refused with. */
export async function refusal(call: Promise<unknown>): Promise<Facts> {
  try {
    await call;
    return 'not refused';
  } catch (error) {
    return { refused: error instanceof Error ? error.name : String(error) };
  }
}
