import type { Metered } from './metered';
import { cost, prices } from './prices';

/** As infra/ deploys the worker. */
const memory = 0.5;
/** Lambda gives a function one vCPU at 1,769 MB, and of it in proportion. */
const cpuShare = (memory * 1_024) / 1_769;
/** Taken for the answer of AWS to one request, in milliseconds: on loopback there is nothing to wait for. */
export const answerAfter = 10;
/** By an SQS message: sent, received, deleted. */
const requestsOfMessage = 3;
/** Taken for the log lines of one invocation, with Lambda's own. */
const logBytes = 1_500;

/** One line of the bill of one healed incident. */
export interface Item {
  readonly name: string;
  readonly count: number;
  readonly dollars: number;
}

/** GB-seconds: the CPU at Lambda's share of it, and as much waiting as if no two requests were under way at once. */
export function timeOf({ cpu, calls }: Pick<Metered, 'cpu' | 'calls'>): number {
  return ((cpu / cpuShare + calls * answerAfter) / 1_000) * memory;
}

export function billOf(metered: Metered): readonly Item[] {
  const { consumed, invocations, wakeUps, events } = metered;
  const item = (name: string, count: number, price: keyof typeof prices): Item => ({
    name,
    count,
    dollars: cost(prices[price], count),
  });
  return [
    item('write units of the table', consumed.write, 'tableWrite'),
    item('write units of its indexes', consumed.index, 'tableWrite'),
    item('read units', consumed.read, 'tableRead'),
    item('wake-ups', wakeUps, 'wakeUp'),
    item('state changes on the bus', events, 'busEvent'),
    item('requests to the queue', invocations * requestsOfMessage, 'queueRequest'),
    item('invocations of the worker', invocations, 'lambdaRequest'),
    item('GB-seconds of the worker', timeOf(metered), 'lambdaTime'),
    item('traces, if all are kept', invocations, 'trace'),
    item('GB of logs', (invocations * logBytes) / 1e9, 'logs'),
  ];
}

export const sumOf = (items: readonly Item[]): number => items.reduce((all, { dollars }) => all + dollars, 0);

/** What others take for as many transitions: for them alone, without the functions that do the work. */
export function elsewhere(transitions: number): readonly Item[] {
  return [
    {
      name: 'Step Functions, standard',
      count: transitions,
      dollars: cost(prices.stepFunctionsTransition, transitions),
    },
    { name: 'Lambda durable functions', count: transitions, dollars: cost(prices.durableOperation, transitions) },
  ];
}
