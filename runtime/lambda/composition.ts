import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { remediations } from '../../remediations';
import { vitals } from '../../vitals';
import { DynamoDbStore } from '../store/dynamodb-store';
import { snsNotifier } from '../escalation/notifier';
import { snsPublisher } from '../escalation/sns-publisher';
import { failureOf } from '../aws/failure';
import { heard } from '../store/heard-store';
import { incidentsIn } from '../incidents';
import { loadPolicy } from '../compiled-policy';
import { roleClients } from '../aws/role-clients';
import { roleCredentials } from '../aws/role-credentials';
import { schedulerTimers } from '../scheduler-timers';
import { stateEvents } from '../state-events';
import type { Notifier, Surroundings } from '../surroundings';
import { ownClients } from './own-clients';
import type { Settings } from './settings';
import { sweepUp } from './sweep';
import { telemetryTo, type Telemetry } from './telemetry';
import { workOff } from './work';

/** The two functions that are deployed. */
export interface Functions {
  work(batch: SQSEvent, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<SQSBatchResponse>;
  sweep(event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void>;
}

/** What a test decides instead. */
export interface Outside {
  readonly now: () => number;
  readonly write: (line: string) => void;
}

/** An answer that takes longer than this will not come; AWS's own calls take a second at most. In milliseconds. */
const patience = { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true };

/** Homeostat on AWS: every port with what it has there. Loads no client of the SDK: the first call of each does. */
export function compose(settings: Settings, compiledPolicy: string, { now, write }: Outside): Functions {
  const policy = loadPolicy(compiledPolicy);
  const clock = { now };
  const telemetry = telemetryTo(write, settings.name, now);
  const own = ownClients({ region: settings.region, requestHandler: patience });
  const known = new Map(remediations.map((one) => [one.name, one]));
  const timers = schedulerTimers({
    clock,
    create: own.createSchedule,
    queueArn: settings.queueArn,
    roleArn: settings.scheduleRoleArn,
    group: settings.scheduleGroup,
    onFailure: (incident, error) => {
      telemetry.count('TimersNotArmed');
      telemetry.log('error', 'a wake-up could not be armed', { incident, reason: failureOf(error).reason });
    },
  });
  const events = stateEvents(settings.bus, own.putEvents, (lost, error) => {
    telemetry.count('StateEventsNotSent', lost);
    telemetry.log('error', 'state changes could not be told', { lost, reason: failureOf(error).reason });
  });
  const credentialsFor = roleCredentials({
    assumeRole: own.assumeRole,
    clock,
    remediations: known,
    partition: settings.partition,
    rolePrefix: settings.rolePrefix,
  });
  const publish = snsPublisher((_account, region) => ({ region, requestHandler: patience }));
  const world: Surroundings = {
    clock,
    store: heard(new DynamoDbStore(own.table, settings.table), (commit) => {
      events.heard(commit);
    }),
    clients: roleClients(credentialsFor, { requestHandler: patience }),
    timers,
    notifier: counted(snsNotifier(policy, publish), telemetry),
    policy,
    takesFrom: { accounts: [settings.account], regions: [settings.region] },
    remediations: known,
    vitals: new Map(vitals.map((one) => [one.kind, one])),
  };
  const incidents = incidentsIn(world);
  const flush = async (): Promise<void> => {
    await Promise.all([timers.flush(), events.flush()]);
  };
  const { maxEventAge } = settings;
  return {
    work: (batch, context) =>
      workOff(batch, { incidents, world, maxEventAge, telemetry, flush }, () => context.getRemainingTimeInMillis()),
    sweep: (_event, context) =>
      sweepUp({ incidents, store: world.store, clock, telemetry, flush }, () => context.getRemainingTimeInMillis()),
  };
}

function counted(notifier: Notifier, telemetry: Telemetry): Notifier {
  const orCount = async (contact: string, sending: Promise<void>): Promise<void> => {
    try {
      await sending;
    } catch (error) {
      telemetry.count('NotificationsFailed');
      telemetry.log('error', 'people could not be told', { contact, reason: failureOf(error).reason });
      throw error;
    }
  };
  return {
    notify: (kind, contact, ...of) => orCount(contact, notifier.notify(kind, contact, ...of)),
    notifyParked: (contact, parked) => orCount(contact, notifier.notifyParked(contact, parked)),
  };
}
