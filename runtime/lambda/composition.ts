import { randomBytes } from 'node:crypto';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { remediations } from '../../remediations';
import type { Remediation } from '../../remediations/remediation';
import type { Policy } from '../../statemachines/policy';
import { vitals } from '../../vitals';
import type { Clients } from '../aws/access';
import { failureOf } from '../aws/failure';
import { roleClients } from '../aws/role-clients';
import { roleCredentials } from '../aws/role-credentials';
import type { Clock } from '../clock';
import { loadPolicy } from '../compiled-policy';
import type { Channels } from '../escalation/channels';
import { watchContacts, type LookAtTopic } from '../escalation/contact-watch';
import { sendDigests } from '../escalation/digests';
import { notifierOf, type Messaging } from '../escalation/notifier';
import { snsPublisher } from '../escalation/sns-publisher';
import { topicLook } from '../escalation/topic-look';
import { ssmOpsItems } from '../escalation/ssm-ops-items';
import { incidentsIn } from '../incidents';
import { schedulerTimers, type CreateSchedule } from '../scheduler-timers';
import { stateEvents, type PutEvents } from '../state-events';
import type { DigestStore } from '../store/digest-store';
import { DynamoDbDigests } from '../store/dynamodb-digests';
import { DynamoDbStore } from '../store/dynamodb-store';
import { DynamoDbTickets } from '../store/dynamodb-tickets';
import { DynamoDbTroubles } from '../store/dynamodb-troubles';
import { heard } from '../store/heard-store';
import type { IncidentStore } from '../store/incident-store';
import type { TicketStore } from '../store/ticket-store';
import type { TroubleStore } from '../store/trouble-store';
import type { Surroundings } from '../surroundings';
import { deadlineIn, type DeadlineIn } from './deadline';
import { ownClients } from './own-clients';
import { pageLinks } from './page-links';
import type { Settings } from './settings';
import { sweepUp, type Sweeper } from './sweep';
import { telemetryTo, type Telemetry } from './telemetry';
import { workOff, type Worker } from './work';

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

/** All that the functions reach outside of themselves: AWS in a deployment, and what stands in for it in a simulation. */
export interface Ports {
  readonly clock: Clock;
  readonly store: IncidentStore;
  readonly tickets: TicketStore;
  readonly digests: DigestStore;
  readonly troubles: TroubleStore;
  readonly lookAtTopic: LookAtTopic;
  readonly clients: Clients;
  readonly channels: Channels;
  readonly createSchedule: CreateSchedule;
  readonly putEvents: PutEvents;
  readonly deadlineIn: DeadlineIn;
  /** So many random bytes that nobody can guess. */
  readonly random: (bytes: number) => Uint8Array;
}

/** Homeostat on AWS: every port with what it has there. Loads no client of the SDK: the first call of each does. */
export function compose(settings: Settings, compiledPolicy: string, { now, write }: Outside): Functions {
  const clock = { now };
  const own = ownClients({ region: settings.region, requestHandler: patience });
  const credentialsFor = roleCredentials({
    assumeRole: own.assumeRole,
    clock,
    remediations: byName(remediations),
    partition: settings.partition,
    rolePrefix: settings.rolePrefix,
  });
  const ports: Ports = {
    clock,
    store: new DynamoDbStore(own.table, settings.table),
    tickets: new DynamoDbTickets(own.table, settings.table),
    digests: new DynamoDbDigests(own.table, settings.table),
    troubles: new DynamoDbTroubles(own.table, settings.table),
    lookAtTopic: topicLook((region) => ({ region, requestHandler: patience }), now),
    clients: roleClients(credentialsFor, { requestHandler: patience }),
    channels: {
      publish: snsPublisher((_account, region) => ({ region, requestHandler: patience })),
      opsItems: ssmOpsItems({ region: settings.region, requestHandler: patience }),
    },
    createSchedule: own.createSchedule,
    putEvents: own.putEvents,
    deadlineIn,
    random: randomBytes,
  };
  return functionsOn(ports, settings, loadPolicy(compiledPolicy), telemetryTo(write, settings.name, now));
}

/** The two functions on whatever ports there are. `known` are the remediations of this release. */
export function functionsOn(
  ports: Ports,
  settings: Settings,
  policy: Policy,
  telemetry: Telemetry,
  known: readonly Remediation[] = remediations,
): Functions {
  const { clock, store, tickets, digests, channels, deadlineIn } = ports;
  const timers = schedulerTimers({
    clock,
    create: ports.createSchedule,
    queueArn: settings.queueArn,
    roleArn: settings.scheduleRoleArn,
    group: settings.scheduleGroup,
    onFailure: (incident, error) => {
      telemetry.count('TimersNotArmed');
      telemetry.log('error', 'a wake-up could not be armed', { incident, reason: failureOf(error).reason });
    },
  });
  const events = stateEvents(settings.bus, ports.putEvents, (lost, error) => {
    telemetry.count('StateEventsNotSent', lost);
    telemetry.log('error', 'state changes could not be told', { lost, reason: failureOf(error).reason });
  });
  const notTold =
    (what: string) =>
    (contact: string, error: unknown): void => {
      telemetry.count('NotificationsFailed');
      telemetry.log('error', what, { contact, reason: failureOf(error).reason });
    };
  const messaging: Messaging = {
    policy,
    channels,
    digests,
    links: pageLinks(settings, { tickets, random: ports.random }, telemetry),
    known: byName(known),
    clock,
    onFailure: notTold('people could not be told'),
    onDigestFailure: notTold('what is told in one message could not be read or written'),
  };
  const world: Surroundings = {
    clock,
    store: heard(store, (commit) => {
      events.heard(commit);
    }),
    clients: ports.clients,
    timers,
    notifier: notifierOf(messaging),
    policy,
    rolePrefix: settings.rolePrefix,
    takesFrom: { accounts: [settings.account], regions: [settings.region] },
    remediations: byName(known),
    vitals: new Map(vitals.map((one) => [one.kind, one])),
  };
  const incidents = incidentsIn(world);
  const flush = async (): Promise<void> => {
    await Promise.all([timers.flush(), events.flush()]);
  };
  const { maxEventAge, page } = settings;
  const pageRole = page && { pageRole: page.roleId };
  const worker: Worker = { incidents, world, tickets, maxEventAge, telemetry, flush, deadlineIn, ...pageRole };
  const tellMany = (): Promise<void> => sendDigests(messaging);
  const sweeper: Sweeper = {
    incidents,
    store: world.store,
    clock,
    telemetry,
    sendDigests: tellMany,
    watchContacts: () =>
      watchContacts({
        policy,
        channels,
        look: ports.lookAtTopic,
        troubles: ports.troubles,
        clock,
        onLook: (broken) => {
          telemetry.count('ContactsNotReached', broken);
        },
        onFailure: notTold('people could not be told of a contact that is not reached'),
        onUnreadable: (contact, error) => {
          telemetry.log('error', 'a contact could not be looked at', { contact, reason: failureOf(error).reason });
        },
      }),
    flush,
    deadlineIn,
  };
  return {
    work: (batch, context) => workOff(batch, worker, () => context.getRemainingTimeInMillis()),
    sweep: (_event, context) => sweepUp(sweeper, () => context.getRemainingTimeInMillis()),
  };
}

function byName(known: readonly Remediation[]): ReadonlyMap<string, Remediation> {
  return new Map(known.map((one) => [one.name, one]));
}
