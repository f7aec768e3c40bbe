import { VirtualClock } from '../../simulator/clock';
import { announceRetirement } from '../../simulator/health';
import { type SimulatedAccount, World } from '../../simulator/world';
import { readEvent } from '../../signals';
import { inWords } from './event-files';
import { publishedProblems } from './published-schema';

const minute = 60_000;
const at = '123456789012/us-east-1';
const id = 'i-0aaaaaaaaaaaaaaaa';

/** What is read of every event that a simulated account sends within an hour of what is done to it. */
async function told(happen: (account: SimulatedAccount) => void): Promise<readonly string[]> {
  const clock = new VirtualClock(Date.parse('2026-03-02T10:00:00Z'));
  const world = new World(clock);
  const words: string[] = [];
  world.subscribe((event) => {
    const json: unknown = JSON.parse(JSON.stringify(event));
    words.push(...inWords(readEvent(json, { accounts: ['123456789012'], regions: ['us-east-1'] })));
    words.push(...publishedProblems(json as Record<string, unknown>));
  });
  happen(world.account('123456789012', 'us-east-1'));
  await clock.runUntil(clock.now() + 60 * minute);
  return words;
}

describe('what a simulated account sends is read as what AWS sends', () => {
  test('an alarm that rises and falls', async () => {
    const words = await told((account) => {
      account.services.ec2.addInstance({ id });
      account.services.cloudwatch.add({
        name: 'status',
        metric: { namespace: 'AWS/EC2', name: 'StatusCheckFailed', dimensions: { InstanceId: id } },
        periodSeconds: 60,
        evaluationPeriods: 2,
      });
      account.services.ec2.sicken(id, { kind: 'instance' });
      account.clock.after(10 * minute, () => {
        account.services.ec2.cure(id);
      });
    });
    expect(words).toEqual([
      `unhealthy ec2-instance-impaired ${at}/ec2-instance/${id}`,
      `recovered ec2-instance-impaired ${at}/ec2-instance/${id}`,
    ]);
  });

  test('a Spot instance that is taken back', async () => {
    const words = await told((account) => {
      account.services.ec2.addInstance({ id });
      account.services.ec2.interruptSpot(id);
    });
    expect(words[0]).toBe(`unhealthy spot-instance-interrupted ${at}/ec2-instance/${id}`);
    expect(new Set(words.slice(1))).toEqual(new Set([`progress ${at}/ec2-instance/${id}`]));
  });

  test('a host that will retire', async () => {
    const words = await told((account) => {
      account.services.ec2.addInstance({ id });
      announceRetirement(account, [id]);
    });
    expect(words).toEqual([`unhealthy ec2-instance-retiring ${at}/ec2-instance/${id}`]);
  });
});
