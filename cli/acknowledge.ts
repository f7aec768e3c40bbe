import type { Command } from 'commander';
import { UnreadableIncidentError, type IncidentStore } from '../runtime/store/incident-store';
import type { Incident } from '../statemachines/incident';
import { unconfirmed } from './asked-incident';
import { failed, fine, type CommandResult } from './command-result';
import { against, ofDeployment, type Deployment, type DeploymentOptions } from './deployment';
import { numbered } from './incident-text';
import { canStill, NoQueueError, operatorOf, outcomeOf, ownTools, type Operator, type Tools } from './operator';

interface Options {
  readonly all?: true;
  readonly yes?: true;
}

/** More are acknowledged by another call. */
const atMost = 1_000;
/** Incidents that are sent and looked at together. */
const together = 10;

/** Adds `homeostat acknowledge ID…`. */
export function registerAcknowledge(program: Command, tools: Tools = ownTools): void {
  ofDeployment(
    program
      .command('acknowledge')
      .description('say that you take over incidents that people were called for: nobody else is called')
      .argument('[ids...]', 'as the messages and homeostat incidents name them')
      .option('--all', 'all that wait for somebody')
      .option('--yes', 'with --all: do not ask'),
  ).action(async (ids: string[], options: Options & DeploymentOptions) => {
    await against(tools.open(options), (deployment) => acknowledge(deployment, ids, options, tools));
  });
}

/** Acknowledges those named, or all that wait. */
export async function acknowledge(
  deployment: Deployment,
  ids: readonly string[],
  { all, yes }: Options,
  tools: Tools,
): Promise<CommandResult> {
  if (all ? ids.length > 0 : ids.length === 0) {
    return { status: 2, out: '', err: 'homeostat: name the incidents that you take over, or pass --all' };
  }
  const store = await deployment.store();
  const wanted = all ? await waiting(store) : [...new Set(ids)];
  if (wanted.length === 0) return fine('No incident waits for somebody to acknowledge it.');
  if (all && !yes) {
    tools.say(wanted.join('\n'));
    const question = `\nType yes to acknowledge ${numbered(wanted.length, 'incident')}: `;
    const objection = await unconfirmed(question, 'pass --yes to acknowledge them', tools);
    if (objection) return objection;
  }
  let operator: Operator;
  try {
    operator = await operatorOf(deployment, tools);
  } catch (error) {
    if (!(error instanceof NoQueueError)) throw error;
    return failed(error.message);
  }
  const told: string[] = [];
  for (let from = 0; from < wanted.length; from += together) {
    const batch = wanted.slice(from, from + together);
    told.push(...(await Promise.all(batch.map((id) => takenOver(id, operator, store, tools)))));
  }
  const out = wanted.map((id, place) => `${id}  ${told[place] ?? ''}`).join('\n');
  const missed = told.filter((one) => !one.startsWith(done)).length;
  return missed === 0
    ? fine(out)
    : failed(`${numbered(missed, 'incident')} of ${wanted.length} could not be acknowledged`, out);
}

async function waiting(store: IncidentStore): Promise<readonly string[]> {
  return (await store.list(['escalating', 'escalated'], atMost)).map(({ id }) => id);
}

const done = 'acknowledged';

/** Acknowledges one, and says how it went. */
async function takenOver(id: string, operator: Operator, store: IncidentStore, tools: Tools): Promise<string> {
  const act = { type: 'escalation.acknowledged', incident: id } as const;
  const incident = await readable(id, store);
  if (incident === 'unreadable') return 'cannot be read: another version of homeostat wrote it';
  if (!incident) return 'there is no such incident';
  if (!canStill(act, incident)) return `waits for nobody: it is ${incident.state}`;
  const before = (await store.history(id)).length;
  await operator.send(act);
  const { kind } = await outcomeOf(act, operator.name, before, store, tools);
  if (kind === 'taken') return `${done} as ${operator.name}`;
  return kind === 'tooLate' ? 'came too late: it has gone on' : 'sent, and within a minute nobody took it';
}

async function readable(id: string, store: IncidentStore): Promise<Incident | 'unreadable' | undefined> {
  try {
    return await store.read(id);
  } catch (error) {
    if (!(error instanceof UnreadableIncidentError)) throw error;
    return 'unreadable';
  }
}
