import { readCrossZone, readZonesOf } from '../../../vitals/load-balancing/target-zones';
import { bench } from '../../remediations/account';

const arn = 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/73e2d6bc24d8a067';
const balancer = (end: string) => `arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/${end}`;
const key = 'load_balancing.cross_zone.enabled';

/** Reads the setting of a target group behind this load balancer. */
function crossZone(own: string | undefined, behind: string, balancers: string | undefined) {
  const attributes = (Value: string | undefined) => ({ $metadata: {}, Attributes: Value ? [{ Key: key, Value }] : [] });
  const elasticloadbalancing = {
    describeTargetGroupAttributes: async () => attributes(own),
    describeTargetGroups: async () => ({ $metadata: {}, TargetGroups: [{ LoadBalancerArns: [balancer(behind)] }] }),
    describeLoadBalancerAttributes: async () => attributes(balancers),
  };
  return readCrossZone(arn, { ...bench().aws, elasticloadbalancing });
}

test.each([
  ['true', 'on'],
  ['false', 'off'],
])('what a target group says itself (%s) counts', async (own, read) => {
  expect(await crossZone(own, 'net/web/50dc6c495c0c9188', own === 'true' ? 'false' : 'true')).toBe(read);
});

test.each([
  ['an Application Load Balancer', 'app/web/50dc6c495c0c9188', undefined, 'on'],
  ['a Network Load Balancer that has it on', 'net/web/50dc6c495c0c9188', 'true', 'on'],
  ['a Network Load Balancer that has it off', 'net/web/50dc6c495c0c9188', 'false', 'off'],
])('a target group that leaves it to %s is read there', async (_, behind, balancers, read) => {
  expect(await crossZone('use_load_balancer_configuration', behind, balancers)).toBe(read);
});

test('a setting that nobody tells is not guessed', async () => {
  await expect(crossZone(undefined, 'net/web/50dc6c495c0c9188', undefined)).rejects.toThrow('did not answer whether');
});

test('a target is in its instance’s zone, or in the one given when it was registered', async () => {
  const { account, aws } = bench();
  const { id } = account.services.ec2.addInstance({ zone: 'eu-central-1b' });
  const target = { port: 80, state: 'healthy', reason: '', isAnomalous: false };
  const zoneOf = await readZonesOf([{ ...target, id }], aws);
  expect(zoneOf({ ...target, id })).toBe('eu-central-1b');
  expect(zoneOf({ ...target, id: '10.0.0.1', zone: 'all' })).toBe('all');
  expect(() => zoneOf({ ...target, id: '10.0.0.1' })).toThrow('the zone of 10.0.0.1:80 could not be read');
});
