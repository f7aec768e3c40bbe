import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { remediations } from '../../remediations';
import { vitals } from '../../vitals';
import { DynamoDbStore } from '../store/dynamodb-store';
import { sendDigests } from '../escalation/digests';
import { notifierOf, type Messaging } from '../escalation/notifier';
import { snsPublisher } from '../escalation/sns-publisher';
import { ssmOpsItems } from '../escalation/ssm-ops-items';
import { failureOf } from '../aws/failure';
import { DynamoDbDigests } from '../store/dynamodb-digests';
import { DynamoDbTickets } from '../store/dynamodb-tickets';
import { heard } from '../store/heard-store';
import { incidentsIn } from '../incidents';
import { loadPolicy } from '../compiled-policy';
import { roleClients } from '../aws/role-clients';
import { roleCredentials } from '../aws/role-credentials';
import { schedulerTimers } from '../scheduler-timers';
import { stateEvents } from '../state-events';
import type { Surroundings } from '../surroundings';
import { ownClients } from './own-clients';
import { pageLinks } from './page-links';
import type { Settings } from './settings';
import { sweepUp } from './sweep';
import { telemetryTo } from './telemetry';
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
  const tickets = new DynamoDbTickets(own.table, settings.table);
  const notTold =
    (what: string) =>
    (contact: string, error: unknown): void => {
      telemetry.count('NotificationsFailed');
      telemetry.log('error', what, { contact, reason: failureOf(error).reason });
    };
  const messaging: Messaging = {
    policy,
    channels: {
      publish: snsPublisher((_account, region) => ({ region, requestHandler: patience })),
      opsItems: ssmOpsItems({ region: settings.region, requestHandler: patience }),
    },
    digests: new DynamoDbDigests(own.table, settings.table),
    links: pageLinks(settings, tickets, telemetry),
    known,
    clock,
    onFailure: notTold('people could not be told'),
    onDigestFailure: notTold('what is told in one message could not be read or written'),
  };
  const world: Surroundings = {
    clock,
    store: heard(new DynamoDbStore(own.table, settings.table), (commit) => {
      events.heard(commit);
    }),
    clients: roleClients(credentialsFor, { requestHandler: patience }),
    timers,
    notifier: notifierOf(messaging),
    policy,
    rolePrefix: settings.rolePrefix,
    takesFrom: { accounts: [settings.account], regions: [settings.region] },
    remediations: known,
    vitals: new Map(vitals.map((one) => [one.kind, one])),
  };
  const incidents = incidentsIn(world);
  const flush = async (): Promise<void> => {
    await Promise.all([timers.flush(), events.flush()]);
  };
  const { maxEventAge, page } = settings;
  const pageRole = page && { pageRole: page.roleId };
  return {
    work: (batch, context) =>
      workOff(batch, { incidents, world, tickets, maxEventAge, telemetry, flush, ...pageRole }, () =>
        context.getRemainingTimeInMillis(),
      ),
    sweep: (_event, context) =>
      sweepUp(
        { incidents, store: world.store, clock, telemetry, sendDigests: () => sendDigests(messaging), flush },
        () => context.getRemainingTimeInMillis(),
      ),
  };
}
