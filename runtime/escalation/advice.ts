import type { Resource } from '../../signals/signal';
import type { Incident } from '../../statemachines/incident';

/** A place to look, for a person: opens in the browser with their own rights. */
export interface Link {
  readonly label: string;
  readonly url: string;
}

const consoleOf = ({ region }: Resource): string => {
  const domain = region.startsWith('cn-')
    ? 'amazonaws.cn'
    : region.startsWith('us-gov-')
      ? 'amazonaws-us-gov.com'
      : 'aws.amazon.com';
  return `https://${region}.console.${domain}`;
};

/** Where in the AWS console the sick resource and its alarm are. */
export function linksFor({ resource, evidence }: Incident): readonly Link[] {
  const home = consoleOf(resource);
  const query = `region=${encodeURIComponent(resource.region)}`;
  const id = encodeURIComponent(resource.id);
  const pages: Partial<Record<Resource['kind'], string>> = {
    'ec2-instance': `${home}/ec2/home?${query}#InstanceDetails:instanceId=${id}`,
    'auto-scaling-group': `${home}/ec2/home?${query}#AutoScalingGroupDetails:id=${id};view=activity`,
    'target-group': `${home}/ec2/home?${query}#TargetGroup:targetGroupArn=${id}`,
    'load-balancer': `${home}/ec2/home?${query}#LoadBalancer:loadBalancerArn=${id}`,
    volume: `${home}/ec2/home?${query}#VolumeDetails:volumeId=${id}`,
    'db-instance': `${home}/rds/home?${query}#database:id=${id};is-cluster=false`,
    'db-cluster': `${home}/rds/home?${query}#database:id=${id};is-cluster=true`,
    'automation-execution': `${home}/systems-manager/automation/execution/${id}?${query}`,
  };
  const page = pages[resource.kind];
  const alarm = evidence.alarmArn?.split(':alarm:')[1];
  return [
    ...(page ? [{ label: `${resource.kind} ${resource.id}`, url: page }] : []),
    ...(alarm
      ? [
          {
            label: `alarm ${alarm}`,
            url: `${home}/cloudwatch/home?${query}#alarmsV2:alarm/${encodeURIComponent(alarm)}`,
          },
        ]
      : []),
    ...(evidence.healthEventArn
      ? [
          {
            label: 'AWS Health events of the account',
            url: 'https://health.console.aws.amazon.com/health/home#/account/event-log',
          },
        ]
      : []),
  ];
}

/** What a person would sensibly look at next, by what is sick. */
export function nextStepFor({ resource }: Incident): string {
  switch (resource.kind) {
    case 'ec2-instance':
      return 'Look at the instance’s system log and screenshot (Actions, Monitor and troubleshoot), then decide between a restore from its image and a replacement.';
    case 'auto-scaling-group':
      return 'Look at the group’s activity history for failed launches, then at its maximum size and at what its instances wait for.';
    case 'target-group':
    case 'load-balancer':
      return 'Look at the reason beside each unhealthy target, and at what was deployed last.';
    case 'db-instance':
    case 'db-cluster':
      return 'Look at the database’s recent events, its sessions and its slowest queries; make sure that a restorable backup exists before anything that could lose data.';
    case 'volume':
      return 'Find the newest snapshot of the volume and what was attached to it.';
    default:
      return 'Open the resource in the console and look at its recent changes.';
  }
}
