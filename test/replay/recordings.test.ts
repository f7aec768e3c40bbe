import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Command } from 'commander';
import { incidentText, summaryText } from '../../cli/incident-text';
import { defaultPolicyFile, policyFrom } from '../../cli/policy-option';
import { registerReplay } from '../../cli/replay';
import { readRecorded } from '../../replay/recorded-events';
import { findRecordings, type Recording } from '../../replay/recording';
import { replayRecording } from '../../replay/recording-replay';
import type { ReplayReport } from '../../replay/report';
import { inMode } from '../../statemachines/policy';
import { publishedProblems } from '../signals/published-schema';

const folder = join(__dirname, '..', 'recordings');
const howToCreate = 'UPDATE_RECORDINGS=1 npx jest test/replay/recordings';
const isUpdating = process.env['UPDATE_RECORDINGS'] !== undefined;

/** Each folder of events, and each file of events that lies beside them. */
const names = readdirSync(folder)
  .filter((name) => isFolder(name) || /\.(json|jsonl|ndjson)(\.gz)?$/.test(name))
  .sort();

interface Promised {
  readonly outcomes: readonly string[];
  readonly writes: readonly string[];
  /** It is replayed as with `--approve`: what would be lost for good takes two people, whatever its policy says. */
  readonly approved?: true;
}

/** Recording → how its incidents end, and what is written to AWS in this order: so that a wrong expectation is noticed. */
const promises: Readonly<Record<string, Promised>> = {
  'alarm-silenced-enabled': { outcomes: ['resolved'], writes: ['cloudwatch:EnableAlarmActions'] },
  'alarm-silenced-tells-nobody': { outcomes: ['escalated'], writes: [] },
  'log-group-deleted-not-described': { outcomes: ['escalated'], writes: [] },
  'log-filter-deleted-restored': { outcomes: ['resolved'], writes: ['logs:PutSubscriptionFilter'] },
  'topic-function-shut-opened': { outcomes: ['resolved'], writes: ['lambda:AddPermission'] },
  'topic-reader-not-confirmed': { outcomes: ['escalated'], writes: [] },
  'event-source-failing-not-enabled': { outcomes: ['escalated'], writes: [] },
  'event-source-forgotten-enabled': { outcomes: ['resolved'], writes: ['lambda:UpdateEventSourceMapping'] },
  'function-deployed-rolled-back': { outcomes: ['resolved'], writes: ['lambda:UpdateAlias'] },
  'function-failing-for-days': { outcomes: ['escalated'], writes: [] },
  'function-stopped-stays-so': { outcomes: ['escalated'], writes: [] },
  'function-throttled-raised': { outcomes: ['resolved'], writes: ['lambda:PutFunctionConcurrency'] },
  'stream-not-read-enabled': { outcomes: ['resolved'], writes: ['lambda:UpdateEventSourceMapping'] },
  'program-tells-of-sickness': { outcomes: ['resolved'], writes: ['ecs:StopTask'] },
  'agent-lost-drained': { outcomes: ['resolved'], writes: ['ecs:UpdateContainerInstancesState'] },
  'agent-lost-nowhere-to-go': { outcomes: ['escalated'], writes: [] },
  'bad-deployment-rolled-back': { outcomes: ['resolved'], writes: ['ecs:UpdateService'] },
  'service-of-code-deploy': { outcomes: ['escalated'], writes: [] },
  'service-overloaded-no-room': { outcomes: ['escalated'], writes: [] },
  'service-overloaded-scaled-out': {
    outcomes: ['resolved'],
    writes: ['application-autoscaling:RegisterScalableTarget'],
  },
  'service-wedged-redeployed': { outcomes: ['resolved'], writes: ['ecs:UpdateService'] },
  'task-unhealthy-stopped': { outcomes: ['resolved'], writes: ['ecs:StopTask'] },
  'tasks-die': {
    outcomes: ['resolved'],
    writes: ['ecs:StopTask', 'ecs:StopTask', 'ecs:UpdateService', 'ecs:UpdateService'],
  },
  'approval-unanswered': { outcomes: ['escalated'], writes: [] },
  'backup-copy-failed': { outcomes: ['escalated'], writes: [] },
  'backup-failed-for-want-of-a-key': { outcomes: ['escalated'], writes: [] },
  'backup-failed-retried': { outcomes: ['resolved'], writes: ['backup:StartBackupJob'] },
  'nightly-backup-failed': { outcomes: ['escalated'], writes: ['backup:StartBackupJob'] },
  'data-lost-after-every-backup': { outcomes: ['escalated'], writes: [] },
  'volume-lost-restored': { outcomes: ['resolved'], writes: ['backup:StartRestoreJob'] },
  'cache-memory-low-needs-larger-nodes': { outcomes: ['escalated'], writes: [] },
  'cache-node-kept-without-snapshot': { outcomes: ['escalated'], writes: [] },
  'cache-node-rebooted': { outcomes: ['resolved'], writes: ['elasticache:RebootCacheCluster'], approved: true },
  'cache-overloaded-replica-added': { outcomes: ['resolved'], writes: ['elasticache:IncreaseReplicaCount'] },
  'cache-primary-failed-over': {
    outcomes: ['resolved'],
    writes: Array.from({ length: 3 }, () => 'elasticache:ModifyReplicationGroup'),
  },
  'cache-primary-not-rebooted': { outcomes: ['escalated'], writes: [] },
  'cache-replica-lags-not-promoted': { outcomes: ['escalated'], writes: [] },
  'cache-slot-full-escalated': { outcomes: ['escalated'], writes: [] },
  'classic-backend-reset': {
    outcomes: ['resolved'],
    writes: [
      'elasticloadbalancing:DeregisterInstancesFromLoadBalancer',
      'elasticloadbalancing:RegisterInstancesWithLoadBalancer',
    ],
  },
  'classic-backends-share-trouble': { outcomes: ['escalated'], writes: [] },
  'database-failed-over-by-aws': { outcomes: ['recovered'], writes: [] },
  'duplicates-and-late-events': { outcomes: ['resolved', 'escalated'], writes: ['ec2:RebootInstances'] },
  'group-at-its-maximum': { outcomes: ['escalated'], writes: [] },
  'host-failing-data-at-stake': { outcomes: ['escalated'], writes: [] },
  'guest-and-host-failing': { outcomes: ['escalated'], writes: [] },
  'writer-unhealthy-smaller-reader': { outcomes: ['escalated'], writes: [] },
  'single-zone-database': { outcomes: ['escalated'], writes: [] },
  'runbook-of-another-version': { outcomes: ['escalated'], writes: [] },
  'group-overloaded-scaled-out': { outcomes: ['resolved'], writes: ['autoscaling:SetDesiredCapacity'] },
  'healed-by-itself': { outcomes: ['recovered'], writes: [] },
  'host-failing-stop-start': { outcomes: ['resolved'], writes: ['ec2:StopInstances', 'ec2:StartInstances'] },
  'instance-stopped-after-snapshot': {
    outcomes: ['resolved'],
    writes: ['ec2:CreateSnapshots', 'ec2:StopInstances', 'ec2:StartInstances'],
  },
  'instance-impaired-rebooted': { outcomes: ['resolved'], writes: ['ec2:RebootInstances'] },
  'multi-az-database-failed-over': { outcomes: ['resolved'], writes: ['rds:RebootDBInstance'] },
  'nothing-helps-escalated': { outcomes: ['escalated'], writes: ['ec2:RebootInstances'] },
  observed: { outcomes: ['observed', 'observed'], writes: [] },
  'refused-too-few-healthy': { outcomes: ['escalated'], writes: [] },
  'retirement-replaced': { outcomes: ['resolved'], writes: ['autoscaling:SetInstanceHealth'] },
  'process-down-agent-lost': { outcomes: ['escalated'], writes: [] },
  'redis-process-restarted': { outcomes: ['resolved'], writes: ['ssm:SendCommand'] },
  runbook: { outcomes: ['resolved'], writes: ['ssm:StartAutomationExecution'] },
  'cluster-overloaded-reader-added': { outcomes: ['resolved'], writes: ['rds:CreateDBInstance'] },
  'cluster-overloaded-readers-scaled-by-aws': { outcomes: ['escalated'], writes: [] },
  'data-lost-before-the-backups': { outcomes: ['escalated'], writes: [] },
  'data-lost-cluster-restored': {
    outcomes: ['resolved'],
    writes: ['rds:RestoreDBClusterToPointInTime', 'rds:CreateDBInstance'],
  },
  'database-failed-restored': { outcomes: ['resolved'], writes: ['rds:RestoreDBInstanceToPointInTime'] },
  'database-overloaded-no-backups': { outcomes: ['escalated'], writes: [] },
  'database-overloaded-replica-added': { outcomes: ['resolved'], writes: ['rds:CreateDBInstanceReadReplica'] },
  'source-lost-in-another-region': { outcomes: ['escalated'], writes: [] },
  'source-lost-replica-promoted': { outcomes: ['resolved'], writes: ['rds:PromoteReadReplica'], approved: true },
  'writer-alone-reader-added': { outcomes: ['resolved'], writes: ['rds:CreateDBInstance', 'rds:FailoverDBCluster'] },
  'database-hung-restarted': { outcomes: ['resolved'], writes: ['rds:RebootDBInstance'] },
  'database-restarted-in-vain': { outcomes: ['escalated'], writes: [] },
  'database-stopped-on-purpose': { outcomes: ['escalated'], writes: [] },
  'database-stopped-started': { outcomes: ['resolved'], writes: ['rds:StartDBInstance'] },
  'global-database-no-member': { outcomes: ['escalated'], writes: [] },
  'global-database-switched-over': { outcomes: ['resolved'], writes: ['rds:SwitchoverGlobalCluster'] },
  'primary-region-lost': { outcomes: ['escalated'], writes: [] },
  'serverless-capacity-raised': { outcomes: ['resolved'], writes: ['rds:ModifyDBCluster'] },
  'serverless-has-room-refused': { outcomes: ['escalated'], writes: [] },
  'storage-full-database': { outcomes: ['resolved'], writes: ['rds:ModifyDBInstance'] },
  'storage-low-changes-waiting': { outcomes: ['escalated'], writes: [] },
  'storage-low-expanded': { outcomes: ['resolved'], writes: ['rds:ModifyDBInstance'] },
  'global-table-key-lost': { outcomes: ['escalated'], writes: [] },
  'global-table-throttled': { outcomes: ['escalated'], writes: [] },
  'global-table-writes-raised': { outcomes: ['resolved'], writes: ['dynamodb:UpdateTableReplicaAutoScaling'] },
  // Raised once, then switched to on-demand: what is left is one key, and that is for people.
  'hot-table': { outcomes: ['escalated'], writes: ['dynamodb:UpdateTable', 'dynamodb:UpdateTable'] },
  'large-table-unprotected': { outcomes: ['escalated'], writes: [] },
  'table-data-lost-not-restorable': { outcomes: ['escalated'], writes: [] },
  'table-data-lost-restored': { outcomes: ['resolved'], writes: ['dynamodb:RestoreTableToPointInTime'] },
  'table-hot-key': { outcomes: ['escalated'], writes: [] },
  'table-switched-to-on-demand': { outcomes: ['resolved'], writes: ['dynamodb:UpdateTable'] },
  'table-throttled-raised': { outcomes: ['resolved'], writes: ['dynamodb:UpdateTable'] },
  'table-unprotected-protected': {
    outcomes: ['resolved'],
    writes: ['dynamodb:UpdateContinuousBackups', 'dynamodb:UpdateTable'],
  },
  // The second is refused: EFS changes the mode once a day.
  'burst-credits-run-out': {
    outcomes: ['escalated'],
    writes: ['elasticfilesystem:UpdateFileSystem', 'elasticfilesystem:UpdateFileSystem'],
  },
  'bucket-opened-shut': { outcomes: ['resolved'], writes: ['s3:PutPublicAccessBlock'] },
  'website-left-public': { outcomes: ['escalated'], writes: [] },
  'region-failing-failed-over': { outcomes: ['resolved'], writes: ['s3:SubmitMultiRegionAccessPointRoutes'] },
  'buckets-not-replicated': { outcomes: ['escalated'], writes: [] },
  'dns-primary-dies': {
    outcomes: ['resolved'],
    writes: ['route53-recovery-cluster:UpdateRoutingControlStates'],
  },
  'dns-record-failed-over': { outcomes: ['resolved'], writes: ['route53:ChangeResourceRecordSets'] },
  'standby-dead-not-switched-to': { outcomes: ['escalated'], writes: [] },
  'file-system-credits-last': { outcomes: ['escalated'], writes: [] },
  'file-system-throttled-raised': { outcomes: ['resolved'], writes: ['elasticfilesystem:UpdateFileSystem'] },
  'mount-target-deleted-restored': { outcomes: ['resolved'], writes: ['elasticfilesystem:CreateMountTarget'] },
  'mount-target-not-declared': { outcomes: ['escalated'], writes: [] },
  'emr-nodes-unhealthy-unprotected': { outcomes: ['escalated'], writes: [] },
  'emr-overloaded-resized': { outcomes: ['resolved'], writes: ['elasticmapreduce:ModifyInstanceGroups'] },
  'emr-step-failed-others-cancelled': { outcomes: ['escalated'], writes: [] },
  'emr-step-failed-run-again': { outcomes: ['resolved'], writes: ['elasticmapreduce:AddJobFlowSteps'] },
  'target-drained': { outcomes: ['resolved'], writes: ['elasticloadbalancing:DeregisterTargets'] },
  'target-replaced': { outcomes: ['resolved'], writes: ['autoscaling:SetInstanceHealth'] },
  'volume-full-expanded': {
    outcomes: ['resolved'],
    writes: ['ec2:CreateSnapshot', 'ec2:ModifyVolume', 'ssm:SendCommand'],
  },
  'volume-full-several-devices': { outcomes: ['escalated'], writes: [] },
  'zone-failing-shifted-away': { outcomes: ['resolved', 'escalated'], writes: ['arc-zonal-shift:StartZonalShift'] },
  'zone-lost': {
    outcomes: ['resolved', 'resolved', 'resolved', 'resolved', 'resolved'],
    writes: [
      'arc-zonal-shift:StartZonalShift',
      'rds:FailoverDBCluster',
      'elasticache:ModifyReplicationGroup',
      'elasticache:ModifyReplicationGroup',
      'elasticache:ModifyReplicationGroup',
      'autoscaling:SetInstanceHealth',
      'autoscaling:SetInstanceHealth',
    ],
  },
  'zones-fail-alike': { outcomes: ['escalated'], writes: [] },
  'writer-unhealthy-failed-over': { outcomes: ['resolved'], writes: ['rds:FailoverDBCluster'] },
};

test('every recording that something is promised of is there', () => {
  expect(names).toEqual(expect.arrayContaining(Object.keys(promises)));
});

describe.each(names)('%s', (name) => {
  const read = once(async () => {
    const [recording, ...others] = await findRecordings([join(folder, name)]);
    if (!recording || others.length > 0) throw new Error(`${name} is not one recording`);
    return recording;
  });
  const replayed = once(async () => replayOf(name, await read()));

  test('tells the story that is expected', async () => {
    const { text } = await replayed();
    const file = expectedFile(name);
    if (isUpdating) writeFileSync(file, text);
    if (!existsSync(file)) {
      const missing = relative(process.cwd(), file);
      throw new Error(`${missing} is missing: make it with ${howToCreate}, and read it before you commit it`);
    }
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  test('every incident comes to its end, and every event can be read', async () => {
    const { report } = await replayed();
    expect(report.invalid).toBe(0);
    expect(report.incidents.length).toBeGreaterThan(0);
    expect(report.incidents.filter(({ closedAt }) => closedAt === null)).toEqual([]);
    const outcomes = report.incidents.map(({ outcome }) => outcome);
    const writes = report.incidents.flatMap(({ calls }) => calls.filter(({ access }) => access === 'write'));
    const done = { outcomes, writes: writes.map(({ service, operation }) => `${service}:${operation}`) };
    const { outcomes: ends, writes: calls } = promises[name] ?? done;
    expect(done).toEqual({ outcomes: ends, writes: calls });
  });

  test('its events are shaped as AWS publishes them', async () => {
    const problems: Record<string, readonly string[]> = {};
    for await (const one of readRecorded((await read()).files)) {
      problems[one.position] =
        one.kind === 'event' ? publishedProblems(one.event as Record<string, unknown>) : ['unreadable'];
    }
    expect(Object.values(problems).flat()).toEqual([]);
  });
});

test('the command prints just what is expected', async () => {
  const printed: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
  const program = new Command().exitOverride();
  registerReplay(program);
  try {
    await program.parseAsync(['replay', join(folder, 'runbook')], { from: 'user' });
  } finally {
    log.mockRestore();
  }
  expect(`${printed.join('\n')}\n`).toBe(readFileSync(expectedFile('runbook'), 'utf8'));
});

async function replayOf(name: string, recording: Recording): Promise<{ report: ReplayReport; text: string }> {
  const told: string[] = [];
  const policy = inMode('act', policyFrom(recording.policyFile ?? defaultPolicyFile));
  const report = await replayRecording(recording, policy, undefined, {
    peopleApprove: promises[name]?.approved === true,
    onIncident: (incident) => void told.push(incidentText(incident)),
  });
  return { report, text: `${[...told, summaryText(report)].join('\n')}\n` };
}

function isFolder(name: string): boolean {
  return statSync(join(folder, name)).isDirectory();
}

function expectedFile(name: string): string {
  return isFolder(name) ? join(folder, name, 'expected.txt') : join(folder, `${name}.expected.txt`);
}

/** Does it when it is first asked for, and once. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
