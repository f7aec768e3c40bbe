import { resumeGroupProcesses } from '../../../remediations/auto-scaling/resume-group-processes';
import { bench, type Bench } from '../account';
import { attempt, no } from '../attempt';

type Group = Parameters<Bench['account']['services']['autoscaling']['addGroup']>[0];

function web(described: Partial<Group> = {}, parameters?: object) {
  const on = bench();
  const group = on.account.services.autoscaling.addGroup({
    name: 'web',
    desired: 3,
    suspended: ['Launch', 'ReplaceUnhealthy', 'AZRebalance'],
    ...described,
  });
  const target = { resource: on.resource('auto-scaling-group', 'web'), condition: 'group-process-suspended' };
  return { ...on, group, ...attempt(resumeGroupProcesses, on, target, parameters) };
}

test('only what heals the group is resumed, by name', async () => {
  const { plan, start, check, writes, group } = web();
  expect(await plan()).toMatchObject({
    kind: 'planned',
    summary: 'resume Launch, ReplaceUnhealthy of web; members that it then launches, replaces or ends: 0',
    touches: [{ kind: 'auto-scaling-group', id: 'web' }],
    group: { size: 3, healthyOthers: 3 },
  });
  await start();
  expect(writes()).toMatchObject([
    {
      operation: 'ResumeProcesses',
      input: { AutoScalingGroupName: 'web', ScalingProcesses: ['Launch', 'ReplaceUnhealthy'] },
    },
  ]);
  expect(await check()).toMatchObject({ kind: 'done' });
  expect([...group.suspended.keys()]).toEqual(['AZRebalance']);
});

test('of several processes the policy may name one', async () => {
  const on = web({}, { processes: ['Launch'] });
  await on.start();
  expect(on.writes()).toMatchObject([{ input: { ScalingProcesses: ['Launch'] } }]);
});

test('nothing is resumed where nothing that heals is suspended', async () => {
  expect(await web({ suspended: ['AZRebalance'] }).plan()).toEqual(
    no('notNeeded', /none of Launch.* of web is suspended/),
  );
});

test('what AWS itself has suspended is left so', async () => {
  const on = web();
  on.group.suspended.set('Launch', 'Administratively suspended at 2026-11-20T00:00:00Z due to failed launches');
  expect(await on.plan()).toEqual(no('refused', /Launch of web was not suspended by people: Administratively/));
});

test('a group that CodeDeploy deploys to is for people', async () => {
  const hooks = [{ name: 'CodeDeploy-managed-automatic-launch-deployment-hook-web-1', on: 'launch' }] as const;
  expect(await web({ hooks }).plan()).toEqual(no('refused', /CodeDeploy deploys to web/));
});

test('a tag by which a deployment marks the group is waited for to go', async () => {
  const tags = { 'deploy:running': 'release-7' };
  expect(await web({ tags }, { deploymentTags: ['deploy:running'] }).plan()).toEqual(
    no('busy', /web has the tag deploy:running: a deployment is under way/),
  );
  expect(await web({ tags }).plan()).toMatchObject({ kind: 'planned' });
});

test('a group that would launch many at once is for people, unless the policy allows it', async () => {
  const lacking = (parameters?: object) => {
    const on = web({ desired: 6 }, parameters);
    for (const id of [...on.group.members.keys()].slice(0, 4)) on.group.members.delete(id);
    return on.plan();
  };
  expect(await lacking()).toEqual(
    no('refused', /web would launch, replace or end 4 members at once, and atMostMoves is 3/),
  );
  expect(await lacking({ atMostMoves: 4 })).toMatchObject({
    summary: expect.stringMatching(/or ends: 4$/) as string,
  });
});

test('a group that would end many at once is for people, too, and what it may not end stays', async () => {
  const tooLarge = (suspended: readonly string[]) => {
    const on = web({ desired: 6, suspended });
    on.group.desired = 2;
    return on.plan();
  };
  expect(await tooLarge(['Terminate'])).toEqual(no('refused', /web would launch, replace or end 4 members at once/));
  expect(await tooLarge(['Launch'])).toMatchObject({ summary: expect.stringMatching(/or ends: 0$/) as string });
});

test('what was suspended anew since the plan was suspended for another reason', async () => {
  const on = web();
  await on.plan();
  await on.pass(60);
  on.account.services.autoscaling.setSuspended('web', ['Launch', 'ReplaceUnhealthy']);
  expect(await on.start()).toEqual(
    no('refused', /the suspension of Launch, ReplaceUnhealthy of web was changed by others/),
  );
  expect(on.writes()).toEqual([]);
  expect(await on.check()).toMatchObject({ kind: 'failed' });
});

test('a second start resumes nothing more', async () => {
  const on = web();
  await on.start();
  expect(await on.start()).toEqual({ kind: 'started' });
  expect(on.writes()).toHaveLength(1);
});
