import { readEvent } from '../../signals';
import { AssumedWorld } from '../../replay/assumed-world';
import { VirtualClock } from '../../simulator/clock';
import { World } from '../../simulator/world';
import { anywhere, sampleEvent } from '../signals/event-files';

const check = '0f8b1c62-0000-4000-8000-000000000001';

function room(region = 'eu-west-1') {
  const world = new World(new VirtualClock(Date.parse('2026-03-01T10:00:00Z')));
  const assumed = new AssumedWorld(world);
  const account = world.account('111122223333', region);
  const follow = (name: string, changes: object = {}, detail: object = {}): void => {
    const event = sampleEvent(name, changes as never, detail as never);
    const reading = readEvent(event, anywhere);
    assumed.follow(event, reading.kind === 'signals' ? reading.signals : []);
  };
  return { account, assumed, follow, services: account.services };
}

test('a bucket that a finding tells of is made up, public, and shut once the finding is over', () => {
  const { assumed, follow, services } = room();
  follow('access-analyzer/bucket-public');
  expect(assumed.assumed).toContain('bucket shop-images serves no website, and nothing blocks public access to it');
  expect(services.s3.isPublic('shop-images')).toBe(true);
  expect(services.s3.tagsOf('shop-images')).toEqual({ 'homeostat:heal': 'yes' });
  follow('access-analyzer/bucket-public-resolved');
  expect(services.s3.isPublic('shop-images')).toBe(false);
});

test('a health check that an alarm tells of is made up, and its endpoint is dead', async () => {
  const { account, assumed, follow, services } = room('us-east-1');
  follow('cloudwatch/health-check-alarm');
  expect(assumed.assumed.join('\n')).toContain(`health check ${check} asks one address`);
  await account.clock.runUntil(account.clock.now() + 60_000);
  expect(services.route53.isHealthy(check)).toBe(false);
});

test('an access point that an alarm is tagged with is made up, with another Region to go to', () => {
  const { assumed, follow, services } = room();
  const alarmTags = {
    'homeostat:resource': 'multi-region-access-point/mfzwi23gnjvgw.mrap',
    'homeostat:condition': 'region-impaired',
  };
  follow('cloudwatch/instance-cpu-tagged-alarm', {}, { alarmTags });
  expect(assumed.assumed.join('\n')).toContain('could send them to us-west-2');
  expect(services.s3.accessPoints.errorsOf('assumed-eu-west-1')).toBeGreaterThan(0);
});
