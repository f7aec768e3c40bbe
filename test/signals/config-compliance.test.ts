import { readEvent } from '../../signals';
import { anywhere, inWords, sampleEvent } from './event-files';

const read = (detail: object): string =>
  inWords(readEvent(sampleEvent('config/table-not-restorable', {}, detail as never), anywhere)).join(' + ');

test.each([
  'dynamodb-pitr-enabled',
  'DYNAMODB-PITR-ENABLED',
  'securityhub-dynamodb-pitr-enabled-0a1b2c3d',
  'dynamodb-pitr-enabled-conformance-pack-6cruwvtg2',
  'dynamodb-table-deletion-protection-enabled',
])('a table that breaks %s is unprotected', (configRuleName) => {
  expect(read({ configRuleName })).toMatch(/^unhealthy table-unprotected \S+\/table\/orders$/);
});

test.each(['dynamodb-autoscaling-enabled', 'mydynamodb-pitr-enabled', 'dynamodb-pitr-enabled2', 'constructor'])(
  'the rule %s tells nothing that is known here',
  (configRuleName) => {
    expect(read({ configRuleName })).toMatch(/^ignored: no signal is read from the rule/);
  },
);

test('a rule of that name over other resources tells nothing', () => {
  expect(read({ resourceType: 'AWS::EC2::Volume' })).toMatch(/^ignored: no signal is read from the rule/);
});

test.each(['NOT_APPLICABLE', 'INSUFFICIENT_DATA'])('%s is neither sickness nor health', (complianceType) => {
  expect(read({ newEvaluationResult: { complianceType } })).toMatch(/^ignored: orders is /);
});

test('what it says of the tables of others is not believed', () => {
  expect(read({ awsAccountId: '444455556666' })).toMatch(/^ignored: the event comes from 111122223333 eu-west-1, and/);
  expect(read({ awsRegion: 'us-east-1' })).toMatch(/^ignored: the event comes from/);
});

test('an id that is no name of a table is ignored', () => {
  expect(read({ resourceId: '../orders' })).toMatch(/^ignored: the event names "..\/orders"/);
});
