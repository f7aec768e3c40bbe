import type { ConditionMapping } from '../../signals/condition-mapping';
import { parseEventPattern } from '../../signals/event-pattern';
import { readEvent } from '../../signals';
import { anywhere, inWords, sampleEvent } from './event-files';

function mapping(
  changes: Partial<Omit<ConditionMapping, 'pattern'>> & { readonly pattern?: object } = {},
): ConditionMapping {
  const { pattern = { source: ['aws.s3'], 'detail-type': ['Object Created'] }, ...others } = changes;
  const parsed = parseEventPattern(pattern);
  if (parsed.kind === 'invalid') throw new Error(parsed.reason);
  return {
    condition: 'upload-stuck',
    pattern: parsed.pattern,
    resource: { kind: 'auto-scaling-group', id: 'uploaders' },
    means: 'unhealthy',
    ...others,
  };
}
const read = (name: string, ...mappings: ConditionMapping[]): string =>
  inWords(readEvent(sampleEvent(name), { ...anywhere, mappings })).join(' + ');

describe('an event that a mapping matches', () => {
  test('means what the mapping says', () => {
    expect(read('s3/object-created', mapping())).toBe(
      'unhealthy upload-stuck 111122223333/eu-west-1/auto-scaling-group/uploaders',
    );
    expect(read('s3/object-created', mapping({ means: 'recovered' }))).toMatch(/^recovered upload-stuck /);
  });

  test('is not read by its source any more', () => {
    const own = mapping({
      condition: 'checkout-slow',
      pattern: { detail: { alarmName: ['web-1 status'], state: { value: ['ALARM'] } } },
      resource: {
        kind: 'ec2-instance',
        id: { path: 'detail.configuration.metrics.0.metricStat.metric.dimensions.InstanceId' },
      },
    });
    const reading = readEvent(sampleEvent('cloudwatch/instance-status-alarm'), { ...anywhere, mappings: [own] });
    expect(reading).toMatchObject({
      kind: 'signals',
      signals: [
        {
          kind: 'unhealthy',
          condition: 'checkout-slow',
          resource: { kind: 'ec2-instance', id: 'i-0a1b2c3d4e5f60718' },
          evidence: { alarmArn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:web-1 status' },
        },
      ],
    });
  });

  test('means what the first of several mappings says', () => {
    expect(read('s3/object-created', mapping(), mapping({ condition: 'other' }))).toMatch(/^unhealthy upload-stuck /);
  });

  test.each([
    ['leads nowhere', 'detail.bucket.owner.name'],
    ['leads to an object', 'detail.bucket'],
    ['leads through text', 'source.length'],
    ['leads to a prototype', 'detail.constructor.name'],
    ['is past the end of a list', 'resources.1'],
    ['is empty', '.'],
  ])('is ignored with a reason when the path %s', (_, path) => {
    const lost = mapping({ resource: { kind: 'other', id: { path } } });
    expect(read('s3/object-created', lost)).toBe(
      `ignored: the mapping for upload-stuck finds no text at ${path} of the event`,
    );
  });

  test('is ignored with a reason when what stands there is no such resource', () => {
    const wrong = mapping({ resource: { kind: 'ec2-instance', id: { path: 'detail.bucket.name' } } });
    expect(read('s3/object-created', wrong)).toBe(
      'ignored: the mapping for upload-stuck finds no ec2-instance of this account and region, but shop-uploads',
    );
  });

  test("is ignored when it names another account's target group", () => {
    const id = 'arn:aws:elasticloadbalancing:eu-west-1:444455556666:targetgroup/web/0123456789abcdef';
    expect(read('s3/object-created', mapping({ resource: { kind: 'target-group', id } }))).toMatch(
      /^ignored: .*finds no/,
    );
  });

  test('is about the account and region that AWS Health speaks of, not those that deliver it', () => {
    const own = mapping({
      pattern: { source: ['aws.health'] },
      resource: { kind: 'ec2-instance', id: { path: 'detail.affectedEntities.0.entityValue' } },
    });
    expect(read('health/organizational-view', own)).toContain('444455556666/eu-west-1/');
    expect(read('health/retirement-backup-region', own)).toContain('111122223333/eu-west-1/');
  });
});

describe('an alarm that a mapping matches by its name alone', () => {
  const own = mapping({
    condition: 'checkout-slow',
    pattern: { source: ['aws.cloudwatch'] },
    resource: { kind: 'other', id: 'checkout' },
  });

  test('tells of recovery when it returns to OK', () => {
    expect(read('cloudwatch/instance-status-alarm', own)).toMatch(/^unhealthy checkout-slow /);
    expect(read('cloudwatch/instance-status-ok', own)).toMatch(/^recovered checkout-slow /);
  });

  test('tells nothing while it is muted or suppressed', () => {
    expect(read('cloudwatch/muted-alarm', own)).toMatch(/^ignored: alarm web-1 status is muted by /);
    expect(read('cloudwatch/suppressed-composite-alarm', own)).toMatch(/^ignored: the actions of alarm shop /);
  });
});

test('an event that no mapping matches is read by its source', () => {
  expect(read('ec2/instance-running', mapping())).toMatch(/^progress /);
});
