import type { Deployment } from '../../cli/deployment';
import type { Tools } from '../../cli/operator';
import { takeAct, type Taken } from '../../runtime/answers/answer-intake';
import { readMessage } from '../../runtime/lambda/message';
import type { Desk } from '../runtime/answers/desk';
import { aDeployment, awsError } from './deployed';

export const alice = 'AROAEXAMPLEEXAMPLE0001:alice@example.com';
export const bob = 'AROAEXAMPLEEXAMPLE0001:bob@example.com';

/** A deployment as an operator has it at hand, and all that the command did with it. */
export interface Operated {
  readonly deployment: Deployment;
  readonly tools: Tools;
  /** Bodies of messages that the worker has not taken yet. */
  readonly queue: string[];
  readonly taken: Taken[];
  readonly said: string[];
  readonly asked: string[];
  /** How often the command waited. */
  waits: number;
}

/** The worker takes what was sent while the command waits, unless `works` says otherwise. `answer` is what is typed. */
export function operated(
  { it, tickets }: Pick<Desk, 'it' | 'tickets'>,
  {
    as = alice,
    answer,
    works = true,
    hasQueue = true,
  }: {
    readonly as?: string;
    readonly answer?: string;
    readonly works?: boolean;
    readonly hasQueue?: boolean;
  } = {},
): Operated {
  const queue: string[] = [];
  const taken: Taken[] = [];
  const said: string[] = [];
  const asked: string[] = [];
  const work = async (): Promise<void> => {
    for (const body of works ? queue.splice(0) : []) {
      const message = readMessage(body);
      if (message.kind !== 'act') throw new Error(`The command sent ${body}, which is no act.`);
      const door = { incidents: it.incidents, store: it.store, tickets };
      taken.push(await takeAct(message.act, message.userId, as, door));
    }
  };
  const deployment = aDeployment(
    {
      sts: { getCallerIdentity: () => ({ Arn: 'arn:aws:sts::111122223333:assumed-role/ops/x', UserId: as }) },
      sqs: {
        getQueueUrl: ({ QueueName }: { QueueName: string }) => {
          if (!hasQueue) throw awsError('QueueDoesNotExist');
          return { QueueUrl: `https://sqs.example.com/${QueueName}` };
        },
        sendMessage: ({ MessageBody }: { MessageBody: string }) => {
          queue.push(MessageBody);
          return {};
        },
      },
    },
    it.store,
  );
  const all: Operated = {
    deployment,
    queue,
    taken,
    said,
    asked,
    waits: 0,
    tools: {
      open: () => deployment,
      clock: it.world.clock,
      pause: async () => {
        all.waits += 1;
        await work();
      },
      ask: async (question) => {
        asked.push(question);
        return answer;
      },
      say: (text) => said.push(text),
    },
  };
  return all;
}
