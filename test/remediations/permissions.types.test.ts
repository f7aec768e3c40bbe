import { z } from 'zod';
import { defineRemediation } from '../../remediations/remediation';

/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access -- what must not compile has no type */
// Each line below an `@ts-expect-error` must not compile: `npm run types` fails when one of them does.
it('a remediation cannot call what it does not declare, nor write where it only looks', () => {
  const remediation = defineRemediation({
    name: 'try-the-walls',
    title: 'Try the walls',
    when: 'Never.',
    whenNot: 'Always.',
    heals: [],
    takes: ['ec2-instance'],
    risk: 'low',
    needsApproval: false,
    parameters: z.object({}),
    permissions: {
      read: ['ec2:DescribeInstances'],
      write: [{ action: 'ec2:RebootInstances', on: 'arn:aws:ec2:*:*:instance/*', tagged: true }],
    },
    patience: { checkEvery: 30, giveUpAfter: 900 },
    planned: z.object({}),
    plan: async (_target, _parameters, aws) => {
      await aws.ec2.describeInstances({});
      // @ts-expect-error a write in plan
      await aws.ec2.rebootInstances({ InstanceIds: [] });
      // @ts-expect-error an undeclared operation of a declared service
      await aws.ec2.describeVolumes({});
      // @ts-expect-error an undeclared service
      await aws.rds.describeDBInstances({});
      return { kind: 'refused', reason: 'never' };
    },
    start: async (_plan, aws) => {
      await aws.ec2.rebootInstances({ InstanceIds: [] });
      // @ts-expect-error an undeclared write
      await aws.ec2.terminateInstances({ InstanceIds: [] });
      return { kind: 'started' };
    },
    check: async (_plan, _handle, aws) => {
      // @ts-expect-error a write in check
      await aws.ec2.rebootInstances({ InstanceIds: [] });
      return { kind: 'done', detail: '' };
    },
  });
  expect(remediation.name).toBe('try-the-walls');
});
