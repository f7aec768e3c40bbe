import { LaggingReads } from '../../proof/deployment/lagging-reads';
import { VirtualClock } from '../../simulator/clock';
import type { SimulatedAccount } from '../../simulator/world';

function setUp() {
  const clock = new VirtualClock(0);
  const truth = { state: 'running' };
  const account = { clock, call: () => ({ ...truth }) } as unknown as SimulatedAccount;
  const reads = new LaggingReads(account);
  const read = { service: 'ec2', operation: 'DescribeInstances', input: { InstanceIds: ['i-1'] } };
  reads.heard(read);
  return { clock, truth, reads, read };
}

describe('a read that lags', () => {
  it('shows what was before the write for as long as it lags, and then what is', async () => {
    const { clock, truth, reads, read } = setUp();
    reads.freeze('ec2', 10_000);
    truth.state = 'stopping';
    await clock.runUntil(9_999);
    expect(reads.answerTo(read)).toEqual({ state: 'running' });
    await clock.runUntil(10_000);
    expect(reads.answerTo(read)).toBeUndefined();
  });

  it('is of the service that was written to, and of what was read before', () => {
    const { reads, read } = setUp();
    reads.freeze('rds', 10_000);
    expect(reads.answerTo(read)).toBeUndefined();
    reads.freeze('ec2', 10_000);
    expect(reads.answerTo({ ...read, input: { InstanceIds: ['i-2'] } })).toBeUndefined();
    expect(reads.answerTo(read)).toBeDefined();
  });
});
