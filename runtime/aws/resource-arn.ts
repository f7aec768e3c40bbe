import type { Resource } from '../../signals/signal';

/** ARN of a resource as IAM compares it, with `*` for what its key does not say; undefined for a kind whose ARNs are not known. */
export function arnOf({ kind, id, account, region }: Resource, partition: string): string | undefined {
  const at = (service: string, rest: string): string => `arn:${partition}:${service}:${region}:${account}:${rest}`;
  switch (kind) {
    case 'ec2-instance':
      return at('ec2', `instance/${literal(id)}`);
    case 'volume':
      return at('ec2', `volume/${literal(id)}`);
    case 'auto-scaling-group':
      // Between the two stands an id that only AWS knows. A name is unique in its account and region.
      return at('autoscaling', `autoScalingGroup:*:autoScalingGroupName/${literal(id)}`);
    case 'db-instance':
      return at('rds', `db:${literal(id)}`);
    case 'db-cluster':
      return at('rds', `cluster:${literal(id)}`);
    case 'automation-execution':
      return at('ssm', `automation-execution/${literal(id)}`);
    case 'target-group':
    case 'load-balancer':
      return literal(id);
    case 'other':
      return undefined;
  }
}

/** What IAM would read as a wildcard or a variable stands for itself. */
function literal(id: string): string {
  return id.replace(/[*?$]/g, (mark) => `\${${mark}}`);
}

/** Whether an ARN fits a pattern, as IAM compares them: `*` is anything, colons and slashes too. */
export function fitsArn(pattern: string, arn: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${escaped}$`, 's').test(arn);
}
