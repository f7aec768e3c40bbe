import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { AutoScaling } from '@aws-sdk/client-auto-scaling';
import { Backup } from '@aws-sdk/client-backup';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EC2 } from '@aws-sdk/client-ec2';
import { EFS } from '@aws-sdk/client-efs';
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
import { VirtualClock } from '../../../simulator/clock';
import { connect } from '../../../simulator/connect';
import { World, type SimulatedAccount } from '../../../simulator/world';
import type { ElasticLoadBalancing } from '../../../vitals/elastic-load-balancing';
import type { RecoveryCluster } from '../../../vitals/recovery-cluster';
import type { SimpleStorage } from '../../../vitals/simple-storage';
import type { Builders, Place } from './place';
import { simulatedFunctions } from './simulated-functions';
import { simulatedBuckets, simulatedNames } from './simulated-names';

const settings = { region: 'eu-central-1' };

/** A simulated account, through the real SDK clients. */
export function simulatedPlace(): Place {
  const clock = new VirtualClock(Date.parse('2026-03-02T10:00:00Z'));
  const account = new World(clock).account('111122223333', settings.region);
  const connected = <Client extends object>(client: Client, service: string): Client => {
    connect(client, service, account);
    return client;
  };
  return {
    account: account.id,
    region: settings.region,
    arcZonalShift: connected(new ArcZonalShiftClient(settings), 'arc-zonal-shift'),
    ec2: connected(new EC2(settings), 'ec2'),
    efs: connected(new EFS(settings), 'elasticfilesystem'),
    ecs: connected(new ECS(settings), 'ecs'),
    emr: connected(new EMR(settings), 'elasticmapreduce'),
    autoscaling: connected(new AutoScaling(settings), 'autoscaling'),
    applicationAutoScaling: connected(new ApplicationAutoScaling(settings), 'application-autoscaling'),
    dynamodb: connected(new DynamoDB(settings), 'dynamodb'),
    elasticache: connected(new ElastiCache(settings), 'elasticache'),
    elasticloadbalancing: connected(
      new ElasticLoadBalancingClient(settings),
      'elasticloadbalancing',
    ) as unknown as ElasticLoadBalancing,
    lambda: connected(new Lambda(settings), 'lambda'),
    logs: connected(new CloudWatchLogs(settings), 'logs'),
    rds: connected(new RDS(settings), 'rds'),
    route53: connected(new Route53(settings), 'route53'),
    recoveryCluster: connected(
      new RecoveryClusterClient(settings),
      'route53-recovery-cluster',
    ) as unknown as RecoveryCluster,
    s3: connected(new SimpleStorageClient(settings), 's3') as unknown as SimpleStorage,
    ssm: connected(new SSM(settings), 'ssm'),
    cloudwatch: connected(new CloudWatch(settings), 'cloudwatch'),
    backup: connected(new Backup(settings), 'backup'),
    sns: connected(new SNS(settings), 'sns'),
    add: buildersOf(account),
    settle: () => clock.runUntil(clock.now() + 15 * 60_000),
  };
}

function buildersOf({ services }: SimulatedAccount): Builders {
  const { dynamodb, ec2, autoscaling, elasticloadbalancing, rds, ssm, cloudwatch, sns } = services;
  return {
    instance: async (described) => ec2.addInstance(described).id,
    group: async (described) => [...autoscaling.addGroup(described).members.keys()],
    targetGroup: async ({ name, targets, balancer }) =>
      elasticloadbalancing.addTargetGroup({
        name,
        loadBalancer: `${balancer === 'network' ? 'net' : 'app'}/${name}/50dc6c495c0c9188`,
        targets: targets.map((id) => ({ id })),
      }).arn,
    shiftable: async (name) => {
      const zones = ['eu-central-1a', 'eu-central-1b'];
      const arn = `app/${name}/50dc6c495c0c9188`;
      return elasticloadbalancing.balancers.add({ arn, zonalShift: true, zones }).arn;
    },
    classic: async ({ name, instances }) => {
      elasticloadbalancing.classic.add({ name, instances: instances.map((id) => ({ id })) });
    },
    database: async ({ id, multiAz = false }) => {
      rds.addDatabase({ id, multiAz });
    },
    cluster: async ({ id, members }) => {
      rds.addCluster({ id, members: members.map((member) => ({ id: member })) });
    },
    vault: async (name) => {
      services.backup.points.addVault(name);
    },
    table: async ({ name, tags }) => {
      dynamodb.control.add({
        name,
        tags,
        capacity: { read: 10, write: 20 },
        indexes: [{ name: 'by-day', capacity: { read: 30, write: 40 } }],
        pointInTimeRecovery: false,
        deletionProtection: false,
      });
    },
    globalDatabase: async ({ name, primary }) => {
      rds.addCluster({ id: primary, globalCluster: name });
    },
    cacheGroup: async ({ id, shards, tags }) => {
      services.elasticache.addGroup({ id, clusterMode: shards !== undefined, shards, tags });
    },
    cacheCluster: async ({ id, nodes }) => {
      services.elasticache.addCluster({ id, nodes });
    },
    serverlessCache: async ({ name, maxStorageGB }) => {
      services.elasticache.addServerless({ name, maxStorageGB });
    },
    fileSystem: async ({ tags = {}, mounted = false } = {}) => {
      const id = 'fs-0123456789abcdef0';
      const subnets = ['a', 'b'].map((letter) => {
        const zone = `${settings.region}${letter}`;
        return ec2.addSubnet({ id: `subnet-${letter}0000001`, zone });
      });
      const mountTargets = subnets.slice(0, mounted ? 1 : 0).map(({ zone, id: subnet }) => ({ zone, subnet }));
      services.elasticfilesystem.add({ id, tags, mountTargets });
      return { id, subnets: subnets.map((subnet) => subnet.id) };
    },
    ecsService: async ({ tags } = {}) => {
      services.ecs.add({ cluster: 'shop', name: 'checkout', taskDefinition: 'checkout:1', desired: 1, tags });
    },
    emrCluster: async ({ tags } = {}) => {
      services.elasticmapreduce.add({ id: 'j-1YONHTCP3YZKC', tags });
      return 'j-1YONHTCP3YZKC';
    },
    ...simulatedBuckets(services),
    ...simulatedNames(services),
    runbook: async (name) => {
      ssm.addDocument({ name, parameters: [{ name: 'InstanceId' }] });
    },
    command: async (name) => {
      ssm.addDocument({ name, type: 'Command', parameters: [{ name: 'ServiceName' }] });
    },
    alarm: async ({ name, kind, state }) => {
      if (kind === 'metric') return cloudwatch.add({ name, state }).arn;
      cloudwatch.add({ name: `${name}-part`, state });
      return cloudwatch.add({ name, rule: `ALARM("${name}-part")`, state }).arn;
    },
    topic: async (name) => sns.addTopic({ name }),
    ...simulatedFunctions(services),
    lambdaFunction: async ({ name, callableBy }) => {
      services.lambda.add({ name });
      const callable = { FunctionName: name, StatementId: 'callable', Action: 'lambda:InvokeFunction' };
      if (callableBy) services.lambda.operations.AddPermission({ ...callable, Principal: callableBy });
      return `arn:aws:lambda:${settings.region}:111122223333:function:${name}`;
    },
  };
}
