import type { Decision } from '../runtime/intake';
import type { HistoryEntry } from '../runtime/store/incident-store';
import type { Incident } from '../statemachines/incident';
import { timeOf, type Recorded } from './recorded-events';
import { reportOf, type ReplayReport, type ReportedIncident } from './report';
import { setStage, type Stage, type StageSetting } from './stage';

/** What a replay is made of, beside the recording. */
export interface ReplaySetting extends Pick<
  StageSetting,
  'policy' | 'remediations' | 'vitals' | 'build' | 'peopleApprove' | 'onCommit'
> {
  /** Is told of each decision as it is made. */
  readonly onDecision?: (decision: Decision) => void;
  /** Is told of each incident as it ends. */
  readonly onIncident?: (incident: ReportedIncident) => void;
  /** Is told the same as it is stored. */
  readonly onHistory?: (incident: Incident, history: readonly HistoryEntry[]) => void;
}

/** An incident is given this long after the last recorded event; then it is reported as it stands. */
const afterwards = 60 * 24 * 3_600_000;

/** Who is told of a play, and of what: nothing is kept of it. */
export interface Audience {
  /** Each decision as it is made. */
  readonly onDecision: (decision: Decision) => void;
  /** Each incident as it ends; at the end also those that have not. */
  readonly onHistory: (incident: Incident, history: readonly HistoryEntry[]) => void;
}

/** Plays recorded events in a simulated world, in virtual time. Answers how many there were, and what was assumed. */
export async function play(
  recorded: AsyncIterable<Recorded>,
  setting: Omit<StageSetting, 'onEnd'>,
  { onDecision, onHistory }: Audience,
): Promise<Pick<ReplayReport, 'events' | 'assumed'>> {
  let stage: Stage | undefined;
  let events = 0;
  for await (const one of recorded) {
    events += 1;
    if (one.kind === 'unreadable') {
      onDecision({ eventId: '', decision: 'invalid', reason: `${one.position}: ${one.message}` });
      continue;
    }
    const time = timeOf(one);
    stage ??= setStage(Number.isFinite(time) ? time : 0, { ...setting, onEnd: onHistory });
    // A time that is none, or past, is now: what was recorded late was told late.
    if (Number.isFinite(time)) await stage.clock.runUntil(time);
    for (const decision of await stage.play(one.event)) onDecision(placed(decision, one.position));
  }
  if (stage) {
    await stage.clock.runUntil(stage.clock.now() + afterwards);
    for (const { incident, history } of stage.store.open()) onHistory(incident, history);
  }
  return { events, assumed: stage?.assumed() ?? [] };
}

/** Replays recorded events in a simulated world, in virtual time: what was decided, and what became of each incident. */
export async function replay(recorded: AsyncIterable<Recorded>, setting: ReplaySetting): Promise<ReplayReport> {
  const decisions: Decision[] = [];
  const incidents: ReportedIncident[] = [];
  const { events, assumed } = await play(recorded, setting, {
    onDecision: (decision) => {
      decisions.push(decision);
      setting.onDecision?.(decision);
    },
    onHistory: (incident, history) => {
      const reported = reportOf(incident, history);
      incidents.push(reported);
      setting.onIncident?.(reported);
      setting.onHistory?.(incident, history);
    },
  });
  return {
    events,
    ignored: decisions.filter(({ decision }) => decision === 'ignored').length,
    invalid: decisions.filter(({ decision }) => decision === 'invalid').length,
    decisions,
    incidents,
    assumed,
  };
}

/** An event that cannot be read is found by its place in the recording, for it may not even have an id. */
function placed(decision: Decision, position: string): Decision {
  return decision.decision === 'invalid' ? { ...decision, reason: `${position}: ${decision.reason ?? ''}` } : decision;
}
