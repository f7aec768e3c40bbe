import { accountId, region, tagsOf } from '../account';
import { ailing, type Estate } from '../estate';

const arn = (resource: string): string => `arn:aws:dynamodb:${region}:${accountId}:table/${resource}`;

const minute = 60_000;

/** A table that is backed up every night, and one of which people find that rows are missing. */
export const backups: Estate = {
  draw: (random) => ({
    description: {
      tables: [
        { name: 'prints', tags: tagsOf(random) },
        { name: 'albums', tags: tagsOf(random) },
      ],
      protectedResources: [
        { arn: arn('prints'), minutes: random.between(3, 20), keepDays: random.pick([7, null]) },
        { arn: arn('albums'), minutes: random.between(3, 20), points: random.pick([[26], [50, 26], [26, 2], [0.5]]) },
      ],
      alarms: [
        {
          name: 'albums-missing',
          metric: {
            namespace: 'AWS/DynamoDB',
            name: 'TimeToLiveDeletedItemCount',
            dimensions: { TableName: 'albums' },
          },
          above: 1_000,
          every: 60,
          periods: 3,
          missing: 'notBreaching',
        },
      ],
    },
    ailments: [fail, fail, lose, lose],
  }),
  conditions: [
    {
      condition: 'data-lost',
      events: {
        source: ['aws.cloudwatch'],
        'detail-type': ['CloudWatch Alarm State Change'],
        detail: { alarmName: ['albums-missing'] },
      },
      resource: { kind: 'protected-resource', id: arn('albums') },
    },
  ],
  rules: (rung) => `  - name: backup-failed
    on: [backup-failed]
    wait: 2m
    try: [{ ${rung('retry-backup-job', { keepDays: 14 })} }]
  - name: data-lost
    on: [data-lost]
    verify: { within: 30m }
    try: [{ ${rung('restore-from-recovery-point', { vaults: ['nightly'], minutesBack: 60 })} }]
`,
};

/** What AWS says of it: mostly something that is over by itself. */
const messages: readonly [string, ...string[]] = [
  'An internal error occurred.',
  'Backup job failed because there was a running job for the same resource.',
  'Backup job encountered a fatal error.',
  'KMS key is either disabled or pending deletion or access to KMS key is denied',
];

const fail = ailing('the backup of table prints fails', ({ backup }, random, { clock }) => {
  const resource = arn('prints');
  backup.befall({ resource, begins: true, failing: random.pick(messages) });
  clock.after(random.between(21, 40) * minute, () => {
    backup.befall({ resource, failing: null });
  });
});

/** Until people have pointed the application at what was restored. */
const lose = ailing('a release deletes rows of table albums', ({ cloudwatch }, random, { clock }) => {
  const dimensions = { TableName: 'albums' };
  const metric = { namespace: 'AWS/DynamoDB', name: 'TimeToLiveDeletedItemCount', dimensions };
  cloudwatch.set(metric, 5_000);
  clock.after(random.between(25, 45) * minute, () => {
    cloudwatch.set(metric, undefined);
  });
});
