import { namedByPolicy } from '../../infra/homeostat/named-by-policy';
import type { UsedRemediation } from '../../infra/homeostat/used-remediations';
import type { WritePermission } from '../../remediations/remediation';

const place = { partition: 'aws', account: '111122223333', regions: ['eu-central-1', 'us-east-1'] } as const;
const zones: WritePermission = {
  action: 'route53:ChangeResourceRecordSets',
  on: 'arn:*:route53:::hostedzone/*',
  tagged: false,
  namedIn: ['hostedZone'],
};
const control = 'arn:aws:route53-recovery-control::111122223333:controlpanel/0a/routingcontrol/0b';

const used = (...parameters: readonly object[]): UsedRemediation =>
  ({ rungs: parameters.map((one) => ({ parameters: one })) }) as unknown as UsedRemediation;

test('a role gets leave for what the rungs name, each once', () => {
  const rungs = used({ hostedZone: 'Z1' }, { hostedZone: 'Z2' }, { hostedZone: 'Z1' });
  expect(namedByPolicy(zones, rungs, place)).toEqual([
    'arn:aws:route53:::hostedzone/Z1',
    'arn:aws:route53:::hostedzone/Z2',
  ]);
});

test('what is named by its ARN is taken as it is, from lists as well', () => {
  const permission = {
    ...zones,
    on: 'arn:*:route53-recovery-control::*:controlpanel/*/routingcontrol/*',
    namedIn: ['off', 'on'],
  };
  const other = control.replace(/0b$/, '0c');
  expect(namedByPolicy(permission, used({ off: [control], on: [other] }), place)).toEqual([control, other]);
});

test('a permission of which parameters say nothing is as it was declared', () => {
  const { namedIn: _none, ...plain } = zones;
  expect(namedByPolicy(plain, used({ hostedZone: 'Z1' }), place)).toBeUndefined();
});
