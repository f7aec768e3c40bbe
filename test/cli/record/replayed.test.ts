import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { defaultPolicyFile, policyFrom } from '../../../cli/policy-option';
import { readRecorded } from '../../../replay/recorded-events';
import { findRecordings, type Recording } from '../../../replay/recording';
import { replayRecording } from '../../../replay/recording-replay';
import { VirtualClock } from '../../../simulator/clock';
import { inMode, type Policy } from '../../../statemachines/policy';
import { aFile } from '../command';
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
  'service-wedged-redeployed',
  'tasks-die',
];
/** More was sick there than the event says, and when it was recorded nobody could see that any more. */
const hangOnOtherSickness = [
  'bad-deployment-rolled-back', // that its tasks failed before the alarm told of it
  'cache-replica-lags-not-promoted', // how far the replica lagged
  'classic-backends-share-trouble', // that a second instance was out of service
  'guest-and-host-failing', // that the host failed too
  'service-of-code-deploy', // that all of its tasks failed
  'standby-dead-not-switched-to', // that what could take over was dead, too
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
  'nightly-backup-failed', // that the next one fails as well
  'volume-lost-restored', // recovery points of what has no failed job
  'burst-credits-run-out', // burst credits, of which no event tells
  'alarm-silenced-tells-nobody', // who is told by an alarm
  'function-deployed-rolled-back', // where an alias led before
  'stream-not-read-enabled', // an alarm on what is not measured just then
];
const names = readdirSync(folder).filter(
  (name) => !name.includes('.') && ![...hangOnTheCure, ...hangOnOtherSickness, ...notDescribed].includes(name),
);

const ofTrueAccount = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value).replaceAll('111122223333', trueAccount)) as T;

/** An account as a recording describes it, in which its events happened. */
async function accountOf({ files, accountFile }: Recording): Promise<RecordedAccount> {
  const written = accountFile === undefined ? {} : (parse(readFileSync(accountFile, 'utf8')) as object);
  const events: { readonly time: string }[] = [];
  for await (const one of readRecorded(files)) {
    if (one.kind === 'event') events.push(ofTrueAccount(one.event as { readonly time: string }));
  }
  // Whoever describes it waits until Route 53 answers again.
  const account = new RecordedAccount(
    { ...ofTrueAccount(written), dns: {} },
    new VirtualClock(Date.parse(events[0]?.time ?? '')),
  );
  return account.logs(...events);
}

/** How incidents end, and what is written on the way. */
async function endsOf(recording: Recording, policy: Policy): Promise<unknown> {
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

/** The days of all events there. */
const period = { since: '2026-03-01', until: '2026-03-14' };
const acting = (file: string): Policy => inMode('act', policyFrom(file));

test.each(names)('what happened as in %s is recorded, and replayed to the same ends', async (name) => {
  const [recording] = await findRecordings([join(folder, name)]);
  const policyFile = join(folder, name, 'policy.yaml');
  const policy = existsSync(policyFile) ? policyFile : defaultPolicyFile;
  const text = readFileSync(policy, 'utf8');
  // What a policy names by its account is found where accounts are as they are.
  const keeps = text.includes(':route53-recovery-control:');
  const own = keeps ? aFile('policy.yaml', text.replaceAll('111122223333', trueAccount)) : policy;
  const out = newFolder();
  const account = await accountOf(recording!);
  await recordFrom(account, { out, policy: own, ...(keeps && { keepAccounts: true }), ...period });
  const [recorded] = await findRecordings([out]);
  expect(recorded?.accountFile).toBeDefined();
  const read = acting(own);
  const ends = await endsOf(recording!, keeps ? acting(policy) : read);
  expect(await endsOf(recorded!, read)).toEqual(keeps ? ofTrueAccount(ends) : ends);
});
