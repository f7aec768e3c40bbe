import type { Deployment } from '../deployment';
import type { DescribingAws } from './describe/describer';

/** The clients that describe, of a deployment's account and region. */
export async function describingAws(deployment: Deployment): Promise<DescribingAws> {
  return {
    ec2: await deployment.client('ec2'),
    autoscaling: await deployment.client('autoscaling'),
    elasticloadbalancing: await deployment.client('elasticloadbalancing'),
    dynamodb: await deployment.client('dynamodb'),
    'application-autoscaling': await deployment.client('application-autoscaling'),
    elasticache: await deployment.client('elasticache'),
    elasticfilesystem: await deployment.client('elasticfilesystem'),
    elasticmapreduce: await deployment.client('elasticmapreduce'),
    lambda: await deployment.client('lambda'),
    rds: await deployment.client('rds'),
    route53: await deployment.client('route53'),
    s3: await deployment.client('s3'),
    backup: await deployment.client('backup'),
    ssm: await deployment.client('ssm'),
    cloudwatch: await deployment.client('cloudwatch'),
  };
}
