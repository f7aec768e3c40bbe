import { tagsOf } from '../account';
import { ailing, type Estate } from '../estate';

const gibibyte = 1024 ** 3;
const alwaysOn = { 'homeostat:always-on': 'yes' };

/** A database in one zone, a serverless cluster, and a secondary of a global database whose primary is in another region. */
export const databases: Estate = {
  draw: (random) => {
    // Autoscaling that stands at its ceiling, or none.
    const ceiling = random.chance(0.5) ? { maxStorageGiB: 100 } : {};
    return {
      description: {
        databases: [
          {
            id: 'stock',
            multiAz: false,
            storageGiB: 100,
            ...ceiling,
            tags: tagsOf(random, random.chance(0.9) ? alwaysOn : {}),
          },
        ],
        clusters: [
          {
            id: 'cart',
            capacity: { least: 0.5, most: random.pick([4, 8, 64]) },
            tags: tagsOf(random),
            members: ['cart-a', 'cart-b'].map((id) => ({ id, class: 'db.serverless', tags: tagsOf(random) })),
          },
          {
            id: 'atlas',
            globalSecondary: true,
            globalCluster: 'atlas-world',
            tags: tagsOf(random),
            members: ['atlas-a', 'atlas-b'].map((id) => ({ id, tags: tagsOf(random) })),
          },
        ],
        alarms,
      },
      ailments: [fill, hang, stop, overload, losePrimary],
    };
  },
  rules: (rung) => `  - name: db-storage-low
    on: [db-storage-low]
    wait: 1m
    verify: { within: 20m }
    try: [{ ${rung('expand-db-storage', { how: 'ceiling' })} }, { ${rung('expand-db-storage', { how: 'storage' })} }]
  - name: db-instance-stopped
    on: [db-instance-stopped]
    where: { tags: { 'homeostat:always-on': 'yes' } }
    try: [{ ${rung('start-db-instance')} }]
  - name: cart-overloaded
    on: [db-overloaded]
    where: { resource: { id: cart } }
    try: [{ ${rung('raise-serverless-capacity', { atMost: 64 })} }]
  - name: atlas-source-lost
    on: [db-source-lost]
    where: { resource: { id: atlas } }
    try: [{ ${rung('switch-global-database', { how: 'switchover' })} }, { ${rung('switch-global-database', { how: 'failover' })} }]
`,
};

const alarms = [
  { ...alarm('stock-storage', 'FreeStorageSpace', { DBInstanceIdentifier: 'stock' }), below: 10 * gibibyte },
  { ...alarm('stock-latency', 'ReadLatency', { DBInstanceIdentifier: 'stock' }), above: 0.2 },
  { ...alarm('cart-cpu', 'CPUUtilization', { DBClusterIdentifier: 'cart', Role: 'WRITER' }), above: 90 },
  // What is a primary has no lag.
  {
    ...alarm('atlas-behind', 'AuroraGlobalDBReplicationLag', { DBClusterIdentifier: 'atlas' }),
    above: 60_000,
    missing: 'notBreaching',
  },
];

function alarm(name: string, metric: string, dimensions: Readonly<Record<string, string>>): object {
  return { name, metric: { namespace: 'AWS/RDS', name: metric, dimensions }, every: 60, periods: 3 };
}

const fill = ailing('database stock runs out of storage', ({ rds }, random) => {
  rds.setFreeStorage('stock', random.chance(0.3) ? 0 : random.between(1, 8));
});

const hang = ailing('the engine of database stock hangs', ({ rds }) => {
  rds.sicken('stock', { kind: 'engine' });
});

const stop = ailing('somebody stops database stock', ({ rds }) => {
  if (rds.isAvailable('stock')) rds.befall({ stop: 'stock' });
});

const overload = ailing('cluster cart gets more work than its capacity carries', ({ rds }) => {
  rds.sicken('cart', { kind: 'overloaded', curedBy: ['capacity'] });
});

const losePrimary = ailing('the primary of cluster atlas is in a region that fails', ({ rds }, random) => {
  rds.setPrimaryOf('atlas', random.chance(0.8) ? 'late' : 'lost');
});
