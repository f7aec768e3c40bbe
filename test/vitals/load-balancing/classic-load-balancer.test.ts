import { classicLoadBalancerVitals, readBackends } from '../../../vitals/load-balancing/classic-load-balancer';
import { bench } from '../../remediations/account';
import { answerWith } from '../../remediations/attempt';

const ids = ['i-0aaaaaaaaaaaaaaa1', 'i-0aaaaaaaaaaaaaaa2'];

function shop(draining = 0) {
  const on = bench();
  for (const id of ids) on.account.services.ec2.addInstance({ id });
  const { classic } = on.account.services.elasticloadbalancing;
  classic.add({ name: 'shop', draining, instances: ids.map((id) => ({ id })), tags: { service: 'shop' } });
  const balancer = on.resource('classic-load-balancer', 'shop');
  const health = () => classicLoadBalancerVitals.health(balancer, 'backend-out-of-service', on.aws);
  return { ...on, classic, balancer, health };
}

test('it is well while all of its instances are in service', async () => {
  const { health, classic } = shop();
  expect(await health()).toEqual({ kind: 'healthy', detail: 'all 2 instances of shop are in service' });
  classic.strand('shop', ids[0]!);
  expect(await health()).toEqual({
    kind: 'unhealthy',
    detail: '1 of 2 instances of shop are not in service: i-0aaaaaaaaaaaaaaa1',
  });
});

test('one that drains is told as in service, and is none', async () => {
  const on = shop(300);
  on.account.call('elasticloadbalancing', 'DeregisterInstancesFromLoadBalancer', {
    LoadBalancerName: 'shop',
    Instances: [{ InstanceId: ids[0] }],
  });
  expect(await on.health()).toMatchObject({ kind: 'unhealthy' });
  expect(await classicLoadBalancerVitals.busy?.(on.balancer, on.aws)).toBe(
    'i-0aaaaaaaaaaaaaaa1 of shop: Instance deregistration currently in progress.',
  );
});

test('without instances it is not well, and a state that is not known is no health', async () => {
  const on = shop();
  answerWith(on, 'elasticloadbalancing', 'DescribeInstanceHealth', { InstanceStates: [] });
  expect(await on.health()).toEqual({ kind: 'unhealthy', detail: 'shop has no instances' });
  const InstanceStates = [{ InstanceId: ids[0], State: 'Unknown', Description: 'N/A' }];
  answerWith(on, 'elasticloadbalancing', 'DescribeInstanceHealth', { InstanceStates });
  expect(await on.health()).toMatchObject({ kind: 'unknown' });
  await expect(classicLoadBalancerVitals.members?.(on.balancer, on.aws)).rejects.toThrow(/does not say how/);
});

test('it is the group that its instances stand in, and counts who is out of service', async () => {
  const { aws, balancer, classic } = shop();
  classic.strand('shop', ids[0]!);
  expect(await classicLoadBalancerVitals.place(balancer, aws)).toEqual({ groups: [balancer] });
  expect(await classicLoadBalancerVitals.members?.(balancer, aws)).toEqual({ size: 2, sick: 1 });
  expect(await classicLoadBalancerVitals.tags(balancer, aws)).toEqual({ service: 'shop' });
});

test('one that does not exist is gone, without tags and in no place', async () => {
  const { aws, resource } = bench();
  const none = resource('classic-load-balancer', 'none');
  expect(await classicLoadBalancerVitals.health(none, 'backend-out-of-service', aws)).toMatchObject({ kind: 'gone' });
  expect(await classicLoadBalancerVitals.tags(none, aws)).toEqual({});
  expect(await classicLoadBalancerVitals.place(none, aws)).toEqual({ groups: [] });
  expect(await classicLoadBalancerVitals.members?.(none, aws)).toEqual({ size: 0, sick: 0 });
  expect(await classicLoadBalancerVitals.busy?.(none, aws)).toBeUndefined();
});

test('what can be no name is not asked for', async () => {
  const on = bench();
  await expect(readBackends('shop; drop', on.aws)).rejects.toThrow(/is not the name of a classic load balancer/);
  expect(on.calls).toEqual([]);
});
