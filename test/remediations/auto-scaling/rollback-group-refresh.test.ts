import { rollbackGroupRefresh } from '../../../remediations/auto-scaling/rollback-group-refresh';
import { bench } from '../account';
import { answerWith, attempt, no } from '../attempt';
import { groupWithTargets, webIds } from '../group-with-targets';
import { failedLaunch } from './rollback-group-refresh.scenario';

const [bad = '', second = ''] = webIds;
const underWay = { status: 'InProgress', minutesAgo: 10, updated: [bad], version: '4' } as const;

function web(
  described: Parameters<typeof groupWithTargets>[1] = {},
  { condition = 'target-unhealthy', parameters = {} } = {},
) {
  const on = bench();
  const made = groupWithTargets(on, { refresh: underWay, ...described });
  const resource =
    condition === 'group-launch-failing'
      ? on.resource('auto-scaling-group', 'web')
      : on.resource('target-group', made.arn);
  return { ...on, ...made, ...attempt(rollbackGroupRefresh, on, { resource, condition }, parameters) };
}

test('a refresh whose new member is the bad one is rolled back, and done once all of it is replaced', async () => {
  const { plan, start, check, pass, writes, group } = web();
  expect(await plan()).toMatchObject({
    kind: 'planned',
    summary: 'roll back the instance refresh of web, which brings version 4',
    touches: [{ kind: 'auto-scaling-group', id: 'web' }],
    group: { size: 4, healthyOthers: 4 },
  });
  await start();
  expect(writes()).toMatchObject([{ operation: 'RollbackInstanceRefresh', input: { AutoScalingGroupName: 'web' } }]);
  expect(await check()).toEqual({ kind: 'pending', detail: 'the instance refresh of web is RollbackInProgress' });
  await pass(600);
  expect(await check()).toEqual({ kind: 'done', detail: 'the instance refresh of web is RollbackSuccessful' });
  expect(group.members.has(bad)).toBe(false);
  expect(group.members.size).toBe(4);
});

test('one that is baking is rolled back as well, and one that has not begun is of no blame', async () => {
  expect(await web({ refresh: { ...underWay, status: 'Baking' } }).plan()).toMatchObject({ kind: 'planned' });
  const on = web();
  Object.assign(on.group.refreshes[0]!, { Status: 'Pending', StartTime: undefined });
  expect(await on.plan()).toEqual(no('refused', /the instance refresh of web has replaced nothing yet/));
});

test('what was bad before the refresh is not its work', async () => {
  expect(await web({ refresh: { ...underWay, updated: [second] } }).plan()).toEqual(
    no('refused', /i-0aaaaaaaaaaaaaaa1 is bad as well, and was there before the instance refresh of web began/),
  );
});

test('a bad target that is of no group, or of another one, has another cause', async () => {
  const none = web();
  none.group.members.delete(bad);
  expect(await none.plan()).toEqual(no('refused', /belongs to no Auto Scaling group: no refresh brought it/));
  const other = web();
  const { id } = other.account.services.ec2.addInstance();
  other.account.services.elasticloadbalancing.health.register(
    other.account.services.elasticloadbalancing.targetGroup('web')!,
    id,
    80,
    'settled',
  );
  other.fail(id);
  expect(await other.plan()).toEqual(no('refused', new RegExp(`${id} is bad as well, and no member of web`)));
});

test('without a refresh under way there is nothing to take back', async () => {
  expect(await web({ refresh: 'Successful' }).plan()).toEqual(no('refused', /no instance refresh of web is under way/));
});

test.each(['RollbackInProgress', 'Cancelling'])('one that is %s already is waited for', async (Status) => {
  const on = web();
  Object.assign(on.group.refreshes[0]!, { Status });
  expect(await on.plan()).toEqual(no('busy', new RegExp(`the instance refresh of web is ${Status} already`)));
});

test.each([
  [
    'names no version',
    { refresh: { ...underWay, version: undefined } },
    /since it names no desired configuration: a person must/,
  ],
  [
    'rolls out $Latest',
    { refresh: { ...underWay, version: '$Latest' } },
    /since its launch template has the version \$Latest/,
  ],
  ['began from $Default', { version: '$Default' }, /since its launch template has the version \$Default/],
])('one that %s is refused, or stopped where the policy says so', async (_, described, reason) => {
  expect(await web(described).plan()).toEqual(no('refused', reason));
  const on = web(described, { parameters: { ifIrreversible: 'cancel' } });
  expect(await on.plan()).toMatchObject({ kind: 'planned', summary: expect.stringMatching(/^cancel the/) as string });
  await on.start();
  expect(on.writes()).toMatchObject([{ operation: 'CancelInstanceRefresh', input: { AutoScalingGroupName: 'web' } }]);
  await on.pass(60);
  expect(await on.check()).toMatchObject({ kind: 'done' });
});

test('errors of which no target stands out tell nothing of the refresh', async () => {
  const on = web({}, { condition: 'target-erroring' });
  const targets = on.account.services.elasticloadbalancing.targetGroup('web')!;
  on.account.services.elasticloadbalancing.health.ail(targets, bad, 'well');
  on.account.services.elasticloadbalancing.health.findNow(targets);
  expect(await on.plan()).toEqual(no('refused', /no target of web stands out/));
  on.account.services.ec2.sicken(bad, { kind: 'application', passesHealthChecks: true });
  expect(await on.plan()).toMatchObject({ kind: 'planned' });
});

describe('launches that fail', () => {
  const failing = { condition: 'group-launch-failing' };

  test('since the refresh began are laid to it', async () => {
    const on = web({}, failing);
    failedLaunch(on, on.group, 60);
    expect(await on.plan()).toMatchObject({ kind: 'planned' });
  });

  test('before it began as well are not', async () => {
    const on = web({}, failing);
    failedLaunch(on, on.group, 1200);
    failedLaunch(on, on.group, 60);
    expect(await on.plan()).toEqual(no('refused', /launches of web failed before its instance refresh began/));
  });

  test('are none where none failed since', async () => {
    expect(await web({}, failing).plan()).toEqual(
      no('refused', /no launch of web has failed since its instance refresh began/),
    );
  });
});

test('another refresh than the one that was planned for is not touched', async () => {
  const on = web();
  await on.plan();
  Object.assign(on.group.refreshes[0]!, { Status: 'Successful' });
  expect(await on.start()).toEqual(no('refused', /the instance refresh .* of web is over/));
  on.group.refreshes.push({ ...on.group.refreshes[0]!, InstanceRefreshId: 'refresh-of-people', Status: 'InProgress' });
  expect(await on.start()).toEqual(no('refused', /is over/));
  expect(on.writes()).toEqual([]);
});

test('one whose targets got well is let go on', async () => {
  const on = web();
  await on.plan();
  const targets = on.account.services.elasticloadbalancing.targetGroup('web')!;
  on.account.services.elasticloadbalancing.health.ail(targets, bad, 'well');
  on.account.services.elasticloadbalancing.health.findNow(targets);
  expect(await on.start()).toEqual(no('refused', /no target of web is unhealthy now/));
});

test('a rollback that fails has failed, and so has a refresh that ran to its end', async () => {
  for (const Status of ['RollbackFailed', 'Successful', 'Failed'] as const) {
    const on = web();
    await on.plan();
    Object.assign(on.group.refreshes[0]!, { Status, StatusReason: 'too slow' });
    expect(await on.check()).toEqual({ kind: 'failed', detail: `the instance refresh of web is ${Status}: too slow` });
  }
  const gone = web();
  await gone.plan();
  answerWith(gone, 'autoscaling', 'DescribeInstanceRefreshes', { InstanceRefreshes: [] });
  expect(await gone.check()).toMatchObject({ kind: 'failed' });
});

/** The launch template takes its image from a parameter, which no read tells. */
const irreversible = Object.assign(new Error('ssm'), { name: 'IrreversibleInstanceRefreshFault' });

test('what Auto Scaling itself cannot take back is stopped where the policy says so', async () => {
  const on = web({}, { parameters: { ifIrreversible: 'cancel' } });
  await on.plan();
  answerWith(on, 'autoscaling', 'RollbackInstanceRefresh', irreversible);
  expect(await on.start()).toMatchObject({ kind: 'started' });
  expect(on.writes().at(-1)).toMatchObject({
    operation: 'CancelInstanceRefresh',
    input: { AutoScalingGroupName: 'web' },
  });
  await on.pass(60);
  expect(await on.checkWithoutHandle()).toMatchObject({ kind: 'done' });
});

test('a rollback that people cancelled is none', async () => {
  const on = web();
  await on.start();
  Object.assign(on.group.refreshes[0]!, { Status: 'Cancelled' });
  expect(await on.check()).toMatchObject({ kind: 'failed' });
});

test('what Auto Scaling itself cannot take back changes nothing', async () => {
  const on = web();
  await on.plan();
  answerWith(on, 'autoscaling', 'RollbackInstanceRefresh', irreversible);
  await expect(on.start()).rejects.toThrow('ssm');
  expect(await on.checkWithoutHandle()).toMatchObject({ kind: 'notStarted' });
});
