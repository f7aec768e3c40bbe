import { outcomeOf, type Outcome } from '../../../statemachines/incident';
import { attemptsOf, type Attempt } from '../attempts';
import { heldBackAmong, type HeldBack, type Story } from './story';

/** What a rule did, and how it went. */
export interface Acted {
  /** Remediations that were started. */
  readonly starts: number;
  /** Of these: the symptom went and stayed away; it stayed; what was started failed; it is not over. */
  readonly helped: number;
  readonly didNotHelp: number;
  readonly failed: number;
  readonly underWay: number;
  /** Incidents by how they ended. */
  readonly resolved: number;
  readonly recovered: number;
  readonly escalated: number;
  readonly open: number;
  readonly held: HeldBack;
  /** Sicknesses elsewhere that may have come of what was started. */
  readonly echoes: number;
}

/** Reckons up incidents in which something could be started. */
export function actedIn(stories: readonly Story[]): Acted {
  const attempts = stories.flatMap(({ history }) => attemptsOf(history));
  const tried = (outcome: Attempt['outcome']): number => attempts.filter((one) => one.outcome === outcome).length;
  const ended = (outcome: Outcome): number => stories.filter(({ incident }) => outcomeOf(incident) === outcome).length;
  const happened = stories.flatMap(({ history }) => history);
  return {
    // What goes on after a step in between is the same start.
    starts: happened.filter(({ from, to }) => from === 'admitting' && to === 'starting').length,
    helped: tried('healed'),
    didNotHelp: tried('didNotHelp'),
    failed: tried('failed'),
    underWay: tried('underWay'),
    resolved: ended('resolved'),
    recovered: ended('recovered'),
    escalated: ended('escalated'),
    open: ended('open'),
    held: heldBackAmong(stories),
    echoes: happened.filter(({ event }) => event.type === 'signal.echoed').length,
  };
}
