import { plainText } from '../../signals/plain-text';
import type { Resource, ResourceKind } from '../../signals/signal';
import type { Incident } from '../../statemachines/incident';
import { nameOf } from './resource-name';

/** A place to look, for a person: opens in the browser with their own rights. */
export interface Link {
  readonly label: string;
  readonly url: string;
}

function consoleOf(region: string): string {
  if (region.startsWith('cn-')) return `https://${encoded(region)}.console.amazonaws.cn`;
  if (region.startsWith('us-gov-')) return `https://${encoded(region)}.console.amazonaws-us-gov.com`;
  return `https://${encoded(region)}.console.aws.amazon.com`;
}

/** Also what a chat client would take for markup or for the end of the address. */
function encoded(text: string): string {
  const hex = (mark: string): string => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;
  // Half a pair of surrogates has no encoding.
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '')).replace(/[!'()*~]/g, hex);
}

/** Where in the AWS console the sick resource and its alarm are. */
export function linksFor({ resource, evidence }: Incident): readonly Link[] {
  const pages = [pageOf(resource), alarmPage(evidence.alarmArn)];
  const health = 'https://health.console.aws.amazon.com/health/home#/account/event-log';
  return [
    ...pages.filter((page) => page !== undefined),
    ...(evidence.healthEventArn === undefined ? [] : [{ label: 'AWS Health of the account', url: health }]),
  ];
}

/** The service's console and the part of it that shows a resource of this kind, by its encoded id. */
const pages: Readonly<Partial<Record<ResourceKind, (id: string) => readonly [service: string, fragment: string]>>> = {
  'ec2-instance': (id) => ['ec2', `InstanceDetails:instanceId=${id}`],
  'auto-scaling-group': (id) => ['ec2', `AutoScalingGroupDetails:id=${id};view=activity`],
  'target-group': (id) => ['ec2', `TargetGroup:targetGroupArn=${id}`],
  'load-balancer': (id) => ['ec2', `LoadBalancer:loadBalancerArn=${id}`],
  'classic-load-balancer': (id) => ['ec2', `LoadBalancer:loadBalancerName=${id}`],
  volume: (id) => ['ec2', `VolumeDetails:volumeId=${id}`],
  'db-instance': (id) => ['rds', `database:id=${id};is-cluster=false`],
  'db-cluster': (id) => ['rds', `database:id=${id};is-cluster=true`],
  'cache-group': (id) => ['elasticache', `/redis/${id}`],
  'cache-cluster': (id) => ['elasticache', `/memcached/${id}`],
  'serverless-cache': (id) => ['elasticache', `/serverless/${id}`],
  'file-system': (id) => ['efs', `/file-systems/${id}`],
  'emr-cluster': (id) => ['emr', `/clusterDetails/${id}`],
  alarm: (id) => ['cloudwatch', `alarmsV2:alarm/${id}`],
  function: (id) => ['lambda', `/functions/${id}`],
  table: (id) => ['dynamodbv2', `table?name=${id}`],
};

function pageOf(resource: Resource): Link | undefined {
  const { kind, region } = resource;
  const id = encoded(resource.id);
  const label = nameOf(resource);
  if (kind === 'automation-execution') {
    const at = `${consoleOf(region)}/systems-manager/automation/execution`;
    return { label, url: `${at}/${id}?region=${encoded(region)}` };
  }
  const page = pages[kind]?.(id);
  return page && { label, url: `${consoleOf(region)}/${page[0]}/home?region=${encoded(region)}#${page[1]}` };
}

function alarmPage(arn: string | undefined): Link | undefined {
  // The name comes last and may hold colons.
  const [, region, name] = /^arn:[^:]*:cloudwatch:([^:]+):\d+:alarm:(.+)$/s.exec(arn ?? '') ?? [];
  if (region === undefined || name === undefined) return undefined;
  return {
    label: `alarm ${plainText(name, 120)}`,
    url: `${consoleOf(region)}/cloudwatch/home?region=${encoded(region)}#alarmsV2:alarm/${encoded(name)}`,
  };
}

/** What a person would sensibly look at next, by what is sick. */
export function nextStepFor({ resource, memory }: Incident): string {
  if (memory.gaveUp?.includes('cannot be told'))
    return `Find out why Homeostat cannot read it (missing rights, a deleted alarm), and look at ${nameOf(resource)} yourself meanwhile.`;
  return nextSteps[resource.kind];
}

const targets = 'Look at the reason beside each unhealthy target, and at what was deployed last.';
const database =
  'Look at its recent events, sessions and slowest queries. Make sure that a backup can be restored before anything that could lose data.';
const cache =
  'Look at its events, its largest keys and its slow log, and whether the database behind it can carry the load meanwhile.';

const service = 'Look at its events and at why its last tasks stopped, then at what was deployed last.';
const lambda = 'Look at its newest logs and at what was published last, then at what calls it more than before.';

const nextSteps: Readonly<Record<ResourceKind, string>> = {
  'ec2-instance':
    'Look at its system log and screenshot (Actions, Monitor and troubleshoot); then restore it from its image or replace it.',
  'auto-scaling-group':
    'Look at its activity history for failed launches, then at its maximum size and at what its instances wait for.',
  'target-group': targets,
  'load-balancer': targets,
  'classic-load-balancer':
    'Look at the reason beside each instance that is out of service, and at what was deployed last.',
  'db-instance': database,
  'db-cluster': database,
  'cache-group': cache,
  'cache-cluster': cache,
  'serverless-cache': 'Look at its limits and at what has grown in it.',
  table: 'Look at its throttled requests by operation and index, and at Contributor Insights for keys that are hot.',
  volume: 'Find its newest snapshot, and what was attached to it.',
  'automation-execution': 'Look at the step that failed and at its output.',
  'ecs-service': service,
  'ecs-task': service,
  'container-instance':
    'Look at the ECS agent on its instance, and at what else runs there; another instance must have room for its tasks.',
  'file-system':
    'Look at its throughput and at which clients use it most, then at the security groups of its mount targets.',
  'emr-cluster': 'Look at its events, and in YARN at what waits for memory. Copy out of HDFS what must not be lost.',
  'emr-step': 'Look at its log in the bucket of the cluster, and at whether what it wrote is whole.',
  bucket: 'Look at its policy and access lists, and in CloudTrail at who changed them and who has read from it since.',
  'multi-region-access-point': 'Look at its routes, and at how far replication between its buckets has come.',
  'health-check': 'Ask the endpoint yourself, and look at the records that the health check decides on.',
  'hosted-zone': 'Look at the records that were changed last, and ask several resolvers what they answer.',
  'routing-control':
    'Look at the states of its control panel through the data plane, and at what its health checks answer.',
  alarm: 'Look at who changed it last, and whether somebody is told of what it watches meanwhile.',
  'log-group': 'Look at its subscription filters and at what they deliver to.',
  topic: 'Look at its subscriptions and their delivery logs, and at who did not get what was published meanwhile.',
  'protected-resource':
    'Look at the message of its last backup job, and at when its newest recovery point was made: that is what a restore would give.',
  function: lambda,
  'function-alias': lambda,
  'event-source-mapping': 'Look at its last processing result, and at how old what waits in the source is.',
  other: 'Open it in the console and look at what was changed last.',
};
