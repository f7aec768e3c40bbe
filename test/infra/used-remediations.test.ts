import { plannedRemediations, startedRemediations } from '../../infra/homeostat/used-remediations';
import { policyOf } from './policies';

const policy = (rung: string) =>
  policyOf(`
mode: act
rules:
  - { name: hosts, on: [ec2-instance-impaired], try: [${rung}], escalate: [oncall] }
contacts: { oncall: { topic: 'arn:aws:sns:eu-west-1:111122223333:oncall' } }
`);

const leave = (rung: string) => {
  const [used] = startedRemediations(policy(rung));
  const [planned] = plannedRemediations(policy(rung));
  return {
    writes: used?.remediation.permissions.write.map(({ action }) => action),
    looks: planned?.remediation.permissions.read.includes('ec2:DescribeSnapshots'),
  };
};

test('leave to make snapshots, and to look at them, is given only where a rung wants one first', () => {
  expect(leave('stop-start-instance')).toEqual({ writes: ['ec2:StopInstances', 'ec2:StartInstances'], looks: false });
  expect(leave('{ stop-start-instance: { snapshotFirst: true } }')).toEqual({
    writes: ['ec2:StopInstances', 'ec2:StartInstances', ...Array<string>(3).fill('ec2:CreateSnapshots')],
    looks: true,
  });
});

test('what can lose no data gets no leave for snapshots, whatever the rung says', () => {
  expect(leave('{ reboot-instance: { snapshotFirst: true } }')).toEqual(leave('reboot-instance'));
});
