import { flipRoutingControl } from '../../../remediations/route53/flip-routing-control';
import { bench } from '../account';
import { attempt, no } from '../attempt';
import {
  endpoints,
  nameCheck,
  primaryControl,
  shopBehindControls,
  standbyAddress,
  standbyCheck,
  standbyControl,
} from './shop';

function on(parameters: object = {}) {
  const ground = bench();
  shopBehindControls(ground);
  const { route53, 'route53-recovery-cluster': cluster } = ground.account.services;
  const target = { resource: ground.resource('health-check', nameCheck), condition: 'endpoint-unhealthy' };
  const given = { endpoints, off: [primaryControl], on: [standbyControl], standby: standbyCheck, ...parameters };
  return { ...ground, route53, cluster, ...attempt(flipRoutingControl, ground, target, given) };
}

const urlsOf = (calls: readonly { readonly input: object }[]): readonly unknown[] =>
  calls.map(({ input }) => (input as { Endpoint?: { url: string } }).Endpoint?.url);

test('both controls are switched in one call, and the name leads to the standby', async () => {
  const { plan, start, check, pass, route53, writes } = on();
  expect(await plan()).toMatchObject({
    kind: 'planned',
    summary: 'switch off routing control 00000000000000aa and on routing control 00000000000000bb',
    touches: [
      { kind: 'routing-control', id: primaryControl },
      { kind: 'routing-control', id: standbyControl },
    ],
    group: 'alone',
  });
  await start();
  expect(writes()).toMatchObject([
    {
      operation: 'UpdateRoutingControlStates',
      input: {
        UpdateRoutingControlStateEntries: [
          { RoutingControlArn: primaryControl, RoutingControlState: 'Off' },
          { RoutingControlArn: standbyControl, RoutingControlState: 'On' },
        ],
      },
    },
  ]);
  expect(writes()[0]?.input).not.toHaveProperty('SafetyRulesToOverride');
  expect(await check()).toMatchObject({ kind: 'done' });
  await pass(60);
  expect(route53.isHealthy(nameCheck)).toBe(true);
});

test('it asks nothing of the control plane of Route 53', async () => {
  const { plan, start, check, route53, calls } = on();
  route53.befall({ controlPlane: 'down' });
  expect(await plan()).toMatchObject({ kind: 'planned' });
  await start();
  expect(await check()).toMatchObject({ kind: 'done' });
  expect([...new Set(calls.map(({ service }) => service))]).toEqual(['cloudwatch', 'route53-recovery-cluster']);
});

test('an endpoint that is unavailable is passed over, and the one that answers gets the change', async () => {
  const { plan, start, cluster, writes, calls } = on();
  cluster.befall({ url: endpoints[0]!.url, is: 'down' });
  await plan();
  await start();
  const reads = calls.filter(({ operation }) => operation === 'GetRoutingControlState');
  expect(new Set(urlsOf(reads))).toEqual(new Set([endpoints[0]!.url, endpoints[1]!.url]));
  expect(urlsOf(writes())).toEqual([endpoints[1]!.url]);
});

test('an endpoint that tells the states and does not take the change is passed over as well', async () => {
  const { plan, start, cluster, writes, undo } = on();
  await plan();
  const { operations } = cluster;
  const take = operations.UpdateRoutingControlStates;
  operations.UpdateRoutingControlStates = (input) => {
    if (input.Endpoint?.url !== endpoints[0]!.url) return take(input);
    throw Object.assign(new Error('not now'), { name: 'EndpointTemporarilyUnavailableException', $fault: 'server' });
  };
  expect(await start()).toEqual({ kind: 'started' });
  expect(cluster.stateOf(standbyControl)).toBe('On');
  expect(urlsOf(writes())).toEqual([endpoints[0]!.url, endpoints[1]!.url]);
  expect(await undo()).toEqual({ kind: 'started' });
  expect(cluster.stateOf(standbyControl)).toBe('Off');
});

test('nothing is planned while no endpoint answers', async () => {
  const { plan, cluster, writes } = on();
  for (const { url } of endpoints) cluster.befall({ url, is: 'down' });
  await expect(plan()).rejects.toThrow('The cluster endpoint is not available');
  expect(writes()).toEqual([]);
});

test('traffic is not sent to a standby that does not answer, nor to one of which nothing is known', async () => {
  const dead = on();
  dead.route53.befall({ address: standbyAddress, is: 'dead' });
  await dead.pass(60);
  expect(await dead.plan()).toEqual(no('refused', /what would take over is unhealthy, by its health check/));
  const silent = on({ standby: '0f8b1c62-0000-4000-8000-00000000000f' });
  expect(await silent.plan()).toEqual(no('refused', /what would take over is silent/));
});

test('a standby that died after the plan keeps the traffic where it is', async () => {
  const { plan, start, pass, route53, writes } = on();
  await plan();
  route53.befall({ address: standbyAddress, is: 'dead' });
  await pass(60);
  expect(await start()).toEqual(no('refused', /what would take over is unhealthy/));
  expect(writes()).toEqual([]);
});

test('a safety rule that stands against it is told, and never overridden', async () => {
  const { plan, start, cluster, check } = on();
  await plan();
  cluster.add({ rules: [{ of: [primaryControl], atLeast: 1 }] });
  expect(await start()).toEqual(no('refused', /safety rule of the control panel stands against it/));
  expect(await check()).toMatchObject({ kind: 'notStarted' });
});

test('controls that are as they should be are no remedy', async () => {
  const { plan, cluster } = on();
  cluster.add({
    controls: [
      { arn: primaryControl, state: 'Off' },
      { arn: standbyControl, state: 'On' },
    ],
  });
  expect(await plan()).toEqual(no('refused', /traffic flows by routing control 00000000000000bb already/));
});

test('controls that others have switched since the plan are left alone', async () => {
  const { plan, start, cluster, writes } = on();
  await plan();
  cluster.add({ controls: [{ arn: standbyControl, state: 'On' }] });
  expect(await start()).toEqual(no('refused', /changed by others since the plan/));
  expect(writes()).toEqual([]);
});

test('undo sends the traffic back', async () => {
  const { start, undo, cluster } = on();
  await start();
  expect(await undo()).toEqual({ kind: 'started' });
  expect([cluster.stateOf(primaryControl), cluster.stateOf(standbyControl)]).toEqual(['On', 'Off']);
});

test('a control cannot be switched off and on', () => {
  const { parameters } = flipRoutingControl;
  const both = { endpoints, off: [primaryControl], on: [primaryControl], standby: standbyCheck };
  expect(parameters.safeParse(both).success).toBe(false);
});
