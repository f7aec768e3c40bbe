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
const hangOnTheCure = ['nothing-helps-escalated', 'runbook', 'hot-table'];
/** What decides there is not described by `record` yet: docs/recording.md says what that is. */
const notDescribed = [
  'cache-replica-lags-not-promoted', // caches
  'cache-slot-full-escalated',
  'classic-backends-share-trouble', // load balancers of either generation
  'zones-fail-alike',
  'zone-lost',
  'global-database-no-member', // global databases
  'global-database-switched-over',
  'cluster-overloaded-reader-added', // capacity, backups and replicas of databases
  'data-lost-cluster-restored',
  'database-overloaded-replica-added',
  'serverless-capacity-raised',
  'serverless-has-room-refused',
  'source-lost-in-another-region',
  'storage-low-expanded',
  'database-hung-restarted', // what a person, or AWS, did a while ago
  'guest-and-host-failing',
  'process-suspended-by-deployment', // refreshes, hooks, Standby and suspensions of groups
  'process-suspended-resumed',
  'refresh-rolled-back',
  'standby-taken',
];
const names = readdirSync(folder).filter(
  (name) => !name.includes('.') && ![...hangOnTheCure, ...notDescribed].includes(name),
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
