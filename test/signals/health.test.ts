import { readEvent } from '../../signals';
import type { Signal } from '../../signals/signal';
import { anywhere, inWords, sampleEvent } from './event-files';

const signals = (name: string, changes = {}, detail = {}): readonly Signal[] => {
  const reading = readEvent(sampleEvent(`health/${name}`, changes, detail), anywhere);
  return reading.kind === 'signals' ? reading.signals : [];
};
const words = (name: string, detail = {}): string =>
  inWords(readEvent(sampleEvent(`health/${name}`, {}, detail), anywhere)).join(' + ');

describe('one communication of AWS Health', () => {
  test('has one key in its region and in the backup region', () => {
    const [here] = signals('retirement-scheduled');
    const [there] = signals('retirement-backup-region');
    expect(there?.eventId).not.toBe(here?.eventId);
    expect(there?.dedupKey).toBe(here?.dedupKey);
  });

  test('has a key for each resource, across its pages', () => {
    const keys = [...signals('retirement-page-1-of-2'), ...signals('retirement-page-2-of-2')].map(
      (one) => one.dedupKey,
    );
    expect(new Set(keys).size).toBe(3);
  });

  test('is another fact for another account, though the event has one ARN', () => {
    const [ours] = signals('retirement-scheduled');
    const [theirs] = signals('organizational-view');
    expect(theirs?.evidence.healthEventArn).toBe(ours?.evidence.healthEventArn);
    expect(theirs?.dedupKey).not.toBe(ours?.dedupKey);
  });

  test('is followed by another with a key of its own', () => {
    const [first] = signals('retirement-scheduled');
    const [second] = signals('retirement-scheduled', {}, { communicationId: '0a1b2c3d-9' });
    expect(second?.dedupKey).not.toBe(first?.dedupKey);
  });
});

test('a signal carries the tags of its resource, the event as evidence, and the date that is set', () => {
  expect(signals('retirement-scheduled')[0]).toMatchObject({
    tags: { service: 'shop' },
    evidence: { healthEventArn: expect.stringContaining('RETIREMENT') as string },
    detail: expect.stringContaining('Sun, 15 Mar 2026 04:00:00 GMT') as string,
    at: Date.UTC(2026, 2, 1, 9, 59, 30),
  });
});

test('an event that is closed is the recovery of all that it names', () => {
  expect(words('retirement-page-1-of-2', { statusCode: 'closed' })).toBe(
    'recovered ec2-instance-retiring 111122223333/eu-west-1/ec2-instance/i-0aaaaaaaaaaaaaaa1 + ' +
      'recovered ec2-instance-retiring 111122223333/eu-west-1/ec2-instance/i-0aaaaaaaaaaaaaaa2',
  );
});

test('a status that AWS has not yet had is not acted on', () => {
  expect(words('retirement-scheduled', { statusCode: 'open|closed|upcoming' })).toMatch(
    /^ignored: .*status that is not known/,
  );
});

test('auto recovery that worked is recovery', () => {
  expect(words('auto-recovery-failed', { eventTypeCode: 'AWS_EC2_SIMPLIFIED_AUTO_RECOVERY_SUCCESS' })).toMatch(
    /^recovered ec2-host-impaired /,
  );
});

test.each([
  ['toString', 'no signal is read from'],
  ['AWS_EC2_SOMETHING_NEW', 'no signal is read from'],
])('the code %s is ignored by name', (eventTypeCode, reason) => {
  expect(words('retirement-scheduled', { eventTypeCode })).toContain(reason);
});

test.each([
  ['a volume', 'vol-0a1b2c3d4e5f60718'],
  ["another account's instance", 'arn:aws:ec2:eu-west-1:444455556666:instance/i-0a1b2c3d4e5f60718'],
  ["another region's instance", 'arn:aws:ec2:eu-west-2:111122223333:instance/i-0a1b2c3d4e5f60718'],
  ['an access key', 'AKIAIOSFODNN7EXAMPLE'],
  ['nothing', ''],
])('an instance code that names %s names no instance', (_, entityValue) => {
  expect(words('retirement-scheduled', { affectedEntities: [{ entityValue }] })).toMatch(
    /^ignored: .*names no ec2-instance/,
  );
});

test('an entity that makes no sense does not hide the others', () => {
  const affectedEntities = [{ entityValue: 'arn:ec2-1-101002929' }, { entityValue: 'i-0a1b2c3d4e5f60718' }];
  expect(words('retirement-scheduled', { affectedEntities })).toMatch(/^unhealthy ec2-instance-retiring \S+$/);
});
