import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { defaultPolicyFile, policyFrom } from '../../../cli/policy-option';
import { readRecorded } from '../../../replay/recorded-events';
import { findRecordings, type Recording } from '../../../replay/recording';
import { replayRecording } from '../../../replay/recording-replay';
import { inMode } from '../../../statemachines/policy';
import { newFolder, RecordedAccount, recordFrom, trueAccount } from './recorded-account';

const folder = join(__dirname, '../../recordings');
/** What helps there is known to whoever wrote the account down, and to nobody who looks at it. */
const hangOnTheCure = [
  'nothing-helps-escalated',
  'runbook',
  'hot-table',
  'cluster-overloaded-reader-added',
  'data-lost-cluster-restored',
  'database-hung-restarted',
  'database-overloaded-replica-added',
  'serverless-capacity-raised',
  'serverless-has-room-refused',
];
/** More was sick there than the event says, and when it was recorded nobody could see that any more. */
const hangOnOtherSickness = [
  'cache-replica-lags-not-promoted', // how far the replica lagged
  'classic-backends-share-trouble', // that a second instance was out of service
  'guest-and-host-failing', // that the host failed too
  'zone-lost', // everything else in the zone
  'zones-fail-alike', // the other zones
  'global-database-no-member', // how the primary in another region was
  'global-database-switched-over',
  'source-lost-in-another-region',
];
/** What decides there is not described by `record` yet: docs/recording.md says what that is. */
const notDescribed = [
  'refresh-rolled-back', // instance refreshes, of which those of the past are over
  'storage-low-expanded', // how much of the storage was free
  'region-failing-failed-over', // access points
  'dns-primary-dies', // clusters of routing controls
  'dns-record-failed-over', // hosted zones
  'nightly-backup-failed', // that the next one fails as well
  'volume-lost-restored', // recovery points of what has no failed job
  'burst-credits-run-out', // burst credits, of which no event tells
  'topic-reader-not-confirmed', // topics and their subscriptions
  'alarm-silenced-tells-nobody', // who is told by an alarm
  'function-deployed-rolled-back', // where an alias led before
  'stream-not-read-enabled', // an alarm on what is not measured just then
  'agent-lost-drained', // container instances
  'agent-lost-nowhere-to-go',
  'bad-deployment-rolled-back', // services of ECS, here and in those that follow
  'service-of-code-deploy',
  'service-overloaded-no-room',
  'service-overloaded-scaled-out',
  'service-wedged-redeployed',
  'task-unhealthy-stopped',
  'tasks-die',
];
const names = readdirSync(folder).filter(
  (name) => !name.includes('.') && ![...hangOnTheCure, ...hangOnOtherSickness, ...notDescribed].includes(name),
);

const ofTrueAccount = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value).replaceAll('111122223333', trueAccount)) as T;

/** An account as a recording describes it, in which its events happened. */
async function accountOf({ files, accountFile }: Recording): Promise<RecordedAccount> {
  const written = accountFile === undefined ? {} : (parse(readFileSync(accountFile, 'utf8')) as object);
  const account = new RecordedAccount(ofTrueAccount(written));
  for await (const one of readRecorded(files)) {
    if (one.kind === 'event') account.logs(ofTrueAccount(one.event as object));
  }
  return account;
}

/** How incidents end, and what is written on the way. */
async function endsOf(recording: Recording, policyFile: string): Promise<unknown> {
  const policy = inMode('act', policyFrom(policyFile));
  const { incidents, decisions } = await replayRecording(recording, policy, undefined);
  return {
    decisions: decisions.map(({ decision }) => decision),
    incidents: incidents.map(({ resource, rule, condition, outcome, calls }) => ({
      ...{ resource, rule, condition, outcome },
      writes: calls
        .filter(({ access }) => access === 'write')
        .map(({ service, operation }) => `${service}:${operation}`),
    })),
  };
}

test.each(names)('what happened as in %s is recorded, and replayed to the same ends', async (name) => {
  const [recording] = await findRecordings([join(folder, name)]);
  const policyFile = join(folder, name, 'policy.yaml');
  const policy = existsSync(policyFile) ? policyFile : defaultPolicyFile;
  const out = newFolder();
  const account = await accountOf(recording!);
  await recordFrom(account, { out, policy, since: '2026-01-01', until: '2026-04-01' });
  const [recorded] = await findRecordings([out]);
  expect(recorded?.accountFile).toBeDefined();
  expect(await endsOf(recorded!, policy)).toEqual(await endsOf(recording!, policy));
});
