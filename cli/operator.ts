import { nameOfSender } from '../runtime/answers/sender';
import { actMessage, type OperatorAct } from '../runtime/answers/answer-message';
import { systemClock, type Clock } from '../runtime/clock';
import type { HistoryEntry, IncidentStore } from '../runtime/store/incident-store';
import type { Incident } from '../statemachines/incident';
import { isNotFound } from './aws-fault';
import { whoCalls } from './caller';
import { openDeployment, type Deployment } from './deployment';
import { askOnTerminal, type Ask } from './terminal';

/** What commands that answer for a person work with; a test puts its own in place. */
export interface Tools {
  readonly open: typeof openDeployment;
  readonly clock: Clock;
  /** Milliseconds. */
  readonly pause: (time: number) => Promise<void>;
  readonly ask: Ask;
  /** Shows something before the command ends. */
  readonly say: (text: string) => void;
}

export const ownTools: Tools = {
  open: openDeployment,
  clock: systemClock,
  pause: (time) => new Promise((done) => void setTimeout(done, time)),
  ask: askOnTerminal,
  say: (text) => {
    console.log(text);
  },
};

/** Whoever types the command, as the worker will call them, with their way to it. */
export interface Operator {
  readonly name: string;
  /** Puts an act into the work queue, under the operator's own credentials. */
  send(act: OperatorAct): Promise<void>;
}

/** The deployment has no work queue. */
export class NoQueueError extends Error {
  override readonly name = 'NoQueueError';
}

/** Asks AWS who is calling and where the work queue is. Throws what AWS answers instead. */
export async function operatorOf(deployment: Deployment, { clock }: Pick<Tools, 'clock'>): Promise<Operator> {
  const { userId } = await whoCalls(deployment, clock.now);
  const sqs = await deployment.client('sqs');
  const QueueName = `${deployment.name}-work`;
  const { QueueUrl } = await sqs.getQueueUrl({ QueueName }).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
    throw new NoQueueError(
      `there is no queue ${QueueName} in this account and region, so nobody can be told: deploy Homeostat there, or name another with --name, --region or --profile`,
    );
  });
  return {
    name: nameOfSender(userId),
    send: async (act) => {
      await sqs.sendMessage({ QueueUrl, MessageBody: actMessage(act, userId) });
    },
  };
}

/** How an act went. */
export interface Outcome {
  /** `silent`: within the patience of the command nobody took it. */
  readonly kind: 'taken' | 'tooLate' | 'silent';
  readonly incident: Incident | undefined;
  /** What happened since it was sent. */
  readonly news: readonly HistoryEntry[];
}

const lookEvery = 1_000;
const looksAtMost = 60;

/** Looks until the act shows in the history, or what it was meant for is over. `before`: entries that there were when it was sent. */
export async function outcomeOf(
  act: OperatorAct,
  by: string,
  before: number,
  store: Pick<IncidentStore, 'read' | 'history'>,
  { pause }: Pick<Tools, 'pause'>,
): Promise<Outcome> {
  for (let looks = 1; ; looks += 1) {
    const incident = await store.read(act.incident);
    const news = (await store.history(act.incident)).slice(before);
    const isTaken = news.some(({ event }) => event.type === act.type && 'by' in event && event.by === by);
    if (isTaken) return { kind: 'taken', incident, news };
    if (!incident || !canStill(act, incident)) return { kind: 'tooLate', incident, news };
    if (looks === looksAtMost) return { kind: 'silent', incident, news };
    await pause(lookEvery);
  }
}

/** Whether an incident still waits for such an act. */
export function canStill(act: OperatorAct, { state, memory }: Incident): boolean {
  switch (act.type) {
    case 'approval.granted':
      return state === 'awaitingApproval' && memory.planned?.planHash === act.planHash;
    case 'approval.denied':
      return state === 'awaitingApproval';
    case 'escalation.acknowledged':
      return state === 'escalating' || state === 'escalated';
  }
}
