import fc from 'fast-check';
import { serves } from '../../simulator/ec2/instance';
import { Refusal } from '../../simulator/refusal';
import { room, second, type Room } from './compute';

const kinds = ['instance', 'system', 'application', 'retiring'] as const;
const calls = ['RebootInstances', 'StopInstances', 'StartInstances', 'TerminateInstances'] as const;

/** One thing that somebody does to the group or to the member at a place, whatever it is by then. */
const deed = fc.oneof(
  fc.record({ does: fc.constantFrom(...calls), at: fc.nat(7) }),
  fc.record({ does: fc.constant('sicken' as const), at: fc.nat(7), kind: fc.constantFrom(...kinds) }),
  fc.record({
    does: fc.constantFrom(
      'condemn' as const,
      'terminate' as const,
      'standby' as const,
      'return' as const,
      'drain' as const,
    ),
    at: fc.nat(7),
  }),
  fc.record({ does: fc.constant('resize' as const), at: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ does: fc.constant('wait' as const), at: fc.nat(400) }),
);
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

/** AWS refuses much of it, by name; nothing else may be thrown. */
function attempt({ account }: Room, service: string, operation: string, input: object): void {
  try {
    account.call(service, operation, input);
  } catch (error) {
    if (!(error instanceof Refusal) || error.name === 'NotSimulated') throw error;
  }
}

async function perform(made: Room, arn: string, done: Deed): Promise<void> {
  const { services } = made.account;
  const members = [...(services.autoscaling.group('web')?.members.keys() ?? [])];
  const id = members[done.at % Math.max(1, members.length)] ?? 'i-0ffffffffffffffff';
  const group = { AutoScalingGroupName: 'web' };
  const requests: Record<Exclude<Deed['does'], 'sicken' | 'wait'>, [string, string, object]> = {
    RebootInstances: ['ec2', 'RebootInstances', { InstanceIds: [id] }],
    StopInstances: ['ec2', 'StopInstances', { InstanceIds: [id] }],
    StartInstances: ['ec2', 'StartInstances', { InstanceIds: [id] }],
    TerminateInstances: ['ec2', 'TerminateInstances', { InstanceIds: [id] }],
    resize: ['autoscaling', 'SetDesiredCapacity', { ...group, DesiredCapacity: done.at }],
    condemn: ['autoscaling', 'SetInstanceHealth', { InstanceId: id, HealthStatus: 'Unhealthy' }],
    terminate: ['autoscaling', 'TerminateInstanceInAutoScalingGroup', { InstanceId: id }],
    standby: ['autoscaling', 'EnterStandby', { ...group, InstanceIds: [id] }],
    return: ['autoscaling', 'ExitStandby', { ...group, InstanceIds: [id] }],
    drain: ['elasticloadbalancing', 'DeregisterTargets', { TargetGroupArn: arn, Targets: [{ Id: id }] }],
  };
  if (done.does === 'wait') await made.clock.runUntil(made.clock.now() + done.at * second);
  else if (done.does !== 'sicken') attempt(made, ...requests[done.does]);
  else if (services.ec2.instance(id)) services.ec2.sicken(id, { kind: done.kind });
}

test('whatever is done to a group, it comes to rest at its size, with every count right', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: 40 }), async (deeds) => {
      const made = room();
      const { autoscaling, ec2, elasticloadbalancing } = made.account.services;
      const targets = elasticloadbalancing.addTargetGroup({ name: 'web' });
      const group = autoscaling.addGroup({ name: 'web', min: 1, max: 6, desired: 3, targetGroups: ['web'] });
      for (const done of deeds) await perform(made, targets.arn, done);
      await made.settle();

      const members = [...group.members.values()];
      const inService = members.filter(({ lifecycle }) => lifecycle === 'InService');
      expect(inService).toHaveLength(group.desired);
      expect(members.every(({ lifecycle }) => lifecycle === 'InService' || lifecycle === 'Standby')).toBe(true);
      expect(inService.every(({ id }) => ec2.instance(id)?.power === 'running')).toBe(true);
      expect(group.serving).toBe(inService.filter(({ id }) => serves(ec2.instance(id)!)).length);
      const settled = ['healthy', 'unhealthy', 'unused'];
      expect([...targets.targets.values()].every(({ state }) => settled.includes(state))).toBe(true);
      expect(group.activities.some(({ status }) => status === 'InProgress')).toBe(false);
      expect(group.activities.some(({ endedAt }) => endedAt === undefined)).toBe(false);
    }),
    { numRuns: 150, seed: 1 },
  );
});
