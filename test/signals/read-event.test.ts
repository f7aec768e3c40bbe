import { readEvent, sources } from '../../signals';
import { anywhere, inWords, sampleEvent } from './event-files';

const here = { accounts: ['111122223333'], regions: ['eu-west-1'] };
const read = (name: string, options: Parameters<typeof readEvent>[1] = here, changes = {}, detail = {}): string =>
  inWords(readEvent(sampleEvent(name, changes, detail), options)).join(' + ');

describe('where events are taken from', () => {
  test('an event of an account that is not listed is refused', () => {
    expect(read('ec2/instance-running', { ...here, accounts: ['444455556666'] })).toBe(
      'refused: account 111122223333 is not one that events are taken from',
    );
  });

  test('an event of a region that is not listed is refused', () => {
    expect(read('ec2/instance-running', { ...here, regions: ['us-east-1'] })).toBe(
      'refused: region eu-west-1 is not one that events are taken from',
    );
  });

  test('an empty list takes nothing', () => {
    expect(read('ec2/instance-running', { accounts: [], regions: 'any' })).toMatch(/^refused: /);
    expect(read('ec2/instance-running', { accounts: 'any', regions: [] })).toMatch(/^refused: /);
  });

  test('an event that nobody reads is refused all the same when it comes from elsewhere', () => {
    expect(read('s3/object-created', { ...here, accounts: [] })).toMatch(/^refused: /);
  });

  test('a Health event delivered in its backup region is about the region where it happened', () => {
    expect(read('health/retirement-backup-region')).toBe(
      'unhealthy ec2-instance-retiring 111122223333/eu-west-1/ec2-instance/i-0a1b2c3d4e5f60718',
    );
    expect(read('health/retirement-backup-region', { ...here, regions: ['us-west-2'] })).toMatch(
      /^refused: i-0a1b2c3d4e5f60718: region eu-west-1 /,
    );
  });

  test("another account's resource under the organizational view is refused unless its account is listed", () => {
    expect(read('health/organizational-view')).toMatch(/^refused: .*account 444455556666/);
    const both = { ...here, accounts: ['111122223333', '444455556666'] };
    expect(read('health/organizational-view', both)).toContain('444455556666/eu-west-1/ec2-instance/');
  });

  test("an alarm on another account's metric is about that account's resource", () => {
    const metrics = [
      {
        id: 'm1',
        accountId: '444455556666',
        metricStat: {
          metric: { namespace: 'AWS/EC2', name: 'StatusCheckFailed', dimensions: { InstanceId: 'i-0123abcd' } },
        },
        returnData: true,
      },
    ];
    const detail = { configuration: { metrics } };
    expect(read('cloudwatch/instance-status-alarm', here, {}, detail)).toMatch(
      /^refused: i-0123abcd: account 444455556666/,
    );
    expect(read('cloudwatch/instance-status-alarm', anywhere, {}, detail)).toContain('444455556666/eu-west-1/');
  });

  test('an event in the name of Homeostat is refused', () => {
    expect(read('ec2/instance-running', here, { source: 'homeostat.incidents' })).toBe(
      'refused: only Homeostat itself sends events as homeostat.incidents',
    );
  });
});

describe('sources', () => {
  test('no two sources claim the same event', () => {
    const claims = sources.flatMap(({ pattern }) =>
      pattern.source.flatMap((source) => pattern['detail-type'].map((type) => `${source}: ${type}`)),
    );
    expect(new Set(claims).size).toBe(claims.length);
  });

  test('a detail that is not as AWS sends it is invalid, and says which field', () => {
    expect(read('ec2/instance-running', here, {}, { state: undefined })).toBe(
      'invalid: not as AWS sends EC2 Instance State-change Notification: detail.state is missing',
    );
  });

  test('a field that AWS adds does not matter', () => {
    expect(read('ec2/instance-running', here, { novelty: { a: 1 } }, { novelty: 1 })).toMatch(/^progress /);
  });

  test('a replayed event is not acted on, whatever it tells', () => {
    expect(read('cloudwatch/instance-status-alarm', here, { 'replay-name': 'drill' })).toBe(
      'ignored: replayed from an archive by drill: old news is not acted on',
    );
  });
});
