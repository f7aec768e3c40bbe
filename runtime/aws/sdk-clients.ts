import type { EC2ClientConfig } from '@aws-sdk/client-ec2';
import type { Service } from '../../vitals/aws';
import type { Clients, ServiceClient } from './access';

/** What a client of the AWS SDK is made with. */
export interface ClientSettings {
  readonly region: string;
  readonly credentials?: KeyPair | (() => Promise<KeyPair>);
  readonly maxAttempts?: number;
  readonly requestHandler?: RequestHandler;
}

/**
 * What a client sends with: milliseconds until an answer, or the connection to ask over, must be there; or another client's own,
 * whose connections it then shares.
 */
export type RequestHandler = NonNullable<EC2ClientConfig['requestHandler']>;

interface KeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

type ClientClass = new (settings: ClientSettings & { readonly cacheMiddleware: true }) => object;

/** Loads the client of a service when a remediation first needs it, and not before: loading one costs a tenth of a second. */
const load: Record<Service, () => Promise<ClientClass>> = {
  'arc-zonal-shift': async () => (await import('./arc-zonal-shift-client')).ArcZonalShiftClient,
  'application-autoscaling': async () =>
    (await import('@aws-sdk/client-application-auto-scaling')).ApplicationAutoScaling,
  autoscaling: async () => (await import('@aws-sdk/client-auto-scaling')).AutoScaling,
  cloudwatch: async () => (await import('@aws-sdk/client-cloudwatch')).CloudWatch,
  dynamodb: async () => (await import('@aws-sdk/client-dynamodb')).DynamoDB,
  ec2: async () => (await import('@aws-sdk/client-ec2')).EC2,
  elasticache: async () => (await import('@aws-sdk/client-elasticache')).ElastiCache,
  elasticloadbalancing: async () => (await import('./elastic-load-balancing-client')).ElasticLoadBalancingClient,
  rds: async () => (await import('@aws-sdk/client-rds')).RDS,
  ssm: async () => (await import('@aws-sdk/client-ssm')).SSM,
  backup: async () => (await import('@aws-sdk/client-backup')).Backup,
  ecs: async () => (await import('@aws-sdk/client-ecs')).ECS,
  elasticfilesystem: async () => (await import('@aws-sdk/client-efs')).EFS,
  elasticmapreduce: async () => (await import('@aws-sdk/client-emr')).EMR,
  lambda: async () => (await import('@aws-sdk/client-lambda')).Lambda,
  logs: async () => (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogs,
  route53: async () => (await import('@aws-sdk/client-route-53')).Route53,
  'route53-recovery-cluster': async () => (await import('./recovery-cluster-client')).RecoveryClusterClient,
  s3: async () => (await import('./simple-storage-client')).SimpleStorageClient,
  sns: async () => (await import('@aws-sdk/client-sns')).SNS,
};

/**
 * Clients of the AWS SDK, one for each service, account and region. `settingsFor` gives the credentials of the account;
 * `prepare` may change a client before its first call.
 */
export function sdkClients(
  settingsFor: (account: string, region: string) => ClientSettings,
  prepare: (client: object, service: Service, account: string, region: string) => void = () => undefined,
): Clients {
  const made = new Map<string, Promise<ServiceClient>>();
  const make = async (
    service: Service,
    account: string,
    region: string,
    access: 'read' | 'write',
  ): Promise<ServiceClient> => {
    const Client = await load[service]();
    // Sorting the middlewares anew for each call is most of what a call costs here; nothing changes them after `prepare`.
    // A second reboot or failover is not the first again: what came of a write is looked up, never sent anew by the SDK.
    const once = access === 'write' ? { maxAttempts: 1 } : {};
    const client = new Client({ ...settingsFor(account, region), ...once, cacheMiddleware: true });
    prepare(client, service, account, region);
    return client as ServiceClient;
  };
  return (service, account, region, access = 'read') => {
    const key = `${service}/${account}/${region}/${access}`;
    const known = made.get(key);
    if (known) return known;
    const client = make(service, account, region, access);
    made.set(key, client);
    // One that could not be made is tried anew by the next call.
    client.catch(() => made.delete(key));
    return client;
  };
}
