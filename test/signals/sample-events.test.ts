import { readEvent, sources } from '../../signals';
import { anywhere, eventFiles, inWords, sampleEvent } from './event-files';
import { publishedProblems } from './published-schema';

const at = '111122223333/eu-west-1';
const instance = `${at}/ec2-instance/i-0a1b2c3d4e5f60718`;
const checkout = `${at}/ecs-service/shop/checkout`;
const host = `${at}/container-instance/shop/00112233445566778899aabbccddeeff`;
const step = `${at}/emr-step/j-1YONHTCP3YZKC/s-2L0P3YZKC1YON`;
const targets = `${at}/target-group/arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef`;
const mapping = `${at}/event-source-mapping/4f1c7d20-0000-4000-8000-000000000001`;
const backedUp = `${at}/protected-resource/arn:aws:dynamodb:eu-west-1:111122223333:table/orders`;

/** What each sample reads to: its signals, or the beginning of the reason for none. */
const readings: Readonly<Record<string, string | readonly string[]>> = {
  'access-analyzer/bucket-public': [`unhealthy bucket-public ${at}/bucket/shop-images`],
  'access-analyzer/bucket-public-resolved': [`recovered bucket-public ${at}/bucket/shop-images`],
  'access-analyzer/bucket-shared': 'ignored: arn:aws:s3:::shop-images is shared with somebody',
  'autoscaling/launch-successful': [`progress ${at}/auto-scaling-group/web`, `progress ${instance}`],
  'autoscaling/launch-unsuccessful': [`unhealthy group-launch-failing ${at}/auto-scaling-group/web`],
  'autoscaling/processes-suspended': [`unhealthy group-process-suspended ${at}/auto-scaling-group/web`],
  'autoscaling/terminate-successful': [`progress ${at}/auto-scaling-group/web`, `progress ${instance}`],
  'autoscaling/terminate-unsuccessful': [`unhealthy group-terminate-failing ${at}/auto-scaling-group/web`],
  'backup/backup-job-completed': [`recovered backup-failed ${backedUp}`],
  'backup/backup-job-created': 'ignored: backup job 34176239-E96D-4E1D-9FAD-529DBB3C3556 is CREATED: nothing has come',
  'backup/backup-job-expired': [`unhealthy backup-failed ${backedUp}`],
  'backup/backup-job-failed': [`unhealthy backup-failed ${backedUp}`],
  'backup/backup-job-running': 'ignored: backup job 34176239-E96D-4E1D-9FAD-529DBB3C3556 is RUNNING: nothing has come',
  'backup/copy-job-completed':
    'ignored: copy job 0175DE71-5784-589F-D8AC-541ACCB4CAC8 is COMPLETED: nothing is missing',
  'backup/copy-job-failed': [`unhealthy backup-copy-failed ${backedUp}`],
  'backup/restore-job-completed': [`progress ${backedUp}`],
  'backup/restore-job-created':
    'ignored: restore job AB123456-78C9-0123-456D-789012E34567 is under way: nothing has come',
  'cloudwatch/alarm-actions-disabled': [`unhealthy alarm-actions-disabled ${at}/alarm/checkout is late`],
  'cloudwatch/alarm-actions-enabled': [`recovered alarm-actions-disabled ${at}/alarm/checkout is late`],
  'cloudwatch/alarm-deleted': [`unhealthy alarm-deleted ${at}/alarm/checkout is late`],
  'cloudwatch/alarm-threshold-changed': 'ignored: checkout is late tells people as before',
  'cloudwatch/cache-memory-alarm': [`unhealthy cache-memory-low ${at}/cache-cluster/sessions-001`],
  'cloudwatch/cache-write-latency-alarm': [`unhealthy cache-primary-unhealthy ${at}/cache-cluster/sessions-001`],
  'cloudwatch/cluster-reader-latency-alarm':
    'ignored: alarm ledger reader slow on AWS/RDS ReadLatency tells of no known',
  'cloudwatch/cluster-writer-latency-alarm': [`unhealthy db-writer-unhealthy ${at}/db-cluster/ledger`],
  'cloudwatch/composite-alarm': 'ignored: alarm shop names no one resource: tag it homeostat:resource',
  'cloudwatch/composite-tagged-alarm': [`unhealthy checkout-failing ${at}/auto-scaling-group/web`],
  'cloudwatch/contributor-tagged-alarm': [`unhealthy process-runaway ${instance}`],
  'cloudwatch/database-cpu-alarm': [`unhealthy db-overloaded ${at}/db-instance/orders`],
  'cloudwatch/database-latency-alarm': [`unhealthy db-instance-impaired ${at}/db-instance/orders`],
  'cloudwatch/database-latency-anomaly-alarm': 'ignored: alarm orders unusual tells of the unusual, not of the bad',
  'cloudwatch/database-storage-alarm': [`unhealthy db-storage-low ${at}/db-instance/orders`],
  'cloudwatch/emr-memory-alarm': [`unhealthy emr-cluster-overloaded ${at}/emr-cluster/j-1YONHTCP3YZKC`],
  'cloudwatch/evaluation-error-alarm':
    'ignored: alarm web-1 status was not evaluated on all its data: EVALUATION_ERROR',
  'cloudwatch/file-system-operations-alarm':
    'ignored: alarm images operations on AWS/EFS PercentIOLimit tells of no known condition',
  'cloudwatch/file-system-permitted-alarm': [`unhealthy file-system-throttled ${at}/file-system/fs-0123456789abcdef0`],
  'cloudwatch/function-alias-errors-alarm': [`unhealthy function-erroring ${at}/function-alias/checkout:live`],
  'cloudwatch/group-cpu-alarm': [`unhealthy group-overloaded ${at}/auto-scaling-group/web`],
  'cloudwatch/group-target-tracking-alarm':
    "ignored: alarm TargetTracking-web-AlarmHigh-5d1a7c2e is a scaling policy's own",
  'cloudwatch/health-check-alarm': [
    'unhealthy endpoint-unhealthy 111122223333/us-east-1/health-check/0f8b1c62-0000-4000-8000-000000000001',
  ],
  'cloudwatch/host-status-alarm': [`unhealthy ec2-host-impaired ${instance}`],
  'cloudwatch/instance-cpu-alarm': 'ignored: alarm web-1 busy on AWS/EC2 CPUUtilization tells of no known condition',
  'cloudwatch/instance-cpu-tagged-alarm': [`unhealthy process-runaway ${instance}`],
  'cloudwatch/instance-status-alarm': [`unhealthy ec2-instance-impaired ${instance}`],
  'cloudwatch/instance-status-ok': [`recovered ec2-instance-impaired ${instance}`],
  'cloudwatch/insufficient-data': 'ignored: alarm web-1 status has not the data to tell sickness from health',
  'cloudwatch/log-delivery-alarm': [`unhealthy log-delivery-broken ${at}/log-group//shop/checkout`],
  'cloudwatch/muted-alarm':
    'ignored: alarm web-1 status is muted by arn:aws:cloudwatch:eu-west-1:111122223333:alarm-mute-rule:sunday',
  'cloudwatch/scaling-alarm-deleted': 'ignored: alarm TargetTracking-web-AlarmHigh',
  'cloudwatch/serverless-cache-throttled-alarm': [`unhealthy cache-overloaded ${at}/serverless-cache/carts`],
  'cloudwatch/suppressed-composite-alarm': 'ignored: the actions of alarm shop are suppressed by Alarm',
  'cloudwatch/table-index-throttled-alarm': [`unhealthy table-throttled ${at}/table/orders`],
  'cloudwatch/table-replication-alarm': [`unhealthy table-replication-late ${at}/table/orders`],
  'cloudwatch/table-requests-throttled-alarm': [`unhealthy table-throttled ${at}/table/orders`],
  'cloudwatch/table-throttled-alarm': [`unhealthy table-throttled ${at}/table/orders`],
  'cloudwatch/targets-error-rate-math-alarm': [`unhealthy target-erroring ${targets}`],
  'cloudwatch/targets-unhealthy-alarm': [`unhealthy target-unhealthy ${targets}`],
  'cloudwatch/topic-failing-alarm': [`unhealthy topic-delivery-failing ${at}/topic/orders-placed`],
  'cloudwatch/two-instances-math-alarm': 'ignored: alarm either down names no one resource',
  'cloudwatch/volume-stalled-alarm': [`unhealthy volume-impaired ${at}/volume/vol-0a1b2c3d4e5f60718`],
  'config/bucket-not-readable-by-all': [`recovered bucket-public ${at}/bucket/shop-images`],
  'config/bucket-readable-by-all': [`unhealthy bucket-public ${at}/bucket/shop-images`],
  'config/table-deletable-by-security-hub': [`unhealthy table-unprotected ${at}/table/orders`],
  'config/table-not-restorable': [`unhealthy table-unprotected ${at}/table/orders`],
  'config/table-not-scaled': 'ignored: no signal is read from the rule dynamodb-autoscaling-enabled of',
  'config/table-restorable': [`recovered table-unprotected ${at}/table/orders`],
  'custom/service-recovered': [`recovered service-tasks-failing ${checkout}`],
  'custom/service-unhealthy': [`unhealthy service-tasks-failing ${checkout}`],
  'ec2/instance-running': [`progress ${instance}`],
  'ec2/instance-stopped': [`progress ${instance}`],
  'ec2/instance-terminated-replayed': 'ignored: replayed from an archive by last-week',
  'ec2/rebalance-recommendation': [`unhealthy spot-instance-at-risk ${instance}`],
  'ec2/spot-interruption': [`unhealthy spot-instance-interrupted ${instance}`],
  'ecs/agent-connected': [`recovered container-instance-disconnected ${host}`],
  'ecs/agent-lost': [`unhealthy container-instance-disconnected ${host}`],
  'ecs/agent-lost-while-draining': [`progress ${host}`],
  'ecs/deployment-completed': [`progress ${checkout}`],
  'ecs/deployment-failed': [`unhealthy service-deployment-failed ${checkout}`],
  'ecs/service-discovery-unhealthy': 'ignored: SERVICE_DISCOVERY_INSTANCE_UNHEALTHY of shop/checkout asks nothing',
  'ecs/service-placement-failing': [`unhealthy service-placement-failing ${checkout}`],
  'ecs/service-steady': [`progress ${checkout}`],
  'ecs/service-task-start-impaired': [`unhealthy service-tasks-failing ${checkout}`],
  'ecs/task-died': [`unhealthy service-tasks-failing ${checkout}`],
  'ecs/task-of-no-service': 'ignored: task 0f0e0d0c0b0a09080706050403020100 is of no service: family:nightly',
  'ecs/task-running': [`progress ${checkout}`],
  'ecs/task-stopped-by-user': [`progress ${checkout}`],
  'ecs/task-unhealthy': [`unhealthy service-tasks-failing ${checkout}`],
  'elasticache/cache-limit-approaching': [`unhealthy cache-slot-full ${at}/serverless-cache/carts`],
  'elasticache/cache-update-failed': [`progress ${at}/serverless-cache/carts`],
  'elasticache/cache-updated': [`progress ${at}/serverless-cache/carts`],
  'elasticache/snapshot-created': 'ignored: ',
  'emr/cluster-terminated-with-errors': [`progress ${at}/emr-cluster/j-1YONHTCP3YZKC`],
  'emr/group-arrested': [`unhealthy emr-group-stuck ${at}/emr-cluster/j-1YONHTCP3YZKC`],
  'emr/group-running': [`progress ${at}/emr-cluster/j-1YONHTCP3YZKC`],
  'emr/step-completed': [`progress ${step}`],
  'emr/step-failed': [`unhealthy emr-step-failed ${step}`],
  'emr/step-run-again-failed': [`progress ${step}`],
  'guardduty/bucket-opened-to-all': [`unhealthy bucket-public ${at}/bucket/shop-images`],
  'guardduty/user-from-tor':
    'ignored: what is done about the finding UnauthorizedAccess:IAMUser/TorIPCaller is for people to decide',
  'health/auto-recovery-failed': [`unhealthy ec2-host-impaired ${instance}`],
  'health/organizational-view': [
    'unhealthy ec2-instance-retiring 444455556666/eu-west-1/ec2-instance/i-0a1b2c3d4e5f60718',
  ],
  'health/public-issue': 'ignored: AWS_EC2_OPERATIONAL_ISSUE is a public event: it names nothing of yours',
  'health/retirement-all-resolved': 'ignored: AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED: every resource',
  'health/retirement-backup-region': [`unhealthy ec2-instance-retiring ${instance}`],
  'health/retirement-closed': [`recovered ec2-instance-retiring ${instance}`],
  'health/retirement-page-1-of-2': [`unhealthy ec2-instance-retiring ${at}/ec2-instance/i-0aaaaaaaaaaaaaaa1`],
  'health/retirement-page-2-of-2': [
    `unhealthy ec2-instance-retiring ${at}/ec2-instance/i-0aaaaaaaaaaaaaaa3`,
    `unhealthy ec2-instance-retiring ${at}/ec2-instance/i-0aaaaaaaaaaaaaaa4`,
  ],
  'health/retirement-scheduled': [`unhealthy ec2-instance-retiring ${instance}`],
  'health/store-degraded-nonsense-entities':
    'ignored: AWS_EC2_INSTANCE_STORE_DRIVE_PERFORMANCE_DEGRADED names no ec2-instance, but "arn:ec2-1-101002929"',
  'health/unmapped-code': "ignored: no signal is read from AWS Health's AWS_EC2_ODCR_UNDERUTILIZATION_NOTIFICATION",
  'health/volume-lost': [`unhealthy volume-lost ${at}/volume/vol-0a1b2c3d4e5f60718`],
  'lambda/mapping-changed': 'ignored: 4f1c7d20-0000-4000-8000-000000000001 was changed, and neither enabled nor',
  'lambda/mapping-disabled': [`unhealthy event-source-disabled ${mapping}`],
  'lambda/mapping-enabled': [`recovered event-source-disabled ${mapping}`],
  'logs/filter-deleted': [`unhealthy log-delivery-broken ${at}/log-group//shop/checkout`],
  'logs/filter-put': [`recovered log-delivery-broken ${at}/log-group//shop/checkout`],
  'logs/group-deleted': [`unhealthy log-group-deleted ${at}/log-group//shop/checkout`],
  'logs/retention-kept': 'ignored: the call of DeleteRetentionPolicy was refused: AccessDenied',
  'rds/cluster-failover-completed': [`progress ${at}/db-cluster/ledger`],
  'rds/cluster-failover-failed': [`unhealthy db-writer-unhealthy ${at}/db-cluster/ledger`],
  'rds/instance-backup-finished': 'ignored: RDS-EVENT-0002, backup of orders tells neither of sickness nor of progress',
  'rds/instance-failover-completed': [`progress ${at}/db-instance/orders`],
  'rds/instance-newer-storage-event': [`unhealthy db-storage-low ${at}/db-instance/orders`],
  'rds/instance-replication-resumed': [`recovered db-replication-broken ${at}/db-instance/orders-replica`],
  'rds/instance-replication-stopped': [`unhealthy db-replication-broken ${at}/db-instance/orders-replica`],
  'rds/instance-storage-low': [`unhealthy db-storage-low ${at}/db-instance/orders`],
  's3/block-deleted': [`unhealthy bucket-public ${at}/bucket/shop-images`],
  's3/bucket-policy-put': [`unhealthy bucket-public ${at}/bucket/shop-images`],
  's3/bucket-policy-refused': 'ignored: the call of PutBucketPolicy was refused: AccessDenied',
  's3/object-created': 'ignored: S3 Object Created: no signal is read from such aws.s3 events',
  'securityhub/bucket-not-readable-by-all': [`recovered bucket-public ${at}/bucket/shop-images`],
  'securityhub/bucket-readable-by-all': [`unhealthy bucket-public ${at}/bucket/shop-images`],
  'securityhub/group-open-to-all': 'ignored: what is done about the control EC2.13 is for people to decide',
  'securityhub/trail-bucket-public-by-cis': [`unhealthy bucket-public ${at}/bucket/shop-images`],
  'ssm/automation-success': [`progress ${at}/automation-execution/6d6f6d65-2222-4222-8333-444455556666`],
};

test('every sample event has its reading written down', () => {
  expect(Object.keys(readings)).toEqual(eventFiles);
});

test.each(Object.entries(readings))('%s reads as it should', (name, expected) => {
  const begins = (text: string): unknown => expect.stringMatching(new RegExp(`^${escape(text)}`));
  const reading = inWords(readEvent(sampleEvent(name), anywhere));
  expect(reading).toEqual(typeof expected === 'string' ? [begins(expected)] : expected);
});

test.each(eventFiles)('%s is shaped as AWS publishes its kind of event', (name) => {
  expect(publishedProblems(sampleEvent(name))).toEqual([]);
});

test('each source reads at least one sample', () => {
  const read = new Set(
    eventFiles.flatMap((name) => {
      const reading = readEvent(sampleEvent(name), anywhere);
      return reading.kind === 'signals' ? reading.signals.map(({ source }) => source) : [];
    }),
  );
  expect([...read].sort()).toEqual(sources.map(({ name }) => name).sort());
});

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
