import type { SimulatedAccount } from '../../../simulator/world';
import type { Randomness } from '../../randomness';
import { tagsOf } from '../account';
import type { Ailing, Estate } from '../estate';

const minute = 60_000;
/** Instances that keep data of their own: one runs Redis, the other takes uploads. */
const sessions = 'i-0e000000000000001';
const uploads = 'i-0e000000000000002';
const disk = 'vol-0e000000000000002';

/** Instances whose process dies and whose disk fills up: what a command of the operators' own heals. */
export const servers: Estate = {
  draw: (random) => ({
    description: {
      instances: [
        { id: sessions, tags: tagsOf(random, { service: 'sessions' }), agent: random.chance(0.1) ? 'lost' : 'online' },
        {
          id: uploads,
          tags: tagsOf(random, { service: 'uploads' }),
          volumes: [{ id: disk, sizeGiB: random.pick([20, 40]), usedGiB: 5, tags: tagsOf(random) }],
        },
      ],
      documents: [
        { name: 'Acme-RestartService', type: 'Command', version: '4', parameters: [{ name: 'ServiceName' }] },
        {
          name: 'Acme-GrowFilesystem',
          type: 'Command',
          version: '2',
          parameters: [{ name: 'VolumeId' }],
          runsForSeconds: random.pick([10, 200]),
        },
      ],
      alarms,
    },
    ailments: [stopProcess, stopProcess, fillDisk, fillDisk],
  }),
  rules: (rung) => `  - name: process-down
    on: [process-down]
    wait: 1m
    try: [{ ${rung('restart-service-process', { document: 'Acme-RestartService', version: '4', service: 'redis' })} }]
  - name: volume-full
    on: [volume-full]
    wait: 1m
    try: [{ ${rung('expand-ebs-volume', { document: 'Acme-GrowFilesystem', version: '2', growByPercent: 100 })} }]
`,
};

const alarms = [
  {
    name: 'sessions-redis',
    metric: {
      namespace: 'CWAgent',
      name: 'procstat_lookup_pid_count',
      dimensions: { InstanceId: sessions, exe: 'redis-server', pid_finder: 'native' },
    },
    below: 1,
    every: 60,
    periods: 2,
  },
  {
    name: 'uploads-disk',
    metric: { namespace: 'CWAgent', name: 'disk_used_percent', dimensions: { InstanceId: uploads, path: '/' } },
    above: 85,
    every: 60,
    periods: 2,
  },
];

/** The process dies; now and then it is started again by its own service manager. */
const stopProcess: Ailing = (after, random) => ({
  after,
  what: `Redis on ${sessions} dies`,
  befall: (account, faults) => {
    const { ec2 } = account.services;
    if (ec2.instance(sessions)?.power !== 'running') return;
    ec2.sicken(sessions, { kind: 'process', ...(faults.hits('no-cure') && { curedBy: [] }) });
    if (random.chance(0.2)) {
      later(account, random, () => {
        if (ec2.instance(sessions)) ec2.cure(sessions, 'process');
      });
    }
  },
});

/** The disk fills up; now and then somebody deletes what filled it. */
const fillDisk: Ailing = (after, random) => ({
  after,
  what: `the disk of ${uploads} fills up`,
  befall: (account, faults) => {
    const { volumes } = account.services.ec2;
    const volume = volumes.find(disk);
    if (!volume) return;
    if (faults.hits('no-cure')) volumes.failNextChange();
    volumes.fill(disk, volume.filesystemGiB * 0.96);
    if (random.chance(0.2)) {
      later(account, random, () => {
        if (volumes.find(disk)) volumes.fill(disk, 3);
      });
    }
  },
});

function later(account: SimulatedAccount, random: Randomness, recover: () => void): void {
  account.clock.after(random.between(2, 12) * minute, recover);
}
