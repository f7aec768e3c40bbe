import { region, tagsOf } from '../account';
import { ailing, type Estate } from '../estate';

const files = 'fs-0a1b2c3d4e5f60718';
const nightly = 'j-1NIGHTLY';
const scaled = 'j-2SCALED';
const zones = [`${region}a`, `${region}b`];
const subnets = zones.map((zone) => ({ id: `subnet-0mount${zone.slice(-1)}`, zone }));

/** A file system that two zones mount, a cluster that nobody scales, and one that EMR does. */
export const storage: Estate = {
  draw: (random) => ({
    description: {
      subnets,
      fileSystems: [
        {
          id: files,
          ...random.pick<object>([{}, { mode: 'provisioned', provisioned: 10 }, { changedHoursAgo: 3 }]),
          mountTargets: subnets.map(({ id: subnet, zone }) => ({ zone, subnet })),
          tags: tagsOf(random, {
            ...(random.chance(0.9) && { 'homeostat:mount-subnets': subnets.map(({ id }) => id).join(' ') }),
            'homeostat:mount-groups': 'sg-0f11e5000000f11e5',
          }),
        },
      ],
      emrClusters: [
        {
          id: nightly,
          groups: [
            { id: 'ig-1MASTER', role: 'MASTER', nodes: 1 },
            { id: 'ig-2CORE', role: 'CORE', nodes: 4 },
            { id: 'ig-3TASK', role: 'TASK', nodes: 4, newNodes: random.chance(0.9) ? 'start' : 'fail' },
          ],
          terminationProtected: random.chance(0.8),
          load: 4,
          data: 2,
          steps: [
            { id: 's-1FETCH', name: 'fetch', args: ['fetch'], state: 'COMPLETED' },
            { id: 's-2LOAD', name: 'load', args: ['load'], state: 'RUNNING' },
          ],
          newStepsFail: random.chance(0.2) ? 1 : 0,
          tags: tagsOf(random, { 'homeostat:idempotent-steps': random.chance(0.8) ? 'yes' : 'no' }),
        },
        {
          id: scaled,
          groups: [{ id: 'ig-4CORE', role: 'CORE', nodes: 4 }],
          managedScaling: { min: 2, max: 4 },
          load: 2,
          tags: tagsOf(random),
        },
      ],
      alarms,
    },
    ailments: [crowd, drain, unmount, regroup, busy, grow, fill, lose, sicken, arrest, fail, fail],
  }),
  rules: (rung) => `  - name: files-throttled
    on: [file-system-throttled]
    try: [{ ${rung('raise-filesystem-throughput', { atMost: 60 })} }, { ${rung('raise-filesystem-throughput', { how: 'elastic' })} }]
  - name: files-unreachable
    on: [file-system-unreachable]
    try: [{ ${rung('repair-mount-target')} }]
  - name: clusters
    on: [emr-cluster-overloaded, emr-storage-low, emr-nodes-lost, emr-group-stuck]
    verify: { within: 30m }
    try: [{ ${rung('resize-emr-group', { growBy: 50 })} }]
  - name: steps
    on: [emr-step-failed]
    try: [{ ${rung('rerun-emr-step')} }]
`,
};

const alarms = [
  { ...ofFiles('files-permitted', 'PermittedThroughput'), below: 8 * 1024 ** 2 },
  { ...ofFiles('files-clients', 'ClientConnections'), below: 15, statistic: 'Sum' },
  { ...ofCluster(nightly, 'YARNMemoryAvailablePercentage'), below: 15 },
  { ...ofCluster(nightly, 'HDFSUtilization'), above: 80 },
  { ...ofCluster(nightly, 'MRLostNodes'), above: 0 },
  { ...ofCluster(nightly, 'MRUnhealthyNodes'), above: 0 },
  { ...ofCluster(scaled, 'YARNMemoryAvailablePercentage'), below: 15 },
];

function ofFiles(name: string, metric: string): object {
  const dimensions = { FileSystemId: files };
  return { name, metric: { namespace: 'AWS/EFS', name: metric, dimensions }, every: 60, periods: 3 };
}

function ofCluster(id: string, metric: string): object {
  const dimensions = { JobFlowId: id };
  const named = { namespace: 'AWS/ElasticMapReduce', name: metric, dimensions };
  return { name: `${id}-${metric}`, metric: named, every: 300, periods: 1 };
}

const crowd = ailing('clients of the file system move more than it has', ({ elasticfilesystem }, random) => {
  elasticfilesystem.setCredits(files, 3_000);
  elasticfilesystem.setLoad(files, random.between(20, 50));
});

const drain = ailing('the file system has used up its credits', ({ elasticfilesystem }, random) => {
  elasticfilesystem.setLoad(files, random.between(5, 9));
  elasticfilesystem.setCredits(files, 0);
});

const unmount = ailing('somebody deletes a mount target', ({ elasticfilesystem }, random) => {
  const zone = random.pick(['a', 'b']);
  if (elasticfilesystem.isReached(files)) elasticfilesystem.befall({ id: files, unmount: `${region}${zone}` });
});

const regroup = ailing('somebody gives a mount target other security groups', ({ elasticfilesystem }) => {
  if (!elasticfilesystem.isReached(files)) return;
  elasticfilesystem.befall({ id: files, regroup: `${region}a`, securityGroups: ['sg-00000000000000bad'] });
});

const busy = ailing('the nightly cluster has more work than nodes', ({ elasticmapreduce }, random) => {
  elasticmapreduce.befall({ id: nightly, load: random.between(7, 9) });
});

const grow = ailing('the scaled cluster has more work than it may have nodes', ({ elasticmapreduce }, random) => {
  elasticmapreduce.befall({ id: scaled, load: random.between(4, 6) });
});

const fill = ailing('the storage of the nightly cluster fills up', ({ elasticmapreduce }) => {
  elasticmapreduce.befall({ id: nightly, data: 3.6 });
});

const lose = ailing('the nightly cluster loses a node', ({ elasticmapreduce }) => {
  elasticmapreduce.befall({ id: nightly, lose: 'ig-2CORE', nodes: 1 });
});

const sicken = ailing('a core node of the nightly cluster is not well', ({ elasticmapreduce }) => {
  elasticmapreduce.befall({ id: nightly, unhealthy: 'ig-2CORE', nodes: 1 });
});

const arrest = ailing('EMR gives a group of the nightly cluster up', ({ elasticmapreduce }) => {
  elasticmapreduce.befall({ id: nightly, arrest: 'ig-3TASK' });
});

const fail = ailing('a step of the nightly cluster fails', ({ elasticmapreduce }) => {
  elasticmapreduce.befall({ id: nightly, failStep: 's-2LOAD' });
});
