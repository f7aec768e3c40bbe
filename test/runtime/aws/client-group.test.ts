import { ClientGroup } from '../../../runtime/aws/client-group';
import { Route53RecoveryCluster } from '@aws-sdk/client-route53-recovery-cluster';

/** A group that tells how many clients it has made. */
class Counted extends ClientGroup {
  made = 0;

  at(name: string): Route53RecoveryCluster {
    return this.member(name, (settings) => {
      this.made += 1;
      return new Route53RecoveryCluster(settings);
    });
  }
}

test('a client is made when it is first needed, and then kept', () => {
  const group = new Counted({ region: 'us-east-1' });
  expect(group.made).toBe(0);
  expect(group.at('one')).toBe(group.at('one'));
  expect(group.at('other')).not.toBe(group.at('one'));
  expect(group.made).toBe(2);
});

test('what is added to the group is gone through by the calls of each of its clients', async () => {
  const group = new Counted({ region: 'us-east-1' });
  group.middlewareStack.add(
    () => async () => Promise.resolve({ response: {}, output: { $metadata: {}, RoutingControlState: 'On' } }),
    { step: 'initialize', priority: 'high', name: 'answers' },
  );
  const answers = ['one', 'other'].map(async (name) =>
    group.at(name).getRoutingControlState({ RoutingControlArn: 'arn' }),
  );
  expect((await Promise.all(answers)).map(({ RoutingControlState }) => RoutingControlState)).toEqual(['On', 'On']);
});
