import type { Deployment } from '../deployment';
import type { DescribingAws } from './describe/describer';

/** The clients that describe, of a deployment's account and region. */
export async function describingAws(deployment: Deployment): Promise<DescribingAws> {
  return {
    ec2: await deployment.client('ec2'),
    autoscaling: await deployment.client('autoscaling'),
    elasticloadbalancing: await deployment.client('elasticloadbalancing'),
    dynamodb: await deployment.client('dynamodb'),
    ecs: await deployment.client('ecs'),
    'application-autoscaling': await deployment.client('application-autoscaling'),
    elasticache: await deployment.client('elasticache'),
    elasticfilesystem: await deployment.client('elasticfilesystem'),
    elasticmapreduce: await deployment.client('elasticmapreduce'),
    lambda: await deployment.client('lambda'),
    logs: await deployment.client('logs'),
    rds: await deployment.client('rds'),
    route53: await deployment.client('route53'),
    'route53-recovery-cluster': await deployment.client('route53-recovery-cluster'),
    s3: await deployment.client('s3'),
    sns: await deployment.client('sns'),
    backup: await deployment.client('backup'),
    ssm: await deployment.client('ssm'),
    cloudwatch: await deployment.client('cloudwatch'),
  };
}
