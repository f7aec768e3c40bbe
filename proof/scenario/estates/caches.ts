import { tagsOf } from '../account';
import { ailing, type Ailing, type Estate } from '../estate';

const nodes = ['sessions-001', 'sessions-002', 'sessions-003'];

/** A group with a primary and two replicas, one with cluster mode, Memcached, and a serverless cache. */
export const caches: Estate = {
  draw: (random) => ({
    description: {
      cacheGroups: [
        {
          id: 'sessions',
          replicas: 2,
          lagSeconds: random.chance(0.9) ? 0.2 : 90,
          ...(random.chance(0.3) && { automaticFailover: false, multiAz: false }),
          tags: tagsOf(random),
        },
        { id: 'catalogue', clusterMode: true, shards: 2, tags: tagsOf(random) },
      ],
      cacheClusters: [{ id: 'pages', nodes: 3, tags: tagsOf(random) }],
      serverlessCaches: [
        {
          name: 'carts',
          maxStorageGB: 10,
          maxEcpuPerSecond: 10_000,
          tags: tagsOf(random),
        },
      ],
      alarms,
    },
    ailments: [
      losePrimary,
      losePrimary,
      loseShard,
      hangReplica,
      hangReplica,
      hangMemcached,
      burden('catalogue', 'load', 380),
      burden('catalogue', 'data', 25),
      burden('pages', 'load', 285),
      burden('carts', 'load', 11_000),
      burden('carts', 'data', 11),
      fillSlot,
    ],
  }),
  rules: (rung) => `  - name: cache-primary-unhealthy
    on: [cache-primary-unhealthy]
    wait: 1m
    try: [{ ${rung('failover-cache-shard', { testFailover: true })} }]
  - name: cache-node-unhealthy
    on: [cache-node-unhealthy]
    try: [{ ${rung('reboot-cache-nodes')} }]
  - name: cache-too-small
    on: [cache-overloaded, cache-memory-low]
    verify: { within: 20m }
    try: [{ ${rung('scale-cache-group', { mostShards: 4, mostNodes: 4 })} }]
  - name: cache-slot-full
    on: [cache-slot-full]
    try: []
`,
};

const alarms = [
  ...[...nodes, 'catalogue-0001-001', 'catalogue-0001-002'].map((id) => ({
    ...alarm(`${id}-writes-late`, 'SuccessfulWriteRequestLatency', { CacheClusterId: id }),
    above: 50_000,
  })),
  ...[...nodes, 'pages'].map((id) => ({
    ...alarm(`${id}-connections`, 'CurrConnections', { CacheClusterId: id }),
    statistic: 'Maximum',
    above: 60_000,
  })),
  ...['catalogue-0001-001', 'pages'].map((id) => ({
    ...alarm(`${id}-busy`, 'EngineCPUUtilization', { CacheClusterId: id }),
    above: 80,
  })),
  { ...alarm('catalogue-full', 'DatabaseMemoryUsagePercentage', { CacheClusterId: 'catalogue-0001-001' }), above: 90 },
  { ...alarm('carts-throttled', 'ThrottledCmds', { clusterId: 'carts' }), above: 0 },
  { ...alarm('carts-evicts', 'Evictions', { clusterId: 'carts' }), above: 0 },
];

function alarm(name: string, metric: string, dimensions: Readonly<Record<string, string>>): object {
  return { name, metric: { namespace: 'AWS/ElastiCache', name: metric, dimensions }, every: 60, periods: 3 };
}

const losePrimary = ailing('the host of the primary of sessions fails', ({ elasticache }, random) => {
  elasticache.sicken('sessions', random.chance(0.9) ? { kind: 'host' } : { kind: 'host', curedBy: [] });
});

const loseShard = ailing('the host of a primary of catalogue fails', ({ elasticache }) => {
  elasticache.sicken('catalogue', { kind: 'host' });
});

const hangReplica = ailing('a replica of sessions hangs', ({ elasticache }) => {
  elasticache.sicken('sessions-003', { kind: 'engine' });
});

const hangMemcached = ailing('a node of pages hangs', ({ elasticache }, random) => {
  elasticache.sicken('pages', { kind: 'engine' }, random.pick(['0001', '0002', '0003']));
});

const fillSlot = ailing('a slot of carts is nearly full', ({ elasticache }) => {
  elasticache.fillSlot('carts', 90);
});

function burden(id: string, what: 'load' | 'data', is: number): Ailing {
  return ailing(`${id} gets more ${what} than it carries`, ({ elasticache }) => {
    if (what === 'load') elasticache.setLoad(id, is);
    else elasticache.setData(id, is);
  });
}
