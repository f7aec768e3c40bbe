import { InvalidArgumentError, type Command } from 'commander';
import { timeText } from '../replay/report';
import type { IncidentStore, IncidentSummary } from '../runtime/store/incident-store';
import { systemClock } from '../runtime/clock';
import { resourceKey, type EpochMillis } from '../signals/signal';
import { durationText } from '../statemachines/duration';
import { hasEnded, outcomeOf, states, type Outcome, type State } from '../statemachines/incident';
import { didYouMean, listed } from '../statemachines/policy/nearest-name';
import { fine, type CommandResult } from './command-result';
import { against, ofDeployment, openDeployment, type DeploymentOptions } from './deployment';
import { numbered } from './incident-text';
import { tableText } from './table-text';

/** What `--state` takes: a state of the machine, an outcome, or `parked`. */
export interface Wanted {
  readonly states: readonly State[];
  readonly parked: boolean;
}

interface ListOptions {
  /** Absent: those that are open, and the latest that have ended. */
  readonly state?: Wanted;
  readonly limit: number;
  readonly json?: true;
}

/** More are not counted, only said to be there. */
const countedUpTo = 1_000;

const outcomes: readonly Outcome[] = ['open', 'resolved', 'recovered', 'observed', 'escalated'];
const known = [...new Set<string>([...outcomes, 'parked', ...states])];

/** Adds `homeostat incidents`. */
export function registerIncidents(program: Command, open = openDeployment): void {
  ofDeployment(
    program
      .command('incidents')
      .description('list the incidents of a deployment, the latest first: the open ones and the latest that have ended')
      .option('--state <state...>', `those in these states: ${known.slice(0, 6).join(', ')}, or of the machine`, wanted)
      .option('--limit <number>', 'how many to show', limitOf, 20)
      .option('--json', 'print one JSON object'),
  ).action(async (options: ListOptions & DeploymentOptions) => {
    await against(open(options), async (deployment) =>
      listIncidents(await deployment.store(), options, systemClock.now()),
    );
  });
}

/** Adds what is written to what was wanted before. `escalated` is the outcome: whoever people were called for. */
export function wanted(written: string, before: Wanted = { states: [], parked: false }): Wanted {
  if (written === 'parked') return { ...before, parked: true };
  const meant = states.filter((state) =>
    outcomes.some((outcome) => outcome === written) ? outcomeOf({ state }) === written : state === written,
  );
  if (meant.length === 0) {
    throw new InvalidArgumentError(
      `there is no state ${written}${didYouMean(written, known) || `; there are ${listed(known)}`}`,
    );
  }
  return { ...before, states: [...new Set([...before.states, ...meant])] };
}

function limitOf(text: string): number {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  if (!(limit >= 1 && limit <= countedUpTo))
    throw new InvalidArgumentError(`it is a whole number from 1 to ${countedUpTo}.`);
  return limit;
}

/** The incidents of a store that are wanted, at the time `now`. */
export async function listIncidents(
  store: IncidentStore,
  { state, limit, json }: ListOptions,
  now: EpochMillis,
): Promise<CommandResult> {
  const found = await find(store, state);
  const shown = found.slice(0, limit).sort(latestFirst);
  const more = found.length - shown.length;
  if (json) return fine(JSON.stringify({ incidents: shown.map(asJson), more }, null, 2));
  const parked = shown.filter((one) => one.parked !== undefined);
  return fine(
    [
      ...(shown.length > 0 ? [tableText(shown.map((one) => rowOf(one, now))), ''] : []),
      ...parked.map((one) => `${one.id} is parked: ${one.parked ?? ''}`),
      ...(parked.length > 0 ? [''] : []),
      countsOf(shown),
      ...(more > 0 ? [moreOf(more, found.length)] : []),
    ].join('\n'),
  );
}

/** In the order in which they are worth showing: what is parked or open goes before what has ended. */
async function find(store: IncidentStore, asked?: Wanted): Promise<IncidentSummary[]> {
  const inStates = asked?.states ?? states;
  const [inOpen, inEnded, parked] = await Promise.all([
    list(
      store,
      inStates.filter((state) => !hasEnded({ state })),
    ),
    list(
      store,
      inStates.filter((state) => hasEnded({ state })),
    ),
    asked?.parked === false ? [] : store.parked(countedUpTo),
  ]);
  const current = [...new Map([...inOpen, ...parked].map((one) => [one.id, one])).values()];
  const ended = inEnded.filter(({ id }) => !current.some((one) => one.id === id));
  const found = [...current.sort(latestFirst), ...ended.sort(latestFirst)];
  return asked ? found.sort(latestFirst) : found;
}

async function list(store: IncidentStore, inStates: readonly State[]): Promise<readonly IncidentSummary[]> {
  return inStates.length === 0 ? [] : store.list(inStates, countedUpTo);
}

function latestFirst(one: IncidentSummary, other: IncidentSummary): number {
  return other.openedAt - one.openedAt;
}

/** What people call it: how it ended, or its state while it is open. */
function standingOf({ state, parked }: IncidentSummary): string {
  const standing = state === 'closed' ? 'escalated' : state;
  return parked === undefined ? standing : `parked (${standing})`;
}

function rowOf(incident: IncidentSummary, now: EpochMillis): Readonly<Record<string, string>> {
  const { id, openedAt, condition, resource, rule } = incident;
  return {
    ID: id,
    STATE: standingOf(incident),
    OPENED: timeText(openedAt),
    AGE: ageText(now - openedAt),
    CONDITION: condition,
    RESOURCE: resourceKey(resource),
    RULE: rule,
  };
}

/** Its largest unit and the one after: `3d4h`, `12m5s`. */
function ageText(age: number): string {
  const seconds = Math.max(0, Math.floor(age / 1_000));
  return (durationText(seconds).match(/\d+[dhms]/g) ?? []).slice(0, 2).join('');
}

function countsOf(shown: readonly IncidentSummary[]): string {
  const counts = outcomes
    .map((outcome) => ({ outcome, count: shown.filter((one) => outcomeOf(one) === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => `${count} ${outcome}`);
  return `${numbered(shown.length, 'incident')}${counts.length > 0 ? `: ${counts.join(', ')}` : ''}`;
}

function moreOf(more: number, found: number): string {
  const atLeast = found >= countedUpTo ? 'at least ' : '';
  return `${atLeast}${more} more: show them with --limit ${Math.min(found, countedUpTo)}, or choose by --state`;
}

function asJson(incident: IncidentSummary): object {
  const { id, revision, state, openedAt, condition, resource, rule, parked = null } = incident;
  return {
    id,
    state,
    outcome: outcomeOf(incident),
    openedAt: timeText(openedAt),
    condition,
    resource: resourceKey(resource),
    rule,
    revision,
    parked,
  };
}
