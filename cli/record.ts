import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { systemClock, type Clock } from '../runtime/clock';
import { awsFault, isOfAws } from './aws-fault';
import { whoCalls } from './caller';
import { fine, tell, type CommandResult } from './command-result';
import { ofDeployment, openDeployment, type Deployment, type DeploymentOptions } from './deployment';
import { numbered } from './incident-text';
import { defaultPolicyFile, policyFrom } from './policy-option';
import { beginIn, type Asked } from './record/begin';
import { Bucket, type Prefix } from './record/bucket';
import type { Named } from './record/describe/describer';
import { describingAws } from './record/describing-aws';
import type { EventSource } from './record/event-source';
import { finish } from './record/finish';
import { RecordingFolder } from './record/folder';
import { LogGroup } from './record/log-group';
import { namedByPolicy } from './record/named-by-policy';
import { type Period, timeWritten } from './record/period';
import { needsOf, type PolicyNeeds } from './record/policy-needs';
import { collect, type Progress } from './record/recorder';
import { Redaction } from './record/redaction';
import { doneText, summaryText } from './record/summary-text';

/** What is asked of a recording. */
export interface RecordOptions {
  readonly out: string;
  readonly since: string;
  readonly until?: string;
  readonly logGroup?: string;
  readonly s3?: Prefix;
  readonly policy?: string;
  readonly pseudonyms?: true;
  readonly keepAccounts?: true;
  readonly quiet?: true;
}

/** What the command works with; a test puts its own in place. */
export interface RecordTools {
  readonly open: typeof openDeployment;
  readonly clock: Clock;
  /** Of so many bytes. */
  readonly random: (bytes: number) => Buffer;
  /** Shows where it is, in the place of what it showed before; absent where nobody looks. */
  readonly show?: (line: string) => void;
}

const ownTools: RecordTools = {
  open: openDeployment,
  clock: systemClock,
  random: randomBytes,
  ...(process.stderr.isTTY && { show: (line) => void process.stderr.write(`\r\u001b[K${line}`) }),
};

/** Tries of one call: a long recording would rather wait than end for throttling. */
const attempts = 8;

/** Adds `homeostat record`: events of a real account, and its resources as they are, into a folder to replay. */
export function registerRecord(program: Command, tools = ownTools): void {
  ofDeployment(
    program
      .command('record')
      .description('collect the events of a period and describe the resources that they name: redacted, to be replayed')
      .requiredOption('--out <folder>', 'where to; the same call goes on with what was interrupted')
      .requiredOption('--since <time>', 'from this time on: 2026-03-01T10:00:00Z, 2026-03-01, or 7d ago', timeWritten)
      .option('--until <time>', 'up to this time (default: now)', timeWritten)
      .option('--log-group <name>', "log group that a rule writes the events to (default: the deployment's own)")
      .addOption(
        new Option('--s3 <uri>', 'objects that hold the events, such as s3://bucket/events/')
          .argParser(prefixOf)
          .conflicts('logGroup'),
      )
      .option('--policy <file>', 'keep also what this policy asks for: tags, fields (default: policies/default.yaml)')
      .option('--pseudonyms', 'replace the names of alarms, groups and databases, too')
      .option('--keep-accounts', 'leave the ids of accounts as they are, for a policy that names them')
      .option('--quiet', 'show no progress'),
  ).action(async (options: RecordOptions & DeploymentOptions) => {
    const deployment = tools.open({ ...options, attempts });
    try {
      tell(await record(deployment, options, tools));
    } catch (error) {
      throw isOfAws(error) ? new Error(faultText(error, deployment, options)) : error;
    } finally {
      if (!options.quiet) tools.show?.('');
    }
  });
}

function prefixOf(text: string): Prefix {
  const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(text) ?? [];
  if (bucket === undefined) throw new InvalidArgumentError('it is written like s3://bucket/prefix/.');
  return { bucket, prefix };
}

/** Records, from the beginning or from where it was interrupted. Throws what AWS answers. */
export async function record(
  deployment: Deployment,
  options: RecordOptions,
  { clock, random, show }: RecordTools,
): Promise<CommandResult> {
  const policyFile = options.policy ?? defaultPolicyFile;
  const policy = policyFrom(policyFile);
  const needs = needsOf(policy);
  const byPolicy = namedByPolicy(policy);
  const { account } = await whoCalls(deployment, clock.now);
  const region = await deployment.region();
  const where = options.s3 ? `s3://${options.s3.bucket}/${options.s3.prefix}` : logGroupOf(deployment, options);
  const subject = { account, region, source: where, policy: readFileSync(policyFile, 'utf8') };
  const begun = await beginIn(options.out, askedIn(options), subject, clock.now(), () => random(32));
  if (begun.kind === 'done') {
    await RecordingFolder.tidyAt(options.out);
    return fine(doneText(options.out, begun.checkpoint));
  }

  const { checkpoint, standIns } = begun;
  const redaction = new Redaction(standIns, needs);
  const collected = await collect(
    {
      folder: options.out,
      home: { account, region },
      source: await sourceFor(deployment, options, checkpoint.period),
      aws: await describingAws(deployment),
      redaction,
      mappings: policy.mappings,
      byPolicy,
      alsoDescribed: [...runbooksOf(needs), ...byPolicy.named],
      onProgress: (progress) => {
        if (!options.quiet) show?.(progressText(progress));
      },
    },
    checkpoint,
  );
  const done = await finish(collected, {
    folder: options.out,
    account: standIns.account(account),
    region,
    now: clock.now(),
    sort: options.s3 !== undefined,
  });
  return fine(summaryText(options.out, where, done, needs));
}

function askedIn({ since, until, pseudonyms, keepAccounts }: RecordOptions): Asked {
  return {
    since,
    ...(until !== undefined && { until }),
    names: pseudonyms ? 'replaced' : 'kept',
    accounts: keepAccounts ? 'kept' : 'replaced',
  };
}

function logGroupOf({ name }: Deployment, { logGroup }: RecordOptions): string {
  return logGroup ?? `/aws/events/${name}`;
}

async function sourceFor(deployment: Deployment, options: RecordOptions, period: Period): Promise<EventSource> {
  if (options.s3) return new Bucket(await deployment.client('s3'), options.s3, period);
  return new LogGroup(await deployment.client('logs'), logGroupOf(deployment, options), period);
}

/** By the names that `documents` takes. */
function runbooksOf({ runbooks }: PolicyNeeds): readonly Named[] {
  return runbooks.map(({ document, version }) => ({
    kind: 'documents',
    id: version === undefined ? document : `${document}@${version}`,
  }));
}

function progressText({ reached, events, described }: Progress): string {
  return `${reached}: ${numbered(events, 'event')}, ${numbered(described, 'resource')}`;
}

/** One line: what went wrong, and what to do. */
function faultText(error: unknown, deployment: Deployment, options: RecordOptions): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NoSuchBucket')
    return `there is no bucket ${options.s3?.bucket ?? ''}: look at --s3, --region and --profile`;
  if (name === 'ResourceNotFoundException' && options.s3 === undefined)
    return `there is no log group ${logGroupOf(deployment, options)} in this account and region: deploy Homeostat there (not with -c event-log=no), or name another with --log-group, --s3, --name or --region`;
  const { what, next } = awsFault(error);
  return `${what}: ${next}; then run this again, and it goes on where it was`;
}
