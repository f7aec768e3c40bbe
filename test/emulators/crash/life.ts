import type { Incident } from '../../../statemachines/incident';
import { hasEnded, isWithPeople, states } from '../../../statemachines/incident';
import type { Wire } from '../wire';
import type { Deployment } from './deployment';
import { type Lambda, LambdaDiedError } from './lambda';
import type { Person } from './person';
import { keepQuiet } from './quiet-aws';

/** What became of an incident whose worker was disturbed. */
export interface Life {
  readonly incident: Incident;
  /** Incidents that there are at the end: one, or a duplicate has opened another. */
  readonly incidents: number;
  /** Calls that healed the patient, as the emulator did them. */
  readonly writes: number;
  readonly commits: number;
  /** Seconds from the alarm to the end, as the worker's clock tells them. */
  readonly took: number;
}

export interface Stage {
  readonly deployment: Deployment;
  readonly wire: Wire;
  readonly lambda: Lambda;
  /** Who is asked, where people are. */
  readonly person: Person;
  /** Message between whose being done and being acknowledged something befalls the worker. */
  readonly meant: 'alarm' | 'answer';
  readonly unacknowledged?: 'killed' | 'delivered again';
  /** Is told of the message that is about to be delivered. */
  readonly onDelivery?: (message: Message, now: number) => void;
}

type Message = { readonly id: string; readonly body: string };

const minute = 60_000;
const roundsAtMost = 200;

interface Schedule {
  readonly at: number;
  readonly input: string;
}

/** The wake-ups that were armed, as EventBridge Scheduler took them. */
function schedulesOf({ wire }: Stage): readonly Schedule[] {
  return wire.requests
    .filter(({ operation, status }) => operation === 'CreateSchedule' && (status ?? 500) < 300)
    .map(({ input }) => {
      const { ScheduleExpression, Target } = JSON.parse(input) as {
        readonly ScheduleExpression: string;
        readonly Target: { readonly Input: string };
      };
      return { at: Date.parse(`${ScheduleExpression.slice('at('.length, -1)}Z`), input: Target.Input };
    });
}

/**
 * Sends the alarm and lives on until the incident has ended: messages are delivered until they are acknowledged, people who are
 * asked say yes, schedules fire at their time, and the sweeper runs each minute. Time leaps only where nothing else is to be done.
 * The alarm goes back to OK after the write.
 */
export async function live(stage: Stage, from: number): Promise<Life> {
  const { deployment, wire, lambda, person } = stage;
  let { unacknowledged } = stage;
  const faultOf = ({ body }: Message): Stage['unacknowledged'] => {
    const isMeant = body.startsWith('{"answer"') === (stage.meant === 'answer');
    const fault = isMeant ? unacknowledged : undefined;
    if (isMeant) unacknowledged = undefined;
    return fault;
  };
  let now = from;
  // What is done takes time, too: if it did not, whoever comes next would see the clock go back.
  const passing = async <T>(doing: Promise<T>): Promise<T> => {
    const began = Date.now();
    const done = await doing;
    now += Date.now() - began;
    return done;
  };
  let swept = from;
  let fired = 0;
  let isWell = false;
  keepQuiet(wire);
  deployment.patient.ail?.(wire, () => isWell);
  await deployment.exceed(from);
  await deployment.setAlarm('ALARM');
  await deployment.send(JSON.stringify(deployment.alarmEvent(from)));
  for (let round = 0; round < roundsAtMost; round += 1) {
    if (!isWell && wire.done(deployment.patient.write) > 0) {
      await deployment.setAlarm('OK');
      isWell = true;
    }
    if (await passing(deliver(stage, now, faultOf))) continue;
    const [incident, ...others] = await incidentsOf(deployment);
    if (incident && (hasEnded(incident) || isWithPeople(incident)))
      return lifeOf(stage, incident, others.length + 1, (now - from) / 1_000);
    if (incident?.state === 'awaitingApproval' && (await passing(person.approves(now)))) continue;
    const next = [...schedulesOf(stage)].sort((one, other) => one.at - other.at)[fired];
    if (next && next.at <= swept + minute) {
      fired += 1;
      now = Math.max(now, next.at);
      await deployment.send(next.input);
    } else {
      swept += minute;
      now = Math.max(now, swept);
      await passing(orDies(lambda.sweep(now)));
    }
  }
  throw new Error(`The incident has not ended. What the worker wrote:\n${lambda.log}`);
}

/** Delivers the next message, and acknowledges it if the worker has done it; false when there is none. */
async function deliver(
  stage: Stage,
  now: number,
  faultOf: (message: Message) => Stage['unacknowledged'],
): Promise<boolean> {
  const { deployment, lambda } = stage;
  const message = await deployment.receive();
  if (!message) return false;
  stage.onDelivery?.(message, now);
  const answer = await orDies(lambda.work([message], now));
  const fault = faultOf(message);
  if (fault === 'killed') lambda.kill();
  if (answer?.batchItemFailures.length === 0 && !fault) await deployment.delete(message.receipt);
  else await deployment.giveBack(message.receipt);
  return true;
}

async function orDies<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof LambdaDiedError) return undefined;
    throw error;
  }
}

async function incidentsOf({ store }: Deployment): Promise<readonly Incident[]> {
  const found = await store.list(states, 10);
  const read = await Promise.all(found.map(({ id }) => store.read(id)));
  return read.flatMap((incident) => incident ?? []);
}

function lifeOf({ deployment, wire }: Stage, incident: Incident, incidents: number, took: number): Life {
  return {
    incident,
    incidents,
    writes: wire.done(deployment.patient.write),
    commits: incident.revision,
    took,
  };
}
