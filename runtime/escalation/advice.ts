import { plainText } from '../../signals/plain-text';
import type { Resource } from '../../signals/signal';
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

function pageOf(resource: Resource): Link | undefined {
  const { kind, region } = resource;
  const id = encoded(resource.id);
  const at = (service: string, fragment: string): Link => ({
    label: nameOf(resource),
    url: `${consoleOf(region)}/${service}/home?region=${encoded(region)}#${fragment}`,
  });
  switch (kind) {
    case 'ec2-instance':
      return at('ec2', `InstanceDetails:instanceId=${id}`);
    case 'auto-scaling-group':
      return at('ec2', `AutoScalingGroupDetails:id=${id};view=activity`);
    case 'target-group':
      return at('ec2', `TargetGroup:targetGroupArn=${id}`);
    case 'load-balancer':
      return at('ec2', `LoadBalancer:loadBalancerArn=${id}`);
    case 'volume':
      return at('ec2', `VolumeDetails:volumeId=${id}`);
    case 'db-instance':
      return at('rds', `database:id=${id};is-cluster=false`);
    case 'db-cluster':
      return at('rds', `database:id=${id};is-cluster=true`);
    case 'automation-execution':
      return {
        label: nameOf(resource),
        url: `${consoleOf(region)}/systems-manager/automation/execution/${id}?region=${encoded(region)}`,
      };
    case 'other':
      return undefined;
  }
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
  switch (resource.kind) {
    case 'ec2-instance':
      return 'Look at its system log and screenshot (Actions, Monitor and troubleshoot); then restore it from its image or replace it.';
    case 'auto-scaling-group':
      return 'Look at its activity history for failed launches, then at its maximum size and at what its instances wait for.';
    case 'target-group':
    case 'load-balancer':
      return 'Look at the reason beside each unhealthy target, and at what was deployed last.';
    case 'db-instance':
    case 'db-cluster':
      return 'Look at its recent events, sessions and slowest queries. Make sure that a backup can be restored before anything that could lose data.';
    case 'volume':
      return 'Find its newest snapshot, and what was attached to it.';
    case 'automation-execution':
      return 'Look at the step that failed and at its output.';
    case 'other':
      return 'Open it in the console and look at what was changed last.';
  }
}
