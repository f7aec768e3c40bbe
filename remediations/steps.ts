import { answerBefore, type ChangeStanding } from './absolute-change';
import type { Check, Start } from './remediation';

/**
 * The step that `start` has to take of a plan of several, which are taken in their order, one a start; or what it answers without
 * any. `what` names all that they change, such as `the log group /shop`.
 */
export function dueAmong<Step>(
  steps: readonly Step[],
  standingOf: (step: Step) => ChangeStanding,
  what: string,
): { readonly due: Step } | { readonly answer: Start } {
  const due = steps.find((step) => standingOf(step) !== 'made');
  const answer = answerBefore(due === undefined ? 'made' : standingOf(due), what);
  return due === undefined || answer ? { answer: answer ?? { kind: 'started' } } : { due };
}

/** What `check` answers of them. */
export function checkOfSteps<Step>(
  steps: readonly Step[],
  standingOf: (step: Step) => ChangeStanding,
  what: string,
): Check {
  const standings = steps.map(standingOf);
  if (standings.includes('overtaken')) {
    return { kind: 'failed', detail: `${what} was changed by others since the plan` };
  }
  const made = standings.filter((each) => each === 'made').length;
  if (made === steps.length) return { kind: 'done', detail: `${what} is as planned` };
  if (made === 0) return { kind: 'notStarted', detail: `${what} is as it was before the plan` };
  return { kind: 'continue', detail: `${made} of ${steps.length} steps are done: ${what} is not yet as planned` };
}
