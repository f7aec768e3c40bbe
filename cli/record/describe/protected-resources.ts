import type { BackupJob } from '@aws-sdk/client-backup';
import { everyItem } from '../../../vitals/pages';
import {
  type DescribedKind,
  type Describer,
  type Describing,
  eachOf,
  type Entry,
  item,
  missing,
  type Named,
} from './describer';

const hour = 3_600_000;
/** Older backups are left out. */
const mostPoints = 5;

/** What AWS Backup protects, by its ARN, which leads to what that names. */
export const protectedResources: Describer = {
  atOnce: 10,
  describe: async (ids, describing) => {
    const entries = (await eachOf(ids, (arn) => entryOf(arn, describing))).flat();
    return { entries: [...entries, ...missing(ids, entries)], leads: ids.flatMap(leadsOf) };
  },
};

async function entryOf(of: string, { aws, redaction }: Describing): Promise<readonly Entry[]> {
  const found = await everyItem(
    (token) => aws.backup.listBackupJobs({ ByResourceArn: of, ...token }),
    (page) => page.BackupJobs,
  );
  const jobs = [...found].sort((one, other) => createdAt(other) - createdAt(one));
  const [newest] = jobs;
  if (!newest) return [];
  const { DeleteAfterDays = -1 } = newest.RecoveryPointLifecycle ?? {};
  const points = jobs.filter(({ State }) => State === 'COMPLETED').slice(0, mostPoints);
  return [
    {
      of,
      item: item({
        arn: redaction.name(of),
        vault: redaction.ifNamed(newest.BackupVaultName),
        keepDays: DeleteAfterDays > 0 ? DeleteAfterDays : null,
        // Nobody tells when the replay begins: they are as old as they were when the newest job was created, and an hour more.
        points: points.map((job) => (createdAt(newest) - createdAt(job)) / hour + 1),
      }),
    },
  ];
}

const createdAt = ({ CreationDate }: BackupJob): number => CreationDate?.getTime() ?? 0;

/** The lists of an account file that hold what an ARN names. */
const lists: readonly (readonly [RegExp, DescribedKind])[] = [
  [/:dynamodb:[^:]*:\d*:table\/(.+)$/, 'tables'],
  [/:rds:[^:]*:\d*:db:(.+)$/, 'databases'],
  [/:rds:[^:]*:\d*:cluster:(.+)$/, 'clusters'],
  [/:ec2:[^:]*:\d*:instance\/(.+)$/, 'instances'],
];

function leadsOf(arn: string): readonly Named[] {
  return lists.flatMap(([shape, kind]) => {
    const [, id] = shape.exec(arn) ?? [];
    return id === undefined ? [] : [{ kind, id }];
  });
}
