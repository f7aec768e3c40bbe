import { tagsOf } from '../account';
import { ailing, type Ailing, type Estate } from '../estate';

/** A database and a cluster that take more reads, one that fails for good, and one whose replica is left behind. */
export const replicas: Estate = {
  draw: (random) => ({
    description: {
      databases: [
        { id: 'sales', backupDays: random.chance(0.9) ? 7 : 0, tags: tagsOf(random) },
        { id: 'billing', tags: tagsOf(random) },
        { id: 'parts', multiAz: false, tags: tagsOf(random) },
        { id: 'parts-replica', multiAz: false, replicaOf: 'parts', tags: tagsOf(random) },
      ],
      clusters: [
        {
          id: 'shop',
          tags: tagsOf(random),
          members: membersOf('shop', random.between(1, 2)).map((id) => ({ id, tags: tagsOf(random) })),
        },
      ],
      ...(random.chance(0.2) && { scalableTargets: [ofReaders] }),
      alarms,
    },
    ailments: [overload('sales', 'shop'), fail('billing'), fail('parts'), fail('parts')],
  }),
  rules: (rung) => `  - name: sales-overloaded
    on: [db-overloaded]
    where: { resource: { id: sales } }
    try: [{ ${rung('add-read-replica', { mostReplicas: 1 })} }]
  - name: shop-overloaded
    on: [db-overloaded]
    where: { resource: { id: shop } }
    try: [{ ${rung('add-cluster-reader', { mostReaders: 2 })} }]
  - name: billing-failed
    on: [db-instance-failed]
    where: { resource: { id: billing } }
    try: [{ ${rung('restore-db-to-point-in-time')} }]
  - name: parts-source-lost
    events: { source: [aws.rds], detail: { EventID: [RDS-EVENT-0057], SourceIdentifier: [parts-replica] } }
    resource: { kind: db-instance, id: parts-replica }
    approval: { within: 2h }
    try: [{ ${rung('promote-read-replica')} }]
`,
};

const alarms = [
  alarm('sales-cpu', { DBInstanceIdentifier: 'sales' }),
  alarm('shop-cpu', { DBClusterIdentifier: 'shop', Role: 'WRITER' }),
];

const ofReaders = { resource: 'cluster:shop', dimension: 'rds:cluster:ReadReplicaCount', min: 0, max: 4 };

function alarm(name: string, dimensions: Readonly<Record<string, string>>): object {
  const metric = { namespace: 'AWS/RDS', name: 'CPUUtilization', dimensions };
  return { name, metric, above: 90, every: 60, periods: 3 };
}

function membersOf(cluster: string, count: number): readonly string[] {
  return ['a', 'b', 'c'].slice(0, count).map((letter) => `${cluster}-${letter}`);
}

/** One more reader helps mostly, and now and then nothing does. */
function overload(...ids: readonly string[]): Ailing {
  return ailing(`${ids.join(' and ')} get more reads than they can carry`, ({ rds }, random) => {
    for (const id of ids) rds.sicken(id, { kind: 'overloaded', curedBy: random.chance(0.85) ? ['reader'] : [] });
  });
}

function fail(...ids: readonly string[]): Ailing {
  return ailing(`${ids.join(' and ')} fail for good`, ({ rds }) => {
    for (const id of ids) rds.fail(id);
  });
}
