import { z } from 'zod';
import { tableHappeningSchema } from './dynamodb/control/schema';
import { backupHappeningSchema } from './backup/protected';
import { ecsHappeningSchema } from './ecs/service';
import { cacheHappeningSchema } from './elasticache/happening';
import { fileSystemHappeningSchema } from './elasticfilesystem/file-system';
import { emrHappeningSchema } from './elasticmapreduce/cluster';
import { alarmHappeningSchema } from './cloudwatch/alarm-configuration';
import { sicknessSchema } from './ec2/described-sickness';
import { announceRetirement } from './health';
import { databaseHappeningSchema } from './rds/happening';
import { databaseSicknessSchema } from './rds/sickness';
import { dnsHappeningSchema } from './route53/schema';
import { clusterHappeningSchema } from './route53-recovery-cluster';
import { bucketHappeningSchema } from './s3/bucket';
import { lambdaHappeningSchema } from './lambda/function';
import { logsHappeningSchema } from './logs/log-group';
import { topicHappeningSchema } from './sns/topic';
import type { SimulatedAccount } from './world';
import { loseZone, regainZone } from './zone-loss';

/** After the start of the account: an ISO 8601 duration of hours, minutes and seconds, such as `PT1H5M`. */
const delay = z
  .string()
  .regex(/^PT(?=\d)(\d+H)?(\d+M)?(\d+S)?$/, 'a delay is written like PT5M')
  .transform((text) => {
    const [, hours = '0', minutes = '0', seconds = '0'] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(text) ?? [];
    return (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
  });

/** Something that goes wrong, or right, at a time of its own. */
export interface Happening {
  /** Milliseconds after the start of the account. */
  readonly at: number;
  /** Ids of instances that it names. */
  readonly instances: readonly string[];
  readonly befall: (account: SimulatedAccount) => void;
}

type Kind = (name: string) => z.ZodType<Happening>;

/** One kind of happening: how its field is described, what comes about, and which instances it names. */
function kind<Schema extends z.ZodType>(
  schema: Schema,
  befall: (account: SimulatedAccount, described: z.output<Schema>) => void,
  instances: (described: z.output<Schema>) => readonly string[] = () => [],
): Kind {
  return (name) =>
    z.strictObject({ at: delay, [name]: schema }).transform((read) => {
      const described = read[name] as z.output<Schema>;
      return {
        at: read.at as number,
        instances: instances(described),
        befall: (account: SimulatedAccount) => {
          befall(account, described);
        },
      };
    });
}

const instance = z.strictObject({ instance: z.string() });

const kinds: Readonly<Record<string, Kind>> = {
  sicken: kind(
    sicknessSchema.extend({ instance: z.string() }),
    ({ services }, { instance: id, ...sickness }) => {
      services.ec2.sicken(id, sickness);
    },
    ({ instance: id }) => [id],
  ),
  cure: kind(
    instance,
    ({ services }, { instance: id }) => {
      services.ec2.cure(id);
    },
    ({ instance: id }) => [id],
  ),
  interrupt: kind(
    instance,
    ({ services }, { instance: id }) => {
      services.ec2.interruptSpot(id);
    },
    ({ instance: id }) => [id],
  ),
  retire: kind(
    z.strictObject({ instances: z.array(z.string()).min(1) }),
    (account, { instances }) => {
      announceRetirement(account, instances);
    },
    ({ instances }) => instances,
  ),
  fill: kind(z.strictObject({ volume: z.string(), usedGiB: z.number().nonnegative() }), ({ services }, described) => {
    services.ec2.volumes.fill(described.volume, described.usedGiB);
  }),
  deleteVolume: kind(z.strictObject({ volume: z.string() }), ({ services }, { volume }) => {
    services.ec2.volumes.delete(volume);
  }),
  load: kind(z.strictObject({ group: z.string(), is: z.number().nonnegative() }), ({ services }, { group, is }) => {
    services.autoscaling.setLoad(group, is);
  }),
  launches: kind(
    z.strictObject({ group: z.string(), now: z.enum(['succeed', 'fail']) }),
    ({ services }, { group, now }) => {
      services.autoscaling.setLaunches(group, now);
    },
  ),
  /** All that is in the zone falls sick, and nothing can be launched there. */
  zone: kind(z.strictObject({ name: z.string(), is: z.enum(['lost', 'back']) }), (account, { name, is }) => {
    if (is === 'lost') loseZone(account, name);
    else regainZone(account, name);
  }),
  capacity: kind(
    z.strictObject({ zone: z.string(), is: z.enum(['gone', 'back']) }),
    ({ services: { ec2 } }, { zone, is }) => {
      if (is === 'gone') ec2.network.exhaust(zone);
      else ec2.network.replenish(zone);
    },
  ),
  /** The classic load balancer loses sight of an instance that is well. */
  /** People suspend these processes of a group, and no others. */
  suspend: kind(z.strictObject({ group: z.string(), processes: z.array(z.string()) }), ({ services }, described) => {
    services.autoscaling.suspend(described.group, described.processes);
  }),
  strand: kind(z.strictObject({ loadBalancer: z.string(), instance: z.string() }), ({ services }, described) => {
    services.elasticloadbalancing.classic.strand(described.loadBalancer, described.instance);
  }),
  autoshift: kind(
    z.strictObject({ zone: z.string(), is: z.enum(['begun', 'ended']) }),
    ({ services }, { zone, is }) => {
      if (is === 'begun') services['arc-zonal-shift'].beginAutoshift(zone);
      else services['arc-zonal-shift'].endAutoshift(zone);
    },
  ),
  sickenDatabase: kind(
    z.strictObject({ database: z.string(), sick: databaseSicknessSchema }),
    ({ services }, { database, sick }) => {
      services.rds.sicken(database, sick);
    },
  ),
  database: kind(databaseHappeningSchema, ({ services }, described) => {
    services.rds.befall(described);
  }),
  cache: kind(cacheHappeningSchema, ({ services }, described) => {
    services.elasticache.befall(described);
  }),
  ecs: kind(ecsHappeningSchema, ({ services }, described) => {
    services.ecs.befall(described);
  }),
  emr: kind(emrHappeningSchema, ({ services }, described) => {
    services.elasticmapreduce.befall(described);
  }),
  fileSystem: kind(fileSystemHappeningSchema, ({ services }, described) => {
    services.elasticfilesystem.befall(described);
  }),
  backup: kind(backupHappeningSchema, ({ services }, described) => {
    services.backup.befall(described);
  }),
  bucket: kind(bucketHappeningSchema, ({ services }, described) => {
    services.s3.befall(described);
  }),
  /** S3 fails in a Region, or answers there again. */
  storage: kind(
    z.strictObject({ region: z.string(), is: z.enum(['failing', 'back']) }),
    ({ services }, { region, is }) => {
      services.s3.accessPoints.fail(region, is === 'failing');
    },
  ),
  dns: kind(dnsHappeningSchema, ({ services }, described) => {
    services.route53.befall(described);
  }),
  clusterEndpoint: kind(clusterHappeningSchema, ({ services }, described) => {
    services['route53-recovery-cluster'].befall(described);
  }),
  alarm: kind(alarmHappeningSchema, ({ services }, described) => {
    services.cloudwatch.befall(described);
  }),
  logs: kind(logsHappeningSchema, ({ services }, described) => {
    services.logs.befall(described);
  }),
  lambda: kind(lambdaHappeningSchema, ({ services }, described) => {
    services.lambda.befall(described);
  }),
  topic: kind(topicHappeningSchema, ({ services }, described) => {
    services.sns.befall(described);
  }),
  table: kind(tableHappeningSchema, ({ services }, described) => {
    services.dynamodb.control.befall(described);
  }),
};

const [first, ...others] = Object.entries(kinds).map(([name, of]) => of(name));
if (!first) throw new Error('there is no kind of happening');

/** A happening as a description of an account writes it: `{ at: PT5M, load: { group: web, is: 190 } }`. */
export const happeningSchema = z.union([first, ...others]);
