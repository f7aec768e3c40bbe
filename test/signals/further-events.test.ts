import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEvent } from '../../signals';
import { anywhere, furtherEvents, furtherFiles, inWords, readJson } from './event-files';

/**
 * Events out of AWS's documentation and out of other projects, which are not ours to keep here: read where they lie beside
 * the repository. Each has a note on how true to life it is.
 */
const describeFurther = furtherEvents === undefined ? () => undefined : describe;

/** Beginning of what each event of the sources that we read comes to, an `invalid` one with the field at fault. */
const readings: Readonly<Record<string, string>> = {
  'autoscaling/ec2-instance-launch-successful':
    'ignored: EC2 Instance Launch Successful names no Auto Scaling group: detail has',
  'autoscaling/ec2-instance-launch-unsuccessful-failed-message-text': 'invalid: time:',
  'autoscaling/ec2-instance-terminate-successful-inprogress': 'invalid: time:',
  'autoscaling/ec2-instance-terminate-unsuccessful-failed-message-text': 'invalid: time:',
  'autoscaling/instance-refresh-cancelled': 'invalid: time:',
  'autoscaling/instance-refresh-checkpoint-reached': 'invalid: time:',
  'autoscaling/instance-refresh-failed': 'invalid: time:',
  'autoscaling/instance-refresh-started': 'invalid: time:',
  'autoscaling/instance-refresh-succeeded': 'invalid: time:',
  'autoscaling/launch-lifecycle-ec2-autoscalinggroup': 'ignored: no signal is read',
  'autoscaling/launch-lifecycle-ec2-warmpool-2': 'ignored: no signal is read',
  'autoscaling/launch-lifecycle-ec2-warmpool': 'ignored: no signal is read',
  'autoscaling/launch-lifecycle-warmpool-autoscalinggroup-2': 'ignored: no signal is read',
  'autoscaling/terminate-lifecycle': 'invalid: time:',
  'backup/backup-job-created': 'ignored: backup job 7e8845b5-ca30-415f-a842-e0152bf4d0ca is CREATED: nothing has come',
  'backup/backup-job-failed-type': 'unhealthy backup-failed 1112233445566/us-west-2/protected-resource/arn:aws:service',
  'backup/backup-job-pending-type':
    'ignored: backup job 2cffdb68-d6ed-485f-9f9b-8b530749f1c2 is PENDING: nothing has come',
  'backup/backup-job-running-ebs':
    'ignored: backup job B6EC38D2-CB3C-EF0A-F5A4-3CF324EF4945 is RUNNING: nothing has come',
  'backup/backup-plan-deleted': 'ignored: no signal is read',
  'backup/backup-plan-modified': 'ignored: no signal is read',
  'backup/backup-vault-created': 'ignored: no signal is read',
  'backup/backup-vault-modified': 'ignored: no signal is read',
  'backup/copy-job-failed-ec2': 'unhealthy backup-copy-failed 1112233445566/us-west-2/protected-resource/arn:aws:ec2',
  'backup/copy-job-running-ebs':
    'ignored: copy job 0175DE71-5784-589F-D8AC-541ACCB4CAC8 is RUNNING: nothing is missing',
  'backup/recovery-point-completed-aurora': 'ignored: no signal is read',
  'backup/recovery-point-index-failed': 'ignored: no signal is read',
  'backup/region-setting-modified': 'ignored: no signal is read',
  'backup/restore-job-completed-rds':
    'progress 1112233445566/us-west-2/protected-resource/arn:aws:rds:us-west-2:1112233445566:db:example-database',
  'backup/restore-job-created':
    'ignored: restore job 123EA45F-C678-EFE9-0123-4D56FC0E789A is under way: nothing has come',
  'backup/restore-job-pending-ec2':
    'ignored: restore job 123EA45F-C678-EFE9-0123-4D56FC0E789A is PENDING: nothing has come',
  'backup/scan-job-completed-ec2': 'ignored: no signal is read',
  'backup/scan-job-created-ec2': 'ignored: no signal is read',
  'backup/scan-job-failed-ec2': 'ignored: no signal is read',
  'backup/scan-job-running-ec2': 'ignored: no signal is read',
  'cloudwatch/alarm-alarm-asg-cpu':
    'unhealthy group-overloaded 1234567890123/us-east-1/auto-scaling-group/test-service',
  'cloudwatch/alarm-config-create-serviceaggregatedalarm-insufficient-data-com-2':
    'recovered alarm-deleted 123456789012/us-east-1/alarm/ServiceAggregatedAlarm',
  'cloudwatch/alarm-config-delete-serviceaggregatedalarm-alarm-composite-suppr':
    'unhealthy alarm-deleted 123456789012/us-east-*/alarm/ServiceAggregatedAlarm',
  'cloudwatch/alarm-config-delete-totalnetworktraffictoohigh-insufficient-data':
    'unhealthy alarm-deleted 123456789012/us-east-*/alarm/TotalNetworkTrafficTooHigh',
  'cloudwatch/alarm-config-update-serviceaggregatedalarm-alarm-composite-suppr':
    'ignored: ServiceAggregatedAlarm tells people as before',
  'cloudwatch/alarm-contributor-none-dynamodbinsightsalarm-alarm-muted':
    'ignored: alarm DynamoDBInsightsAlarm is muted by arn:aws:cloudwatch:us-east-1:1',
  'cloudwatch/alarm-insufficient-data-to-alarm-dynamodbinsightsalarm-expr-sele':
    'ignored: alarm DynamoDBInsightsAlarm names no one resource: tag it homeostat:re',
  'cloudwatch/alarm-insufficient-data-to-alarm-my-alarm-name-expr-select-sum-p':
    'ignored: alarm my-alarm-name was not evaluated on all its data: PARTIAL_DATA',
  'cloudwatch/alarm-insufficient-data-to-alarm-totalnetworktraffictoohigh-expr':
    'ignored: alarm TotalNetworkTrafficTooHigh on AWS/EC2 NetworkIn tells of no know',
  'cloudwatch/alarm-ok-asg-cpu-from-insufficient-data':
    'recovered group-overloaded 1234567890123/us-east-1/auto-scaling-group/test-service',
  'cloudwatch/alarm-ok-aurora-cluster-cpu': 'recovered db-overloaded 1234567890123/us-east-1/db-cluster/testdb',
  'cloudwatch/alarm-ok-lambda-errors':
    'recovered function-erroring 123456789012/ap-southeast-2/function/lambda-ops-metrics-eg-dev-flaky',
  'cloudwatch/alarm-ok-to-alarm-ec2-cpu-utilization-anomaly-cpuutilization-exp':
    'ignored: alarm EC2 CPU Utilization Anomaly tells of the unusual, not of the bad',
  'cloudwatch/alarm-ok-to-alarm-servercputoohigh-cpuutilization-instanceid-mut':
    'ignored: alarm ServerCpuTooHigh is muted by arn:aws:cloudwatch:us-east-1:123456',
  'cloudwatch/alarm-ok-to-alarm-serviceaggregatedalarm-composite-suppressedby-2':
    'ignored: alarm ServiceAggregatedAlarm is muted by arn:aws:cloudwatch:us-east-1:',
  'cloudwatch/alarm-ok-to-alarm-serviceaggregatedalarm-composite-suppressedby':
    'ignored: the actions of alarm ServiceAggregatedAlarm are suppressed by WaitPeri',
  'config/config-configuration-item-change-configurationitemchangenotifica': 'ignored: no signal is read',
  'config/rules-compliance-change-new-resource-non-compliant':
    'ignored: no signal is read from the rule cw-loggroup-retention-period-check-conf',
  'config/rules-compliance-change-to-compliant':
    'ignored: no signal is read from the rule volumes-prod-tags of AWS::EC2::Volume',
  'ec2/api-call-deletetransitgatewayvpcattachment': 'ignored: no signal is read',
  'ec2/ebs-copy-snapshot-missed-completion-duration': 'ignored: no signal is read',
  'ec2/ebs-fast-snapshot-restore-state-optimizing': 'invalid: time:',
  'ec2/ebs-multi-volume-createsnapshots-failed-snapshot-snap-01234567-i-2': 'invalid: time:',
  'ec2/ebs-multi-volume-createsnapshots-succeeded': 'invalid: time:',
  'ec2/ebs-snapshot-copysnapshot-succeeded': 'invalid: time:',
  'ec2/ebs-snapshot-createsnapshot-succeeded': 'invalid: time:',
  'ec2/ebs-snapshot-permanentrestoresnapshot-failed-source-snapshot-id': 'ignored: no signal is read',
  'ec2/ebs-snapshot-permanentrestoresnapshot-succeeded': 'ignored: no signal is read',
  'ec2/ebs-snapshot-restoresnapshot-failed-source-snapshot-id-is-not-va': 'ignored: no signal is read',
  'ec2/ebs-snapshot-restoresnapshot-succeeded': 'ignored: no signal is read',
  'ec2/ebs-snapshot-restoryexpiry-succeeded': 'ignored: no signal is read',
  'ec2/ebs-volume-createvolume-available': 'invalid: time:',
  'ec2/ebs-volume-createvolume-failed-6789ab-key-01234567-0123-0123-012': 'invalid: time:',
  'ec2/ebs-volume-createvolume-failed-key-01234567-0123-0123-0123-01234': 'invalid: time:',
  'ec2/ebs-volume-modifyvolume-optimizing-2': 'ignored: no signal is read',
  'ec2/ebs-volume-reattachvolume-failed-ey-01234567-0123-0123-0123-0123': 'invalid: time:',
  'ec2/ec2-ami-available': 'invalid: time:',
  'ec2/ec2-ami-failed-description-of-failure': 'invalid: time:',
  'ec2/ec2-capacity-reservation-instance-interruption-warning': 'invalid: account:',
  'ec2/ec2-capacity-reservation-scheduled-scheduled': 'invalid: time:',
  'ec2/ec2-fast-launch-state-enabling': 'ignored: no signal is read',
  'ec2/ec2-instance-rebalance-recommendation': 'invalid: time:',
  'ec2/ec2-interruptible-capacity-reservation-allocation-reclamation-co': 'invalid: account:',
  'ec2/ec2-spot-instance-interruption-warning-action': 'invalid: time:',
  'ec2/ec2-spot-instance-request-fulfillment': 'invalid: time:',
  'ec2/instance-state-pending-2': 'progress 101010101111/us-east-1/ec2-instance/i-a2d74f12',
  'ec2/instance-state-running': 'progress 123456789012/us-east-1/ec2-instance/i-0123456789',
  'ec2/instance-state-terminated-replay-name-replay-archive':
    'ignored: the state change names no instance: detail has no "instance-id"',
  'ec2/instance-state-terminated': 'progress 111122223333/us-west-1/ec2-instance/i-1234567890abcdef0',
  'ec2/on-demand-capacity-reservation-billing-ownership-request-accepte': 'invalid: time:',
  'ecs/deployment-failed': 'unhealthy service-deployment-failed 111122223333/us-west-2/ecs-service/default/servicetest',
  'ecs/deployment-in-progress': 'progress 111122223333/us-west-2/ecs-service/default/servicetest',
  'ecs/ecs-container-instance-active':
    'recovered container-instance-disconnected 111122223333/us-east-1/container-instance/default/',
  'ecs/service-action-steady-state': 'progress 111122223333/us-west-2/ecs-service/default/servicetest',
  'ecs/service-action-task-start-impaired':
    'unhealthy service-tasks-failing 111122223333/us-west-2/ecs-service/default/servicetest',
  'ecs/task-running-ec2-2025': 'ignored: task c1ffa94f19a540ed8d9f7e1d2a5d is of no service: family:webserver',
  'ecs/task-running-fargate': 'ignored: task c13b4cb40f1f4fe4a2971f76ae5a47ad is of no service: family:sample-fargate',
  'emr/emr-auto-scaling-policy-pending-j-1yonhtcp3yzkc': 'ignored: no signal is read',
  'emr/emr-cluster-starting-development-cluster-info': 'progress 123456789012/us-east-1/emr-cluster/j-123456789ABCD',
  'emr/emr-instance-group-running-j-123456789abcd-info': 'progress 123456789012/us-east-1/emr-cluster/j-123456789ABCD',
  'emr/emr-step-status-change-failed-customjar-error':
    'unhealthy emr-step-failed 123456789012/us-east-1/emr-step/j-123456789ABCD/s-ZYXWVUTSRQPON',
  'guardduty/guardduty-finding-unauthorizedaccess-iamuser-toripcaller-sev-5':
    'ignored: what is done about the finding UnauthorizedAccess:IAMUser/TorIPCaller is for people to decide',
  'health/abuse-copyright-dmca-page-1-of-10':
    "ignored: no signal is read from AWS Health's AWS_ABUSE_COPYRIGHT_DMCA_REPORT: n",
  'health/abuse-dos-instance-arns': "ignored: no signal is read from AWS Health's AWS_ABUSE_DOS_REPORT: name its con",
  'health/ebs-volume-lost': 'unhealthy volume-lost 123456789012/us-east-1/volume/vol-0352f831a1d5b9b09',
  'health/ec2-health-test-event': "ignored: no signal is read from AWS Health's AWS_EC2_HEALTH_TEST_EVENT: name it",
  'health/ec2-instance-store-degraded-page-1-of-10':
    'ignored: AWS_EC2_INSTANCE_STORE_DRIVE_PERFORMANCE_DEGRADED names no ec2-instanc',
  'health/ec2-maintenance-scheduled-four-entities-detail': 'invalid: id',
  'health/ec2-odcr-underutilization-notification-summary':
    "ignored: no signal is read from AWS Health's AWS_EC2_ODCR_UNDERUTILIZATION_NOTI",
  'health/ec2-odcr-underutilization-notification':
    "ignored: no signal is read from AWS Health's AWS_EC2_ODCR_UNDERUTILIZATION_NOTI",
  'health/elb-api-issue-2016': "ignored: no signal is read from AWS Health's AWS_ELASTICLOADBALANCING_API_ISSUE",
  'health/elb-operational-issue-public':
    'ignored: AWS_ELASTICLOADBALANCING_OPERATIONAL_ISSUE is a public event: it names',
  'health/lambda-operational-issue-investigation':
    'ignored: AWS_LAMBDA_OPERATIONAL_ISSUE is a public event: it names nothing of yo',
  'health/rds-maintenance-scheduled': "ignored: no signal is read from AWS Health's AWS_RDS_MAINTENANCE_SCHEDULED: nam",
  'health/rds-operational-notification-aurora-os-update':
    "ignored: no signal is read from AWS Health's AWS_RDS_OPERATIONAL_NOTIFICATION: ",
  'health/rekognition-moderation-model-update': 'invalid: id:',
  'health/risk-credentials-exposed': "ignored: no signal is read from AWS Health's AWS_RISK_CREDENTIALS_EXPOSED: name",
  'health/s3-operational-issue-closed':
    'ignored: AWS_S3_OPERATIONAL_ISSUE is a public event: it names nothing of yours',
  'rds/api-call-createdomain': 'ignored: no signal is read',
  'rds/cluster-0170-created': 'ignored: the event names "mysql-instance-2018-10-06-12-24" and "arn:aws:rds:us-',
  'rds/cluster-rds-event-0173-database-cluster-has-been-patched':
    'ignored: RDS-EVENT-0173, notification of my-db-cluster tells neither of sicknes',
  'rds/cluster-snapshot-rds-event-0074-creating-manual-cluster-snapshot': 'ignored: no signal is read',
  'rds/instance-0008-restarted': 'ignored: RDS-EVENT-0008, notification of foo-bar-0 tells neither of sickness no',
  'rds/instance-0154-started-after-max-stop': 'progress 123456789101/ap-northeast-2/db-instance/database-name',
  'rds/instance-no-eventid-a-multi-az-failover-has-completed':
    'progress 123456789012/us-east-1/db-instance/my-db-instance',
  'rds/instance-rds-event-0049-a-multi-az-failover-has-completed':
    'progress 123456789012/us-east-1/db-instance/my-db-instance',
  'rds/parameter-group-no-eventid-updated-parameter-time-zone-to-utc-wi': 'ignored: no signal is read',
  'rds/proxy-rds-event-0207-rds-modified-endpoint-my-endpoint-of-db-pro': 'ignored: no signal is read',
  'rds/security-group-no-eventid-applied-change-to-security-group': 'ignored: no signal is read',
  'rds/snapshot-no-eventid-deleted-manual-snapshot': 'ignored: no signal is read',
  's3/api-call-createbucket-2': 'ignored: no signal is read',
  's3/api-call-createbucket-3': 'ignored: no signal is read',
  's3/object-created-putobject-2': 'ignored: no signal is read',
  's3/object-created-putobject-3': 'ignored: no signal is read',
  's3/object-deleted-deleteobject-delete-marker-created': 'ignored: no signal is read',
  's3/object-restore-completed': 'ignored: no signal is read',
  's3/service-event-jobcreated': 'ignored: no signal is read',
  'securityhub/custom-action-afsbpec22-ec2-2-awsec2securitygroup-failed': 'ignored: no signal is read',
  'securityhub/custom-action-afsbprds6-rds-6-awsrdsdbinstance-failed': 'ignored: no signal is read',
  'securityhub/custom-action-afsbprds7-rds-7-awsrdsdbcluster-failed': 'ignored: no signal is read',
  'securityhub/custom-action-cis-1-3-1-4-cis-1-2-0-rule-1-3-awsiamuser-passed': 'ignored: no signal is read',
  'securityhub/custom-action-cis-1-3-1-4-rr-cloudtrail-1-awsaccount-warning': 'ignored: no signal is read',
  'securityhub/custom-action-cis-1-5-1-11-iam-6-awsaccount-failed': 'ignored: no signal is read',
  'securityhub/custom-action-cis-1-5-1-11-rr-cis-1-2-0-rule-1-6-awsaccount-pass': 'ignored: no signal is read',
  'securityhub/custom-action-cis-1-5-1-11-rr-cis-1-7-0-rule-1-6-awsaccount-pass': 'ignored: no signal is read',
  'securityhub/custom-action-cis-2-3-cis-1-2-0-rule-2-3-awss3bucket-warning': 'ignored: no signal is read',
  'securityhub/custom-action-cis-4-1-4-2-cis-1-2-0-rule-4-1-awsec2securitygroup': 'ignored: no signal is read',
  'securityhub/custom-action-cis-4-3-cis-1-2-0-rule-4-3-awsec2securitygroup-fai': 'ignored: no signal is read',
  'securityhub/imported-cis-1-2-0-rule-1-4-awsaccount-warning':
    'ignored: what is done about the control arn:aws:securityhub:::ruleset/cis',
  'securityhub/imported-ec2-7-awsaccount-failed':
    'ignored: what is done about the control aws-foundational-security-best-practices/v/1.0.0/EC2.7 is for people to decide',
  'securityhub/insight-results-ec2-aws-5-aws-users-with-the-most-suspicious-act': 'ignored: no signal is read',
  'ssm/automation-execution-status-success-runcommand1':
    'progress 123456789012/us-east-1/automation-execution/333ba70b-2333-48db-b17e-a5e69c6f4d1c',
  'ssm/automation-step-status-success-runcommand1': 'ignored: no signal is read',
  'ssm/calendar-closed': 'ignored: no signal is read',
  'ssm/command-invocation-status-success-aws-runpowershellscript': 'ignored: no signal is read',
  'ssm/command-status-success-aws-runpowershellscript': 'ignored: no signal is read',
  'ssm/compliance-compliant-patch': 'ignored: no signal is read',
  'ssm/compliance-non-compliant-patch': 'ignored: no signal is read',
  'ssm/inventory-resource-custom-myinfo-failed-the-inventory-item-with-3': 'ignored: no signal is read',
  'ssm/inventory-resource-custom-myinfo-succeeded-the-delete-for-type-n': 'ignored: no signal is read',
  'ssm/inventory-resource-custom-myinfo-succeeded': 'ignored: no signal is read',
  'ssm/mw-execution-state-timed-out-mw-0ed7251d3fcf6e0c2': 'ignored: no signal is read',
  'ssm/mw-state-disabled-mw-123456789012': 'ignored: no signal is read',
  'ssm/mw-target-registration-registered-mw-0ed7251d3fcf6e0c2': 'ignored: no signal is read',
  'ssm/mw-task-execution-state-timed-out-mw-0ed7251d3fcf6e0c2': 'ignored: no signal is read',
  'ssm/mw-task-target-invocation-state-timed-out-mw-0ed7251d3fcf6e0c2': 'ignored: no signal is read',
  'ssm/opsitem-create': 'ignored: no signal is read',
  'ssm/opsitem-update': 'ignored: no signal is read',
  'ssm/parameter-store-change-create-foo': 'ignored: no signal is read',
  'ssm/parameter-store-change-create-golden-ami': 'ignored: no signal is read',
  'ssm/parameter-store-change-delete-foo': 'ignored: no signal is read',
  'ssm/parameter-store-change-update-foo': 'ignored: no signal is read',
  'ssm/parameter-store-change-update-myexampleparameter': 'ignored: no signal is read',
  'ssm/state-manager-association-success-aws-runpowershellscript': 'ignored: no signal is read',
  'ssm/state-manager-instance-association-success-my-custom-document': 'ignored: no signal is read',
};

test('each written reading is a decision', () => {
  for (const reading of Object.values(readings)) {
    expect(reading).toMatch(/^((ignored|invalid): |(unhealthy|recovered) [a-z0-9-]+ \d+\/|progress \d+\/)/);
  }
});

describeFurther('events of others', () => {
  const read = (path: string) => readEvent(readJson(join(furtherEvents ?? '', path)), anywhere);

  test.each(furtherFiles())('$path is invalid only if it is a fragment or has placeholders', ({ path, note }) => {
    const reading = read(path);
    const incomplete = /fragment|placeholder/.test(note);
    expect(reading.kind === 'invalid' && !incomplete).toBe(false);
    expect(reading.kind !== 'invalid' && incomplete && hasPlaceholder(path)).toBe(false);
  });

  test.each(Object.entries(readings))('%s reads as it should', (path, expected) => {
    const [first, ...rest] = inWords(read(`${path}.json`));
    const found = [first?.replace('not an AWS event: ', ''), ...rest].join(' + ');
    const named = found.replace(/^ignored: .*: (?=no signal is read from)/, 'ignored: ');
    expect(named.slice(0, expected.length)).toBe(expected);
  });

  test('no further event of these sources is left out', () => {
    const ours = furtherFiles()
      .map(({ path }) => path.replace(/\.json$/, ''))
      .filter((path) =>
        /^(autoscaling|backup|cloudwatch|config|ec2|ecs|emr|guardduty|health|rds|s3|securityhub|ssm)\//.test(path),
      );
    expect(ours.sort()).toEqual(Object.keys(readings).sort());
  });
});

/** Whether a documentation writer's stand-in is left in the envelope. */
function hasPlaceholder(path: string): boolean {
  const text = readFileSync(join(furtherEvents ?? '', path), 'utf8');
  return /"time": "(yyyy|\[)|"(account|region|id)": "(account|region|id|account-id|id-number|\[.*)"/.test(text);
}
