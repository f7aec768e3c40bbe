import { readEvent, sources } from '../../signals';
import { anywhere, eventFiles, inWords, sampleEvent } from './event-files';
import { publishedProblems } from './published-schema';

const at = '111122223333/eu-west-1';
const instance = `${at}/ec2-instance/i-0a1b2c3d4e5f60718`;
const targets = `${at}/target-group/arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef`;

/** What each sample reads to: its signals, or the beginning of the reason for none. */
const readings: Readonly<Record<string, string | readonly string[]>> = {
  'autoscaling/launch-successful': [`progress ${at}/auto-scaling-group/web`, `progress ${instance}`],
  'autoscaling/launch-unsuccessful': [`unhealthy group-launch-failing ${at}/auto-scaling-group/web`],
  'autoscaling/processes-suspended': [`unhealthy group-process-suspended ${at}/auto-scaling-group/web`],
  'autoscaling/terminate-successful': [`progress ${at}/auto-scaling-group/web`, `progress ${instance}`],
  'autoscaling/terminate-unsuccessful': [`unhealthy group-terminate-failing ${at}/auto-scaling-group/web`],
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
  'cloudwatch/evaluation-error-alarm':
    'ignored: alarm web-1 status was not evaluated on all its data: EVALUATION_ERROR',
  'cloudwatch/group-cpu-alarm': [`unhealthy group-overloaded ${at}/auto-scaling-group/web`],
  'cloudwatch/group-target-tracking-alarm':
    "ignored: alarm TargetTracking-web-AlarmHigh-5d1a7c2e is a scaling policy's own",
  'cloudwatch/host-status-alarm': [`unhealthy ec2-host-impaired ${instance}`],
  'cloudwatch/instance-cpu-alarm': 'ignored: alarm web-1 busy on AWS/EC2 CPUUtilization tells of no known condition',
  'cloudwatch/instance-cpu-tagged-alarm': [`unhealthy process-runaway ${instance}`],
  'cloudwatch/instance-status-alarm': [`unhealthy ec2-instance-impaired ${instance}`],
  'cloudwatch/instance-status-ok': [`recovered ec2-instance-impaired ${instance}`],
  'cloudwatch/insufficient-data': 'ignored: alarm web-1 status has not the data to tell sickness from health',
  'cloudwatch/muted-alarm':
    'ignored: alarm web-1 status is muted by arn:aws:cloudwatch:eu-west-1:111122223333:alarm-mute-rule:sunday',
  'cloudwatch/serverless-cache-throttled-alarm': [`unhealthy cache-overloaded ${at}/serverless-cache/carts`],
  'cloudwatch/suppressed-composite-alarm': 'ignored: the actions of alarm shop are suppressed by Alarm',
  'cloudwatch/table-index-throttled-alarm': [`unhealthy table-throttled ${at}/table/orders`],
  'cloudwatch/table-replication-alarm': [`unhealthy table-replication-late ${at}/table/orders`],
  'cloudwatch/table-requests-throttled-alarm': [`unhealthy table-throttled ${at}/table/orders`],
  'cloudwatch/table-throttled-alarm': [`unhealthy table-throttled ${at}/table/orders`],
  'cloudwatch/targets-error-rate-math-alarm': [`unhealthy target-erroring ${targets}`],
  'cloudwatch/targets-unhealthy-alarm': [`unhealthy target-unhealthy ${targets}`],
  'cloudwatch/two-instances-math-alarm': 'ignored: alarm either down names no one resource',
  'cloudwatch/volume-stalled-alarm': [`unhealthy volume-impaired ${at}/volume/vol-0a1b2c3d4e5f60718`],
  'config/table-deletable-by-security-hub': [`unhealthy table-unprotected ${at}/table/orders`],
  'config/table-not-restorable': [`unhealthy table-unprotected ${at}/table/orders`],
  'config/table-not-scaled': 'ignored: no signal is read from the rule dynamodb-autoscaling-enabled of',
  'config/table-restorable': [`recovered table-unprotected ${at}/table/orders`],
  'ec2/instance-running': [`progress ${instance}`],
  'ec2/instance-stopped': [`progress ${instance}`],
  'ec2/instance-terminated-replayed': 'ignored: replayed from an archive by last-week',
  'ec2/rebalance-recommendation': [`unhealthy spot-instance-at-risk ${instance}`],
  'ec2/spot-interruption': [`unhealthy spot-instance-interrupted ${instance}`],
  'elasticache/cache-limit-approaching': [`unhealthy cache-slot-full ${at}/serverless-cache/carts`],
  'elasticache/cache-update-failed': [`progress ${at}/serverless-cache/carts`],
  'elasticache/cache-updated': [`progress ${at}/serverless-cache/carts`],
  'elasticache/snapshot-created': 'ignored: ',
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
  'rds/cluster-failover-completed': [`progress ${at}/db-cluster/ledger`],
  'rds/cluster-failover-failed': [`unhealthy db-writer-unhealthy ${at}/db-cluster/ledger`],
  'rds/instance-backup-finished': 'ignored: RDS-EVENT-0002, backup of orders tells neither of sickness nor of progress',
  'rds/instance-failover-completed': [`progress ${at}/db-instance/orders`],
  'rds/instance-newer-storage-event': [`unhealthy db-storage-low ${at}/db-instance/orders`],
  'rds/instance-replication-resumed': [`recovered db-replication-broken ${at}/db-instance/orders-replica`],
  'rds/instance-replication-stopped': [`unhealthy db-replication-broken ${at}/db-instance/orders-replica`],
  'rds/instance-storage-low': [`unhealthy db-storage-low ${at}/db-instance/orders`],
  's3/object-created': 'ignored: S3 Object Created: no signal is read from aws.s3 events',
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
