import { remediations } from '../../remediations';
import type { Planning, Remediation } from '../../remediations/remediation';
import { snapshotFirst } from '../../remediations/snapshot-first';
import { snapshotKindOf } from '../../remediations/snapshot-kinds';
import { scenarios } from './scenarios';
import { lead, nameOf, planned, trial, type Trial } from './trial';

/** A remediation of which a snapshot can be made, on the ground of one of its scenarios. */
const grounds = remediations.flatMap((plain) => {
  const { snapshots } = plain;
  if (typeof snapshots !== 'object') return [];
  const own = snapshots.kinds.flatMap((kind) => snapshotKindOf(kind).permissions.write.map(({ action }) => action));
  return scenarios
    .filter(({ remediation }) => remediation === plain.name)
    .map((scenario, place) => {
      const first = snapshotFirst(plain);
      // Time for the snapshot, too.
      const slow = { ...scenario, takes: Math.max(scenario.takes, 600) };
      const on = (): Trial => trial(first, slow);
      return [`${plain.name}, scenario ${place + 1}`, { plain, first, scenario: slow, own, on }] as const;
    });
});

const writesOf = (on: Trial): string[] => on.writes().map(nameOf);

/** Whether the plan takes a snapshot: it does not where none can be made, nor where it can lose nothing. */
const takesOne = (planning: Planning<unknown>): boolean =>
  planning.kind === 'planned' && (planning.plan as { readonly snapshot?: object }).snapshot !== undefined;

test('what can lose no data starts as ever', () => {
  const safe = remediations.filter(({ snapshots }) => snapshots === 'losesNoData');
  expect(safe.length).toBeGreaterThan(10);
  expect(safe.filter((one) => snapshotFirst(one) !== one)).toEqual([]);
});

test('what could lose data of which no snapshot can be made is refused, and so is what says nothing about it', async () => {
  const outOfReach = remediations.filter(({ snapshots }) => snapshots === 'noneCanBeMade');
  expect(outOfReach.length).toBeGreaterThan(2);
  const silent = remediations.map(({ snapshots: _unsaid, ...others }): Remediation => others).slice(0, 1);
  for (const remediation of [...outOfReach, ...silent]) {
    for (const scenario of scenarios.filter((one) => one.remediation === remediation.name)) {
      const on = trial(snapshotFirst(remediation), scenario);
      expect(await on.plan()).toMatchObject({
        kind: 'refused',
        reason: expect.stringContaining('no snapshot') as string,
      });
      expect(on.calls).toEqual([]);
    }
  }
});

test('every remediation of which a snapshot can be made takes one in a scenario', async () => {
  const taking = await Promise.all(
    grounds.map(async ([, { plain, on }]) => (takesOne(await on().plan()) ? plain.name : undefined)),
  );
  const able = remediations.filter(({ snapshots }) => typeof snapshots === 'object').map(({ name }) => name);
  expect(able.filter((name) => !taking.includes(name))).toEqual([]);
});

describe.each(grounds)('%s', (_name, { plain, first, scenario, own, on }) => {
  const isOfSnapshot = (action: string): boolean => own.some((one) => one === action);

  test('loses nothing where it takes no snapshot, or is refused for want of one', async () => {
    const planning = await on().plan();
    const { kind, reason = '', destroys = [] } = { reason: undefined, destroys: undefined, ...planning };
    const isSafe = takesOne(planning) || (kind === 'planned' ? destroys.length === 0 : reason.includes('no snapshot'));
    expect([isSafe, planning]).toEqual([true, planning]);
  });

  test('takes the snapshot, waits until it is complete, and only then does what it does without', async () => {
    const [without, within] = [trial(plain, scenario), on()];
    const planning = await within.plan();
    if (!takesOne(planning)) return;
    expect(planning).toMatchObject({
      summary: expect.stringMatching(/^take a snapshot of \S+ first and then /) as string,
    });
    await lead(plain, without, scenario);
    expect(await lead(first, within, scenario)).toMatchObject({ kind: 'done' });
    const [snapshot = '', ...others] = writesOf(within);
    expect(isOfSnapshot(snapshot)).toBe(true);
    expect(others).toEqual(writesOf(without));
  });

  test('does nothing while the snapshot is being made, however often it is asked', async () => {
    const within = on();
    if (!takesOne(await within.plan())) return;
    const plan = await planned(within);
    const { handle } = (await first.start(plan, within.aws)) as { readonly handle?: string };
    for (const known of [handle, undefined]) {
      expect(await first.check(plan, known, within.aws)).toMatchObject({ kind: 'pending' });
      expect(await first.start(plan, within.aws)).toMatchObject({ kind: 'started' });
    }
    expect(writesOf(within).filter((action) => !isOfSnapshot(action))).toEqual([]);
    expect(writesOf(within)).toHaveLength(1);
  });

  test('takes one snapshot and does the rest once though every start is called twice, or an answer is lost', async () => {
    const once = on();
    if (!takesOne(await once.plan())) return;
    await lead(first, once, scenario);
    const twice = on();
    expect(await lead(first, twice, scenario, true)).toMatchObject({ kind: 'done' });
    expect(writesOf(twice)).toEqual(writesOf(once));
    for (const write of new Set(writesOf(once))) {
      const [service = '', operation = ''] = write.split(':');
      const lost = on();
      lost.account.faults.plant(service, operation, 'lostAnswer');
      expect(await lead(first, lost, scenario)).toMatchObject({ kind: 'done' });
      expect(writesOf(lost)).toEqual(writesOf(once));
    }
  });

  test('does nothing when the snapshot is refused, or is not asked for in the end', async () => {
    const once = on();
    if (!takesOne(await once.plan())) return;
    await lead(first, once, scenario);
    const [service = '', operation = ''] = (writesOf(once)[0] ?? '').split(':');
    for (const fault of ['denied', 'lostRequest'] as const) {
      const within = on();
      const plan = await planned(within);
      within.account.faults.plant(service, operation, fault);
      await expect(first.start(plan, within.aws)).rejects.toThrow();
      expect(await first.check(plan, undefined, within.aws)).toMatchObject({ kind: 'notStarted' });
      expect(writesOf(within).filter((action) => !isOfSnapshot(action))).toEqual([]);
    }
  });

  test('does nothing when it is well by the time the snapshot is complete, or AWS is at work there', async () => {
    for (const happens of [scenario.recover, scenario.putToWork]) {
      const within = on();
      if (!takesOne(await within.plan()) || !happens) return;
      const plan = await planned(within);
      await first.start(plan, within.aws);
      await within.pass(scenario.takes);
      happens(within, within.target.resource);
      const before = writesOf(within).length;
      expect(await first.start(plan, within.aws)).toMatchObject({ kind: 'refused' });
      expect(writesOf(within)).toHaveLength(before);
    }
  });

  test('is permitted the calls that it makes, and each that it is permitted besides is of snapshots', async () => {
    const within = on();
    await lead(first, within, scenario).catch(() => undefined);
    const { read, write } = first.permissions;
    const declared = new Set<string>([...read, ...write.map(({ action }) => action)]);
    expect(within.calls.map(nameOf).filter((action) => !declared.has(action))).toEqual([]);
    const more = [...declared].filter(
      (action) =>
        ![...plain.permissions.read, ...plain.permissions.write.map((one) => one.action)].some((one) => one === action),
    );
    expect(
      more.filter(
        (action) =>
          !/Snapshot|Describe(DBInstances|DBClusters|ReplicationGroups|CacheClusters|Instance\w*|Volumes)$/.test(
            action,
          ),
      ),
    ).toEqual([]);
  });
});
