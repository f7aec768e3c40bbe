import type { Interruption, Wire } from '../wire';
import type { Lambda } from './lambda';

/** What befalls the worker, or the request that it has just sent. */
export const faults = ['killed before', 'killed after', 'duplicate', 'lost request', 'lost answer'] as const;
export type Fault = (typeof faults)[number];

/** A moment between commit, effect and acknowledgement: the `nth` request of an operation. */
export interface CrashPoint {
  readonly name: string;
  /** Absent: that which heals the patient. */
  readonly operation?: string;
  readonly nth: number;
  /** It is not the worker that is struck, but the page. */
  readonly isOfPage?: true;
}

/** In the order in which an incident without faults comes by them. */
export const crashPoints: readonly CrashPoint[] = [
  { name: 'commit of the intent', operation: 'TransactWriteItems', nth: 1 },
  { name: 'write', nth: 1 },
  { name: 'commit of its result', operation: 'TransactWriteItems', nth: 2 },
  { name: 'arming of the wake-up', operation: 'CreateSchedule', nth: 1 },
  { name: 'telling of the state', operation: 'PutEvents', nth: 1 },
  { name: 'commit of the symptom gone', operation: 'TransactWriteItems', nth: 3 },
  { name: 'commit of the end', operation: 'TransactWriteItems', nth: 4 },
];

/**
 * Where people are asked first. The first transactions are the commit of the question, the note of who is told by a message of
 * its own, and the commit that the message was sent.
 */
export const crashPointsOfApproval: readonly CrashPoint[] = [
  { name: 'commit of having asked', operation: 'TransactWriteItems', nth: 3 },
  { name: 'telling of the answer', operation: 'SendMessage', nth: 1, isOfPage: true },
  { name: 'commit after the answer', operation: 'TransactWriteItems', nth: 4 },
  { name: 'write', nth: 1 },
];

/** Who can be hurt: the function itself, and another that is handed the same message meanwhile. */
export interface Workers {
  readonly lambda: Lambda;
  readonly duplicate: () => Promise<void>;
}

export function plant(
  fault: Fault,
  { operation, nth }: { operation: string; nth: number },
  wire: Wire,
  workers: Workers,
): void {
  wire.interrupt({ operation, nth }, interruptionOf(fault, workers));
}

function interruptionOf(fault: Fault, { lambda, duplicate }: Workers): Interruption {
  const kill = (): void => {
    lambda.kill();
  };
  switch (fault) {
    case 'killed before':
      return { kind: 'lostRequest', hook: kill };
    case 'killed after':
      return { kind: 'after', hook: kill };
    case 'duplicate':
      return { kind: 'before', hook: duplicate };
    case 'lost request':
      return { kind: 'lostRequest' };
    case 'lost answer':
      return { kind: 'lostAnswer' };
  }
}
