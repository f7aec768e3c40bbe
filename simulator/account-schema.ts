import { z } from 'zod';
import { volumeSchema } from './ec2/volume';
import { protectedResourceSchema } from './backup/protected';
import { scalableTargetSchema } from './application-autoscaling';
import { tableSchema } from './dynamodb/control/schema';
import { cacheClusterSchema } from './elasticache/cluster';
import { cacheGroupSchema } from './elasticache/group';
import { serverlessCacheSchema } from './elasticache/serverless';
import { containerInstanceSchema } from './ecs/container-instances';
import { ecsServiceSchema } from './ecs/service';
import { fileSystemSchema } from './elasticfilesystem/file-system';
import { emrClusterSchema } from './elasticmapreduce/cluster';
import { refreshSchema } from './autoscaling/refreshes';
import { clusterSchema } from './rds/cluster';
import { databaseSchema } from './rds/database';
import { classicLoadBalancerSchema } from './elasticloadbalancing/classic';
import { loadBalancerSchema } from './elasticloadbalancing/load-balancer';
import { happeningSchema } from './happening';
import { sicknessSchema } from './ec2/described-sickness';
import { dnsSchema, healthCheckSchema, hostedZoneSchema } from './route53/schema';
import { recoveryClusterSchema } from './route53-recovery-cluster';
import { accessPointSchema, bucketSchema, publicAccessBlockSchema } from './s3/bucket';
import { eventSourceMappingSchema } from './lambda/event-source-mappings';
import { functionSchema } from './lambda/function';
import { logGroupSchema } from './logs/log-group';
import { topicSchema } from './sns/topic';
import { documentSchema } from './ssm/document';

const count = z.int().nonnegative();
const tags = z.record(z.string(), z.string());

const subnet = z.strictObject({ id: z.string(), zone: z.string(), freeAddresses: count.optional() });

const instance = z.strictObject({
  id: z.string(),
  zone: z.string().optional(),
  subnet: z.string().optional(),
  type: z.string().optional(),
  group: z.string().optional(),
  tags: tags.optional(),
  sick: sicknessSchema.optional(),
  lifecycle: z.enum(['on-demand', 'spot']).optional(),
  instanceStore: z.boolean().optional(),
  protected: z.boolean().optional(),
  stopProtected: z.boolean().optional(),
  stopsOnlyByForce: z.boolean().optional(),
  /** Protected from scale-in by its group. */
  scaleInProtected: z.boolean().optional(),
  /** In its group, and out of service there. */
  standby: z.boolean().optional(),
  tenancy: z.enum(['default', 'dedicated', 'host']).optional(),
  publicAddress: z.enum(['none', 'ephemeral', 'elastic']).optional(),
  state: z.enum(['running', 'stopped']).optional(),
  volumes: z.array(volumeSchema).min(1).optional(),
  agent: z.enum(['online', 'lost']).optional(),
});

const group = z
  .strictObject({
    name: z.string(),
    arn: z.string().optional(),
    min: count.optional(),
    max: count.optional(),
    desired: count.optional(),
    zones: z.array(z.string()).min(1).optional(),
    subnets: z.array(z.string()).optional(),
    type: z.string().optional(),
    targetGroups: z.array(z.string()).optional(),
    load: z.number().nonnegative().optional(),
    suspended: z.array(z.string()).optional(),
    healthChecks: z.array(z.enum(['ec2', 'elb'])).optional(),
    gracePeriod: z.number().nonnegative().optional(),
    newInstancesAre: z.enum(['healthy', 'sick']).optional(),
    launches: z.enum(['succeed', 'fail']).optional(),
    policies: z
      .array(
        z.strictObject({
          name: z.string(),
          type: z.enum(['SimpleScaling', 'StepScaling', 'TargetTrackingScaling', 'PredictiveScaling']),
        }),
      )
      .optional(),
    hooks: z.array(z.strictObject({ name: z.string(), on: z.enum(['launch', 'terminate']) })).optional(),
    refresh: refreshSchema.optional(),
    version: z.string().optional(),
    tags: tags.optional(),
  })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, 'min is above max');

const targetGroup = z.strictObject({
  name: z.string(),
  arn: z.string().optional(),
  loadBalancer: z.string().optional(),
  deregistrationDelay: z.number().nonnegative().optional(),
  crossZone: z.boolean().optional(),
  port: z.int().positive().optional(),
  healthCheck: z
    .strictObject({
      every: z.number().positive().optional(),
      healthyAfter: z.int().positive().optional(),
      unhealthyAfter: z.int().positive().optional(),
    })
    .optional(),
  targets: z.array(z.strictObject({ id: z.string(), port: z.int().positive().optional() })).optional(),
  tags: tags.optional(),
});

const metric = z.strictObject({
  namespace: z.string(),
  name: z.string(),
  dimensions: z.record(z.string(), z.string()).default({}),
});

const alarm = z
  .strictObject({
    name: z.string(),
    metric: metric.optional(),
    /** Rule of a composite alarm, such as `ALARM(a) OR ALARM(b)`. */
    rule: z.string().optional(),
    above: z.number().optional(),
    below: z.number().optional(),
    /** Seconds. */
    every: z.int().positive().optional(),
    periods: z.int().positive().optional(),
    statistic: z.enum(['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum']).optional(),
    missing: z.enum(['missing', 'ignore', 'breaching', 'notBreaching']).optional(),
    state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']).optional(),
    description: z.string().optional(),
    /** ARNs of what it does when it goes to ALARM. */
    actions: z.array(z.string()).optional(),
    actionsEnabled: z.boolean().optional(),
    /** Instance whose health the metric shows, though it is not one of EC2's own: beyond the threshold while it is ill. */
    tellsOf: z.string().optional(),
    tags: tags.optional(),
  })
  .refine(({ metric: follows, rule }) => (follows === undefined) !== (rule === undefined), 'give a metric or a rule')
  .refine(({ above, below }) => above === undefined || below === undefined, 'give above or below, not both');

const muteRule = z.strictObject({
  name: z.string(),
  /** Names of the alarms that it mutes. */
  alarms: z.array(z.string()).min(1),
  status: z.enum(['SCHEDULED', 'ACTIVE', 'EXPIRED']).optional(),
});

/** An account and what is in it, as data. */
export const accountSchema = z.strictObject({
  account: z.string().regex(/^\d{12}$/, 'an account has twelve digits; put them in quotes'),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region is written like us-east-1'),
  subnets: z.array(subnet).default([]),
  loadBalancers: z.array(loadBalancerSchema).default([]),
  targetGroups: z.array(targetGroup).default([]),
  classicLoadBalancers: z.array(classicLoadBalancerSchema).default([]),
  instances: z.array(instance).default([]),
  groups: z.array(group).default([]),
  databases: z.array(databaseSchema).default([]),
  clusters: z.array(clusterSchema).default([]),
  cacheGroups: z.array(cacheGroupSchema).default([]),
  cacheClusters: z.array(cacheClusterSchema).default([]),
  serverlessCaches: z.array(serverlessCacheSchema).default([]),
  tables: z.array(tableSchema).default([]),
  ecsServices: z.array(ecsServiceSchema).default([]),
  containerInstances: z.array(containerInstanceSchema).default([]),
  fileSystems: z.array(fileSystemSchema).default([]),
  emrClusters: z.array(emrClusterSchema).default([]),
  scalableTargets: z.array(scalableTargetSchema).default([]),
  protectedResources: z.array(protectedResourceSchema).default([]),
  buckets: z.array(bucketSchema).default([]),
  /** What is blocked for every bucket of the account. */
  publicAccessBlock: publicAccessBlockSchema.optional(),
  accessPoints: z.array(accessPointSchema).default([]),
  /** Regions in which S3 fails. */
  failingStorage: z.array(z.string()).default([]),
  hostedZones: z.array(hostedZoneSchema).default([]),
  healthChecks: z.array(healthCheckSchema).default([]),
  dns: dnsSchema.prefault({}),
  recoveryClusters: z.array(recoveryClusterSchema).default([]),
  documents: z.array(documentSchema).default([]),
  functions: z.array(functionSchema).default([]),
  eventSourceMappings: z.array(eventSourceMappingSchema).default([]),
  /** Invocations of all functions together that may run at one time. */
  concurrencyLimit: count.default(1_000),
  topics: z.array(topicSchema).default([]),
  logGroups: z.array(logGroupSchema).default([]),
  alarms: z.array(alarm).default([]),
  muteRules: z.array(muteRule).default([]),
  happenings: z.array(happeningSchema).default([]),
});

export type Described = z.infer<typeof accountSchema>;

/** Reads a description; the error names the path of each thing that is wrong with it. */
export function readDescription(value: unknown): Described {
  const read = accountSchema.safeParse(value);
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }) => `${pathOf(path)}: ${message}`);
  throw new Error(`The description of the account cannot be used. ${problems.join('; ')}`);
}

function pathOf(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text.replace(/^\./, '') || 'the whole';
}
