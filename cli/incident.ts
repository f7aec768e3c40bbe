import type { Command } from 'commander';
import { reportOf, timeText } from '../replay/report';
import {
  UnreadableIncidentError,
  type HistoryEntry,
  type IncidentStore,
  type IncidentSummary,
} from '../runtime/store/incident-store';
import { resourceKey } from '../signals/signal';
import { hasEnded, type Incident, type State } from '../statemachines/incident';
import { isOfAws } from './aws-fault';
import { failed, fine, type CommandResult } from './command-result';
import { against, ofDeployment, openDeployment, type DeploymentOptions } from './deployment';
import { printedHistory } from './incident-history';
import { incidentText } from './incident-text';

interface Options {
  readonly json?: true;
  readonly history?: true;
}

/** As many as are looked through for the one that is asked for. */
const parkedAtMost = 1_000;

/** Adds `homeostat incident ID`. */
export function registerIncident(program: Command, open = openDeployment): void {
  ofDeployment(
    program
      .command('incident')
      .description('tell the story of one incident of a deployment')
      .argument('<id>', 'as homeostat incidents lists it')
      .option('--json', 'print one JSON object, as in replay --json')
      .option('--history', 'print all that it was told and what it came to, for replay --history'),
  ).action(async (id: string, options: Options & DeploymentOptions) => {
    const show = options.history ? printedHistory : showIncident;
    await against(open(options), async (deployment) => show(await deployment.store(), id, options));
  });
}

/** One incident as far as it can be read. */
export async function showIncident(store: IncidentStore, id: string, { json }: Options): Promise<CommandResult> {
  const parked = (await store.parked(parkedAtMost)).find((one) => one.id === id);
  let incident: Incident | undefined;
  try {
    incident = await store.read(id);
    if (incident) return shown(incident, await store.history(id), parked, json);
  } catch (error) {
    if (!(error instanceof UnreadableIncidentError)) throw error;
    return unreadable(id, error, await readableHistory(store, id), parked, json);
  }
  if (parked) return unreadable(id, new UnreadableIncidentError(parked.parked), [], parked, json);
  return failed(
    `there is no incident ${id}: homeostat incidents lists those there are; what ended long ago is forgotten`,
  );
}

function shown(
  incident: Incident,
  history: readonly HistoryEntry[],
  parked: IncidentSummary | undefined,
  json?: true,
): CommandResult {
  const report = reportOf(incident, history);
  if (json) return fine(JSON.stringify({ ...report, ...(parked && { parked: parked.parked }) }, null, 2));
  return fine(
    [
      incidentText(report),
      ...(hasEnded(incident) ? [] : [standingText(incident, parked !== undefined)]),
      ...(parked ? [parkedText(parked)] : []),
    ]
      .join('\n')
      .trimEnd(),
  );
}

/** What it waits for, and how whoever reads it can answer. */
function standingText({ id, state, wake, memory }: Incident, isParked: boolean): string {
  const why = state === 'held' && memory.held ? `, for it may not start now (${memory.held.reason})` : '';
  const waits = wake && !isParked ? `; it is looked at again at ${timeText(wake.at)}` : '';
  const answer = isParked ? undefined : answers[state]?.(id);
  return [`It is ${inWords[state] ?? state}${why}${waits}.`, ...(answer === undefined ? [] : [answer])].join('\n');
}

const inWords: Readonly<Partial<Record<State, string>>> = {
  awaitingApproval: 'waiting for approval',
  watching: 'only watched',
};

const answers: Readonly<Partial<Record<State, (id: string) => string>>> = {
  awaitingApproval: (id) => `Answer with homeostat approve ${id}, or homeostat deny ${id}.`,
  escalated: (id) => `Say that you have it with homeostat acknowledge ${id}.`,
};

/** Told without its story: that takes the incident, which cannot be read. */
function unreadable(
  id: string,
  { message }: UnreadableIncidentError,
  history: readonly HistoryEntry[],
  parked: IncidentSummary | undefined,
  json?: true,
): CommandResult {
  const err = `homeostat: incident ${id} cannot be read: ${message}; use the version of homeostat that wrote it, and look after the resource by hand`;
  const lines = history.map(({ at, event, from, to }) => ({ at: timeText(at), event: event.type, from, to }));
  if (json) {
    return {
      status: 1,
      out: JSON.stringify({ id, unreadable: message, ...summaryOf(parked), history: lines }, null, 2),
      err,
    };
  }
  const out = [
    ...(parked ? [headingOf(parked)] : []),
    ...lines.map(({ at, event, from, to }) => `  ${at}  ${event}: ${from} → ${to}`),
    ...(parked ? ['', parkedText(parked)] : []),
  ];
  return { status: 1, out: out.join('\n'), err };
}

function headingOf({ id, state, resource, condition, rule }: IncidentSummary): string {
  return `${id}  ${state.toUpperCase()}  ${resourceKey(resource)} ${condition} (rule ${rule})`;
}

function parkedText({ parked = 'no reason was kept' }: IncidentSummary): string {
  return `It is parked, so nothing is done for it: ${parked}`;
}

function summaryOf(parked?: IncidentSummary): object {
  if (!parked) return {};
  const { rule, condition, resource, state, openedAt, parked: why } = parked;
  return { rule, condition, resource: resourceKey(resource), state, openedAt: timeText(openedAt), parked: why };
}

/** Another shape of incidents may well have another shape of history. */
async function readableHistory(store: IncidentStore, id: string): Promise<readonly HistoryEntry[]> {
  try {
    return await store.history(id);
  } catch (error) {
    if (isOfAws(error)) throw error;
    return [];
  }
}
