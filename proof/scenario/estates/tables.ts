import { tagsOf } from '../account';
import { ailing, type Ailing, type Estate } from '../estate';

/** Units of a table as they are drawn: what it has is more than enough until somebody asks for more. */
const has = { read: 100, write: 100 };
const easy = { read: 20, write: 20 };

/** A table that nobody scales, one that auto scaling does, one that has a copy in another region, and one that holds what matters. */
export const tables: Estate = {
  draw: (random) => {
    const onDemand = random.chance(0.2) ? { billing: 'on-demand', maximum: has } : {};
    return {
      description: {
        tables: [
          { name: 'carts', ...units, ...onDemand, tags: tagsOf(random) },
          { name: 'visits', ...units, indexes: [{ name: 'by-day', ...units }], tags: tagsOf(random) },
          {
            name: 'prices',
            ...units,
            replicas: [{ region: 'eu-west-1', ...(random.chance(0.1) && { status: 'REPLICATION_NOT_AUTHORIZED' }) }],
            replicaWrites: { min: 10, max: 100 },
            tags: tagsOf(random),
          },
          {
            name: 'ledger',
            ...units,
            sizeGiB: random.pick([1, 50, 4_000]),
            pointInTimeRecovery: true,
            deletionProtection: random.chance(0.5),
            tags: tagsOf(random),
          },
        ],
        scalableTargets: (['Read', 'Write'] as const).map((side) => ({
          resource: 'table/visits/index/by-day',
          dimension: `dynamodb:index:${side}CapacityUnits`,
          min: 5,
          max: 100,
        })),
        alarms,
      },
      ailments: [
        crowd('carts'),
        crowd('carts'),
        crowd('carts'),
        crowd('visits', 'by-day'),
        write,
        expose,
        expose,
        lose,
      ],
    };
  },
  conditions: [
    {
      condition: 'table-data-lost',
      events: {
        source: ['aws.cloudwatch'],
        'detail-type': ['CloudWatch Alarm State Change'],
        detail: { alarmName: ['ledger-expiring'] },
      },
      resource: { kind: 'table', id: 'ledger' },
    },
  ],
  rules: (rung) => `  - name: carts-throttled
    on: [table-throttled]
    where: { resource: { id: carts } }
    wait: 1m
    try: [{ ${rung('raise-table-capacity', { ceiling: 180 })} }, { ${rung('switch-table-to-on-demand')} }]
  - name: table-throttled
    on: [table-throttled]
    try: [{ ${rung('raise-table-capacity')} }, { ${rung('switch-table-to-on-demand')} }]
  - name: table-replication-late
    on: [table-replication-late]
    try: [{ ${rung('raise-global-table-writes')} }]
  - name: table-unprotected
    on: [table-unprotected]
    try: [{ ${rung('protect-table')} }]
  - name: table-data-lost
    on: [table-data-lost]
    verify: { within: 30m }
    try: [{ ${rung('restore-table-to-point-in-time')} }]
`,
};

const units = { capacity: has, load: easy };

const alarms = [
  ...[['carts'], ['visits', 'by-day']].flatMap(([table, index]) =>
    ['Read', 'Write'].map((side) => ({
      ...alarm(`${String(table)}-${side.toLowerCase()}s-throttled`, `${side}ThrottleEvents`, {
        TableName: String(table),
        ...(index !== undefined && { GlobalSecondaryIndexName: index }),
      }),
      above: 100,
      missing: 'notBreaching',
    })),
  ),
  {
    ...alarm('prices-late', 'ReplicationLatency', { TableName: 'prices', ReceivingRegion: 'eu-west-1' }),
    above: 10_000,
  },
  {
    ...alarm('ledger-expiring', 'TimeToLiveDeletedItemCount', { TableName: 'ledger' }),
    above: 1_000,
    missing: 'notBreaching',
  },
];

function alarm(name: string, metric: string, dimensions: Readonly<Record<string, string>>): object {
  return { name, metric: { namespace: 'AWS/DynamoDB', name: metric, dimensions }, every: 60, periods: 3 };
}

const crowd = (table: string, index?: string): Ailing =>
  ailing(`table ${table} is asked for more than it has`, ({ dynamodb: { control } }, random) => {
    const load = random.between(130, 260);
    control.setLoad(table, random.chance(0.5) ? { read: load } : { write: load }, index);
  });

const write = ailing('table prices is written to more than its copies take', ({ dynamodb: { control } }, random) => {
  control.setLoad('prices', { write: random.between(120, 180) });
});

const expose = ailing('somebody switches the recovery of table ledger off', ({ dynamodb: { control } }) => {
  control.befall({ name: 'ledger', unprotected: true });
});

const minute = 60_000;

/** Until people have pointed the application at what was restored. */
const lose = ailing('a release lets rows of table ledger expire', ({ cloudwatch }, random, { clock }) => {
  const metric = {
    namespace: 'AWS/DynamoDB',
    name: 'TimeToLiveDeletedItemCount',
    dimensions: { TableName: 'ledger' },
  };
  cloudwatch.set(metric, 5_000);
  clock.after(random.between(25, 45) * minute, () => {
    cloudwatch.set(metric, undefined);
  });
});
