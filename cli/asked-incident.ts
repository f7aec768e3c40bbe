import { proposalOf } from '../runtime/answers/proposal';
import { remediations } from '../remediations';
import { UnreadableIncidentError, type HistoryEntry, type IncidentStore } from '../runtime/store/incident-store';
import { linesOf } from '../runtime/story/timeline';
import type { OperatorAct } from '../runtime/answers/answer-message';
import type { EpochMillis } from '../signals/signal';
import { hasEnded, type Incident } from '../statemachines/incident';
import { nameInBrief } from '../statemachines/incident-machine/brief';
import { failed, fine, type CommandResult } from './command-result';
import { NoQueueError, operatorOf, outcomeOf, type Operator, type Outcome, type Tools } from './operator';
import type { Deployment } from './deployment';
import { proposalText } from './proposal-text';

/** An incident that waits for approval. */
export interface Asked {
  readonly incident: Incident;
  readonly history: readonly HistoryEntry[];
  readonly planHash: string;
}

/** The incident, if it asks for approval now; else why the command fails. */
export async function askedIncident(store: IncidentStore, id: string): Promise<Asked | CommandResult> {
  let incident: Incident | undefined;
  try {
    incident = await store.read(id);
  } catch (error) {
    if (!(error instanceof UnreadableIncidentError)) throw error;
    return failed(`incident ${id} cannot be read: ${error.message}; use the version of homeostat that wrote it`);
  }
  if (!incident)
    return failed(`there is no incident ${id}: homeostat incidents --state awaitingApproval lists those that ask`);
  const planHash = incident.memory.planned?.planHash;
  if (incident.state !== 'awaitingApproval' || planHash === undefined) {
    const how = hasEnded(incident) ? 'has ended' : `is ${incident.state}`;
    return failed(`incident ${id} asks nobody for approval: it ${how}; homeostat incident ${id} tells its story`);
  }
  return { incident, history: await store.history(id), planHash };
}

/** What is asked, as text. */
export function askedText({ incident, history }: Asked, now: EpochMillis): string {
  const known = new Map(remediations.map((one) => [one.name, one]));
  return proposalText(proposalOf(incident, history, known), now);
}

/** Whether the operator means it: undefined when yes, else the result of the command. */
export async function unconfirmed(
  question: string,
  otherwise: string,
  { ask }: Pick<Tools, 'ask'>,
): Promise<CommandResult | undefined> {
  const answer = await ask(question);
  if (answer === undefined)
    return { status: 2, out: '', err: `homeostat: there is no terminal to ask on: ${otherwise}` };
  return answer.trim().toLowerCase() === 'yes' ? undefined : failed('nothing was sent');
}

/** Sends the act and says what came of it. */
export async function answered(
  act: OperatorAct,
  { incident, history }: Pick<Asked, 'incident' | 'history'>,
  deployment: Deployment,
  tools: Tools,
): Promise<CommandResult> {
  let operator: Operator;
  try {
    operator = await operatorOf(deployment, tools);
  } catch (error) {
    if (!(error instanceof NoQueueError)) throw error;
    return failed(error.message);
  }
  if (act.type === 'approval.granted' && incident.memory.approved?.by.includes(nameInBrief(operator.name))) {
    return failed(`${operator.name} has agreed already: somebody else has to, too`);
  }
  await operator.send(act);
  const store = await deployment.store();
  return toldOf(act, operator.name, await outcomeOf(act, operator.name, history.length, store, tools));
}

function toldOf(act: OperatorAct, by: string, { kind, incident, news }: Outcome): CommandResult {
  const story = incident ? news.flatMap((entry) => linesOf(entry, incident)).map((line) => `  ${line}`) : [];
  const id = act.incident;
  switch (kind) {
    case 'taken':
      return fine([`${words[act.type]} as ${by}`, ...story].join('\n'));
    case 'tooLate':
      return failed(`it came too late, and changed nothing: homeostat incident ${id} tells why`, story.join('\n'));
    case 'silent':
      return failed(
        `it was sent, and within a minute nobody took it: look whether the worker is well (homeostat doctor), then at homeostat incident ${id}`,
      );
  }
}

const words: Record<OperatorAct['type'], string> = {
  'approval.granted': 'Approved',
  'approval.denied': 'Denied',
  'escalation.acknowledged': 'Acknowledged',
};
