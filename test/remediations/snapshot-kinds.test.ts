import type { OwnSnapshot } from '../../remediations/snapshot-kind';
import { snapshotKindOf, snapshotKinds } from '../../remediations/snapshot-kinds';
import { bench, type Bench } from './account';
import { answerWith } from './attempt';

const name = 'orders-homeostat-1a2b3c4d';

function own(kind: OwnSnapshot['of']['kind'], id = 'orders'): OwnSnapshot {
  return { of: { kind, id }, name, attemptKey: 'inc-1/0', holds: [{ kind, id }] };
}

const tagged = (value: string) => [{ Key: 'homeostat:attempt', Value: value }];

/** The answer in which AWS shows one snapshot. */
const shown: Readonly<Record<string, (status: string, of: string) => readonly [string, string, object]>> = {
  'db-instance': (Status, of) => [
    'rds',
    'DescribeDBSnapshots',
    { DBSnapshots: [{ DBSnapshotIdentifier: name, Status, TagList: tagged(of) }] },
  ],
  'db-cluster': (Status, of) => [
    'rds',
    'DescribeDBClusterSnapshots',
    { DBClusterSnapshots: [{ DBClusterSnapshotIdentifier: name, Status, TagList: tagged(of) }] },
  ],
  'cache-group': (SnapshotStatus, of) => [
    'elasticache',
    'DescribeSnapshots',
    {
      Snapshots: [{ SnapshotName: name, SnapshotStatus, ReplicationGroupId: of === 'inc-1/0' ? 'orders' : 'others' }],
    },
  ],
};

const read = (kind: OwnSnapshot['of']['kind'], on: Bench) => snapshotKindOf(kind).read(own(kind), on.aws);

describe.each(['db-instance', 'db-cluster', 'cache-group'] as const)('a snapshot of a %s', (kind) => {
  it.each([
    ['creating', 'underWay'],
    ['available', 'ready'],
    ['failed', 'broken'],
    ['deleting', 'broken'],
    ['something new', 'broken'],
  ])('that is %s is %s', async (status, standing) => {
    const on = bench();
    answerWith(on, ...(shown[kind]?.(status, 'inc-1/0') ?? (['', '', {}] as const)));
    expect(await read(kind, on)).toEqual({ kind: 'found', status, standing });
  });

  it('that somebody else made is none of ours', async () => {
    const on = bench();
    answerWith(on, ...(shown[kind]?.('available', 'inc-2/0') ?? (['', '', {}] as const)));
    expect(await read(kind, on)).toEqual({ kind: 'foreign' });
  });

  it('is not taken for there when AWS answers with another, or with half of one', async () => {
    for (const answer of ['DBSnapshots', 'DBClusterSnapshots', 'Snapshots']) {
      const on = bench();
      const [service = '', operation = ''] = shown[kind]?.('available', '') ?? [];
      answerWith(on, service, operation, { [answer]: [{ SnapshotName: 'another', DBSnapshotIdentifier: 'another' }] });
      const standing = await read(kind, on).catch(() => ({ kind: 'unreadable' }));
      expect(['absent', 'unreadable']).toContain(standing.kind);
    }
  });

  it('is made of what is available alone, and of nothing that is gone', async () => {
    const on = bench();
    const { rds, elasticache } = on.account.services;
    expect(await snapshotKindOf(kind).look('orders', on.aws)).toMatchObject({ kind: 'refused' });
    if (kind === 'db-instance') rds.addDatabase({ id: 'orders', status: 'storage-full' });
    if (kind === 'db-cluster') rds.addCluster({ id: 'orders', status: 'failing-over' });
    if (kind === 'cache-group') elasticache.addGroup({ id: 'orders', status: 'modifying' });
    expect(await snapshotKindOf(kind).look('orders', on.aws)).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/makes no snapshot of orders while it is/) as string,
    });
  });
});

describe('snapshots of the volumes of an instance', () => {
  it('are complete when each volume that there was has one, and not before', async () => {
    const on = bench();
    const { id } = on.account.services.ec2.addInstance({
      volumes: [{ sizeGiB: 8 }, { sizeGiB: 500, device: '/dev/sdf' }],
    });
    const kind = snapshotKindOf('ec2-instance');
    const outlook = await kind.look(id, on.aws);
    const snapshot = { ...own('ec2-instance', id), ...('holds' in outlook && { holds: outlook.holds }) };
    expect(snapshot.holds).toHaveLength(2);
    expect(await kind.read(snapshot, on.aws)).toEqual({ kind: 'absent' });
    await kind.create(snapshot, on.aws);
    await on.pass(300);
    const second = snapshot.holds[1]?.id ?? '';
    expect(await kind.read(snapshot, on.aws)).toMatchObject({ standing: 'underWay', status: `pending, for ${second}` });
    await on.pass(1_800);
    expect(await kind.read(snapshot, on.aws)).toMatchObject({ standing: 'ready' });
    const more = { ...snapshot, holds: [...snapshot.holds, { kind: 'volume' as const, id: 'vol-later' }] };
    expect(await kind.read(more, on.aws)).toMatchObject({ standing: 'underWay' });
  });

  it('are broken when one of them has failed', async () => {
    const on = bench();
    const { id } = on.account.services.ec2.addInstance({});
    on.account.services.ec2.snapshots.failNext();
    const kind = snapshotKindOf('ec2-instance');
    await kind.create(own('ec2-instance', id), on.aws);
    await on.pass(300);
    expect(await kind.read(own('ec2-instance', id), on.aws)).toMatchObject({ standing: 'broken' });
  });

  it.each([
    ['an instance store', { type: 'm5d.large' }, /instance store/],
    ['no volume', { volumes: [] }, /no volume/],
  ])('are not made of an instance with %s', async (_what, described, reason) => {
    const on = bench();
    const { id } = on.account.services.ec2.addInstance(described);
    expect(await snapshotKindOf('ec2-instance').look(id, on.aws)).toEqual({
      kind: 'refused',
      reason: expect.stringMatching(reason) as string,
    });
  });
});

test('each kind of snapshot is tagged as it is made, and its name cannot be another', () => {
  for (const { permissions } of snapshotKinds.values()) {
    expect(permissions.implied?.map(({ action }) => action).join()).toMatch(/CreateTags|AddTagsToResource/);
    const made = permissions.write.filter(({ tagged: isTagged }) => !isTagged).map(({ on }) => on);
    expect(made.filter((on) => !/:snapshot\/\*$|napshot:\*-homeostat-\*$/.test(on))).toEqual([]);
  }
});
