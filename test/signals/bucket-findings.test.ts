import { readEvent } from '../../signals';
import { anywhere, inWords, sampleEvent } from './event-files';

const read = (name: string, detail: object): string =>
  inWords(readEvent(sampleEvent(name, {}, detail as never), anywhere)).join(' + ');

const analyzed = 'access-analyzer/bucket-public';
const guarded = 'guardduty/bucket-opened-to-all';
const controlled = 'securityhub/bucket-readable-by-all';

/** The finding of Security Hub with these changes. */
function finding(changes: object): object {
  const [known] = sampleEvent(controlled).detail['findings'] as readonly object[];
  return { findings: [{ ...known, ...changes }] };
}

describe('Access Analyzer', () => {
  test('a finding that somebody has archived is meant to be so', () => {
    expect(read(analyzed, { status: 'ARCHIVED' })).toMatch(/^ignored: the finding about shop-images is ARCHIVED/);
  });

  test('a finding about anything but a bucket is for people', () => {
    const role = { resourceType: 'AWS::IAM::Role', resource: 'arn:aws:iam::111122223333:role/web' };
    expect(read(analyzed, role)).toMatch(/^ignored: what is done about the access to a AWS::IAM::Role is for people/);
  });

  test('what it says of the buckets of others is not believed', () => {
    expect(read(analyzed, { accountId: '444455556666' })).toMatch(/^ignored: the event comes from/);
    expect(read(analyzed, { resource: 'arn:aws:s3:::shop-images/key' })).toMatch(/which is no bucket$/);
  });
});

describe('GuardDuty', () => {
  test.each([
    ['archived', { service: { archived: true } }, /is archived: somebody means it to be so$/],
    ['a sample', { service: { additionalInfo: { sample: true } } }, /is a sample, and tells of nothing$/],
    ['of another account', { accountId: '444455556666' }, /^ignored: the event comes from/],
    ['without a bucket', { resource: {} }, /names no bucket$/],
    ['of the whole account', { type: 'Policy:S3/AccountBlockPublicAccessDisabled' }, /is for people to decide$/],
  ])('a finding that is %s tells nothing', (_, detail, reason) => {
    expect(read(guarded, detail)).toMatch(reason);
  });
});

describe('Security Hub', () => {
  test.each(['S3.2', 'S3.3', 'S3.8'])('a bucket that fails %s may be public', (SecurityControlId) => {
    const failed = finding({ Compliance: { Status: 'FAILED', SecurityControlId } });
    expect(read(controlled, failed)).toMatch(/^unhealthy bucket-public \S+\/bucket\/shop-images$/);
  });

  test('a control with a longer name is another one', () => {
    const failed = finding({ Compliance: { Status: 'FAILED', SecurityControlId: 'S3.22' } });
    expect(read(controlled, failed)).toBe('ignored: what is done about the control S3.22 is for people to decide');
  });

  test.each([
    [
      'has no verdict',
      { Compliance: { Status: 'NOT_AVAILABLE', SecurityControlId: 'S3.2' } },
      /has come to no verdict$/,
    ],
    ['is archived', { RecordState: 'ARCHIVED' }, /is archived, resolved or suppressed$/],
    ['is suppressed', { Workflow: { Status: 'SUPPRESSED' } }, /is archived, resolved or suppressed$/],
    ['is of another account', { AwsAccountId: '444455556666' }, /names no bucket of 111122223333 eu-west-1$/],
  ])('a finding that %s tells nothing', (_, changes, reason) => {
    expect(read(controlled, finding(changes))).toMatch(reason);
  });

  test('each finding of an event is read', () => {
    const [known] = sampleEvent(controlled).detail['findings'] as readonly object[];
    const other = { ...known, Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::shop-logs', Region: 'eu-west-1' }] };
    expect(read(controlled, { findings: [known, other] })).toMatch(/shop-images \+ unhealthy .*shop-logs$/);
  });
});

test('a call that names no bucket tells nothing', () => {
  expect(read('s3/bucket-policy-put', { requestParameters: {} })).toBe(
    'ignored: the call of PutBucketPolicy names no bucket',
  );
});

test.each(['s3-bucket-public-write-prohibited', 'securityhub-s3-bucket-level-public-access-prohibited-0a1b2c3d'])(
  'a bucket that breaks the Config rule %s may be public',
  (configRuleName) => {
    expect(read('config/bucket-readable-by-all', { configRuleName })).toMatch(/^unhealthy bucket-public/);
  },
);

test('a rule about buckets says nothing of a table', () => {
  expect(read('config/bucket-readable-by-all', { resourceType: 'AWS::DynamoDB::Table' })).toMatch(
    /^ignored: no signal/,
  );
});
