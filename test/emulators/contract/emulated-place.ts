import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { AutoScaling } from '@aws-sdk/client-auto-scaling';
import { Backup } from '@aws-sdk/client-backup';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EC2 } from '@aws-sdk/client-ec2';
import { EFS } from '@aws-sdk/client-efs';
import { ElasticLoadBalancing as Classic } from '@aws-sdk/client-elastic-load-balancing';
import { ElastiCache } from '@aws-sdk/client-elasticache';
import { ECS } from '@aws-sdk/client-ecs';
import { EMR } from '@aws-sdk/client-emr';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { Lambda } from '@aws-sdk/client-lambda';
import { RDS } from '@aws-sdk/client-rds';
import { Route53 } from '@aws-sdk/client-route-53';
import { SNS } from '@aws-sdk/client-sns';
import { SSM } from '@aws-sdk/client-ssm';
import { ArcZonalShiftClient } from '../../../runtime/aws/arc-zonal-shift-client';
import { ElasticLoadBalancingClient } from '../../../runtime/aws/elastic-load-balancing-client';
import { RecoveryClusterClient } from '../../../runtime/aws/recovery-cluster-client';
import { SimpleStorageClient } from '../../../runtime/aws/simple-storage-client';
import { clientSettings, freshAccount } from '../endpoints';
import type { ElasticLoadBalancing } from '../../../vitals/elastic-load-balancing';
import { cacheBuilders } from './emulated-caches';
import { ecsBuilders } from './emulated-services';
import { emrBuilders, fileSystemBuilders } from './emulated-file-systems';
import type { RecoveryCluster } from '../../../vitals/recovery-cluster';
import type { SimpleStorage } from '../../../vitals/simple-storage';
import { bucketBuilders, nameBuilders, oneHost } from './emulated-names';
import { functionBuilders } from './emulated-functions';
import { lambdaBuilders } from './lambda-builders';
import type { Builders, Place } from './place';

type NamesAndBuckets = ReturnType<typeof bucketBuilders> & ReturnType<typeof nameBuilders>;
type Functions = ReturnType<typeof lambdaBuilders> & ReturnType<typeof functionBuilders>;
type Clients = Omit<Place, 'account' | 'region' | 'add' | 'settle'>;

/** A fresh account of an emulator. */
export function emulatedPlace(endpoint: string): Place {
  const account = freshAccount();
  const settings = clientSettings(endpoint, account);
  const clients: Clients = {
    arcZonalShift: new ArcZonalShiftClient(settings),
    ec2: new EC2(settings),
    efs: new EFS(settings),
    ecs: new ECS(settings),
    emr: new EMR(settings),
    autoscaling: new AutoScaling(settings),
    applicationAutoScaling: new ApplicationAutoScaling(settings),
    dynamodb: new DynamoDB(settings),
    elasticache: new ElastiCache(settings),
    elasticloadbalancing: new ElasticLoadBalancingClient(settings) as unknown as ElasticLoadBalancing,
    rds: new RDS(settings),
    route53: new Route53(settings),
    recoveryCluster: new RecoveryClusterClient(settings) as unknown as RecoveryCluster,
    s3: new SimpleStorageClient({ ...settings, ...oneHost }) as unknown as SimpleStorage,
    ssm: new SSM(settings),
    cloudwatch: new CloudWatch(settings),
    backup: new Backup(settings),
    lambda: new Lambda(settings),
    logs: new CloudWatchLogs(settings),
    sns: new SNS(settings),
  };
  const add = {
    ...buildersOf(clients, new Classic(settings)),
    ...bucketBuilders(settings, account),
    ...nameBuilders(clients.route53),
    ...lambdaBuilders(clients.lambda, account),
    ...functionBuilders(clients.lambda, settings, account),
  };
  return { account, region: settings.region, ...clients, add, settle: async () => undefined };
}

const image = { ImageId: 'ami-12c6146b', InstanceType: 't3.micro' } as const;
const zone = 'eu-central-1a';

function buildersOf(clients: Clients, classic: Classic): Omit<Builders, keyof NamesAndBuckets | keyof Functions> {
  const { dynamodb, ec2, autoscaling, elasticloadbalancing: elb, rds, ssm, cloudwatch, sns } = clients;
  return {
    async instance({ tags = {}, stopProtected = false } = {}) {
      const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      const { Instances = [] } = await ec2.runInstances({
        ...image,
        MinCount: 1,
        MaxCount: 1,
        Placement: { AvailabilityZone: zone },
        ...(stopProtected && { DisableApiStop: true }),
        ...(Tags.length > 0 && { TagSpecifications: [{ ResourceType: 'instance', Tags }] }),
      });
      return given(Instances[0]?.InstanceId, 'instance');
    },
    async group({ name, min, max, desired }) {
      await autoscaling.createLaunchConfiguration({ LaunchConfigurationName: name, ...image });
      await autoscaling.createAutoScalingGroup({
        AutoScalingGroupName: name,
        LaunchConfigurationName: name,
        MinSize: min,
        MaxSize: max,
        DesiredCapacity: desired,
        AvailabilityZones: [zone],
      });
      const { AutoScalingGroups = [] } = await autoscaling.describeAutoScalingGroups({ AutoScalingGroupNames: [name] });
      return (AutoScalingGroups[0]?.Instances ?? []).flatMap(({ InstanceId }) => InstanceId ?? []);
    },
    async targetGroup({ name, targets, balancer = 'application' }) {
      const { Subnets = [] } = await ec2.describeSubnets({});
      const { VpcId } = Subnets[0] ?? {};
      const Protocol = balancer === 'application' ? 'HTTP' : 'TCP';
      const { TargetGroups = [] } = await elb.createTargetGroup({
        Name: name,
        Protocol,
        Port: 80,
        TargetType: 'instance',
        VpcId: given(VpcId, 'VPC'),
      });
      const arn = given(TargetGroups[0]?.TargetGroupArn, 'target group');
      const { LoadBalancers = [] } = await elb.createLoadBalancer({
        Name: name,
        Type: balancer,
        Subnets: Subnets.flatMap(({ SubnetId }) => SubnetId ?? []).slice(0, 2),
      });
      await elb.createListener({
        LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn,
        Protocol,
        Port: 80,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: arn }],
      });
      if (targets.length > 0)
        await elb.registerTargets({ TargetGroupArn: arn, Targets: targets.map((Id) => ({ Id })) });
      return arn;
    },
    async shiftable(name) {
      const { Subnets = [] } = await ec2.describeSubnets({});
      const { LoadBalancers = [] } = await elb.createLoadBalancer({
        Name: name,
        Subnets: Subnets.flatMap(({ SubnetId }) => SubnetId ?? []).slice(0, 2),
      });
      const LoadBalancerArn = given(LoadBalancers[0]?.LoadBalancerArn, 'load balancer');
      const Attributes = [{ Key: 'zonal_shift.config.enabled', Value: 'true' }];
      await elb.modifyLoadBalancerAttributes({ LoadBalancerArn, Attributes });
      return LoadBalancerArn;
    },
    async classic({ name, instances }) {
      await classic.createLoadBalancer({
        LoadBalancerName: name,
        Listeners: [{ Protocol: 'HTTP', LoadBalancerPort: 80, InstancePort: 80 }],
        AvailabilityZones: [zone],
      });
      if (instances.length === 0) return;
      const Instances = instances.map((InstanceId) => ({ InstanceId }));
      await elb.registerInstancesWithLoadBalancer({ LoadBalancerName: name, Instances });
    },
    async database({ id, multiAz = false }) {
      await rds.createDBInstance({
        DBInstanceIdentifier: id,
        Engine: 'postgres',
        DBInstanceClass: 'db.t3.medium',
        AllocatedStorage: 100,
        MasterUsername: 'master',
        MasterUserPassword: 'not-a-secret',
        MultiAZ: multiAz,
      });
    },
    async globalDatabase({ name, primary }) {
      const Engine = 'aurora-postgresql';
      await rds.createGlobalCluster({ GlobalClusterIdentifier: name, Engine });
      await rds.createDBCluster({
        DBClusterIdentifier: primary,
        GlobalClusterIdentifier: name,
        Engine,
        MasterUsername: 'master',
        MasterUserPassword: 'not-a-secret',
      });
    },
    async cluster({ id, members }) {
      const Engine = 'aurora-postgresql';
      await rds.createDBCluster({
        DBClusterIdentifier: id,
        Engine,
        MasterUsername: 'master',
        MasterUserPassword: 'not-a-secret',
      });
      for (const member of members) {
        await rds.createDBInstance({
          DBInstanceIdentifier: member,
          DBClusterIdentifier: id,
          Engine,
          DBInstanceClass: 'db.r6g.large',
        });
      }
    },
    async table({ name, tags = {} }) {
      const keyed = (AttributeName: string) => [{ AttributeName, KeyType: 'HASH' as const }];
      const units = (ReadCapacityUnits: number, WriteCapacityUnits: number) => ({
        ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits },
      });
      await dynamodb.createTable({
        TableName: name,
        AttributeDefinitions: ['id', 'day'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
        KeySchema: keyed('id'),
        ...units(10, 20),
        GlobalSecondaryIndexes: [
          { IndexName: 'by-day', KeySchema: keyed('day'), Projection: { ProjectionType: 'ALL' }, ...units(30, 40) },
        ],
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      });
    },
    async vault(name) {
      await clients.backup.createBackupVault({ BackupVaultName: name });
    },
    ...cacheBuilders(clients.elasticache),
    ...fileSystemBuilders(clients.ec2, clients.efs),
    ...emrBuilders(clients.emr),
    ...ecsBuilders(clients.ecs),
    async runbook(name) {
      const content = {
        schemaVersion: '0.3',
        parameters: { InstanceId: { type: 'String' } },
        mainSteps: [{ name: 'sleep', action: 'aws:sleep', inputs: { Duration: 'PT1S' } }],
      };
      await ssm.createDocument({ Name: name, DocumentType: 'Automation', Content: JSON.stringify(content) });
    },
    async command(name) {
      const content = {
        schemaVersion: '2.2',
        parameters: { ServiceName: { type: 'String' } },
        mainSteps: [{ name: 'run', action: 'aws:runShellScript', inputs: { runCommand: ['true'] } }],
      };
      await ssm.createDocument({ Name: name, DocumentType: 'Command', Content: JSON.stringify(content) });
    },
    async alarm({ name, kind, state }) {
      const metric = kind === 'metric' ? name : `${name}-part`;
      await cloudwatch.putMetricAlarm({
        AlarmName: metric,
        Namespace: 'Contract',
        MetricName: 'Sickness',
        Statistic: 'Maximum',
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 0,
        Period: 60,
        EvaluationPeriods: 1,
      });
      if (kind === 'composite')
        await cloudwatch.putCompositeAlarm({ AlarmName: name, AlarmRule: `ALARM("${metric}")` });
      await cloudwatch.setAlarmState({ AlarmName: name, StateValue: state, StateReason: 'the case says so' });
      const { MetricAlarms = [], CompositeAlarms = [] } = await cloudwatch.describeAlarms({
        AlarmNames: [name],
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
      });
      return given([...MetricAlarms, ...CompositeAlarms][0]?.AlarmArn, 'alarm');
    },
    async topic(name) {
      return given((await sns.createTopic({ Name: name })).TopicArn, 'topic');
    },
  };
}

function given(value: string | undefined, what: string): string {
  if (value === undefined) throw new Error(`the emulator answered no ${what}`);
  return value;
}
