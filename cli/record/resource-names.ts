import type { StandIns } from './stand-ins';

/** Ids that AWS made up, roles, zones and regions: they say nothing of anybody. */
const madeByAws =
  /^(?:(?:i|vol|subnet|vpc|eni|sg|ami)-[0-9a-f]{8,17}|(?:fs|fsmt)-[0-9a-f]{8,40}|(?:j|s|ig)-[0-9A-Z]{10,32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16}|[0-9a-f]{32}|[a-z0-9]{10,50}\.mrap|routingcontrol|WRITER|READER|[a-z]{2}(?:-[a-z]+)+-\d[a-z]?)$/;

/** Where in an ARN a name begins that may hold colons and slashes, and what of it follows the name. */
const named: readonly RegExp[] = [
  /^(.*:cloudwatch:[^:]*:\d*:(?:alarm|alarm-mute-rule):)(.+)()$/,
  /^(.*:autoscaling:[^:]*:\d*:autoScalingGroup:[^:]*:autoScalingGroupName\/)(.+)()$/,
  /^(.*:rds:[^:]*:\d*:(?:db|cluster|snapshot|cluster-snapshot):)(.+)()$/,
  /^(.*:elasticloadbalancing:[^:]*:\d*:targetgroup\/)([^/]+)(\/.*)$/,
  /^(.*:elasticloadbalancing:[^:]*:\d*:loadbalancer\/(?:app|net|gwy)\/)([^/]+)(\/.*)$/,
  // What a policy allows it to, too, of all of its streams.
  /^(.*:logs:[^:]*:\d*:log-group:)(.+?)((?::\*)?)$/,
  // As metrics name them.
  /^(targetgroup\/)([^/]+)(\/[0-9a-f]+)$/,
  /^((?:app|net|gwy)\/)([^/]+)(\/[0-9a-f]+)$/,
];

/** What AWS writes before the names of a resource: what kind it is. */
const words =
  /^(?:instance|volume|table|file-system|event|automation-execution|automation-definition|document|controlpanel|cluster|service|task|container-instance|function|deliverystream|role|EC2|RDS|AWS_[A-Z0-9_]+)$/;

/** What names a resource, an ARN or not, with its names and account replaced as the stand-ins say. */
export function resourceName(text: string, standIns: StandIns): string {
  if (madeByAws.test(text) || text === '') return text;
  for (const pattern of named) {
    const found = pattern.exec(text);
    if (found)
      return `${standIns.text(found[1] ?? '')}${standIns.name(found[2] ?? '')}${standIns.text(found[3] ?? '')}`;
  }
  // So RDS writes some of its databases, and ECS what a task belongs to.
  const [, before, name] = /^(rds:|service:)(.*)$/s.exec(text) ?? [];
  if (before !== undefined) return `${before}${resourceName(name ?? '', standIns)}`;
  return text.startsWith('arn:') ? otherArn(text, standIns) : standIns.name(text);
}

function otherArn(text: string, standIns: StandIns): string {
  const [arn = '', partition = '', service = '', region = '', ...rest] = text.split(':');
  const where = [arn, partition, service, region].map((part) => (/^[a-z0-9-]*$/.test(part) ? part : ''));
  // AWS leaves accounts out here and there, and in one of its samples also the place of one.
  const [account = ''] = rest;
  const hasAccount = /^\d*$/.test(account);
  const resource = (hasAccount ? rest.slice(1) : rest)
    .join(':')
    .split(/([:/])/)
    .map((part, place) => (isAwsOwn(part, place, service) ? part : standIns.name(part)))
    .join('');
  return [...where, ...(hasAccount ? [standIns.account(account)] : []), standIns.text(resource)].join(':');
}

/** Of AWS Health's events everything is AWS's own. */
function isAwsOwn(part: string, place: number, service: string): boolean {
  return (
    /^[:/]?$/.test(part) ||
    madeByAws.test(part) ||
    (place === 0 && words.test(part)) ||
    (service === 'health' && /^[\w-]+$/.test(part))
  );
}
