import { Queue, recordOf, visibility } from '../../proof/deployment/queue';
import { VirtualClock } from '../../simulator/clock';

const setUp = () => {
  const clock = new VirtualClock(0);
  let announced = 0;
  const queue = new Queue(clock, () => {
    announced += 1;
  });
  return { clock, queue, announced: () => announced };
};

describe('the queue', () => {
  it('shows a message to one who takes it, and to nobody else until its time is over', async () => {
    const { clock, queue } = setUp();
    queue.send('a');
    expect(queue.receive(10).map(({ body }) => body)).toEqual(['a']);
    await clock.runUntil(visibility - 1);
    expect(queue.receive(10)).toEqual([]);
    await clock.runUntil(visibility);
    expect(queue.receive(10).map(({ received }) => received)).toEqual([2]);
  });

  it('never shows again what was deleted', async () => {
    const { clock, queue } = setUp();
    queue.send('a');
    for (const { id } of queue.receive(1)) queue.delete(id);
    await clock.runUntil(10 * visibility);
    expect(queue.receive(1)).toEqual([]);
    expect(queue.size).toBe(0);
  });

  it('sets aside what was taken five times and never deleted', async () => {
    const { clock, queue } = setUp();
    queue.send('poison');
    for (let tries = 0; tries < 6; tries += 1) {
      queue.receive(1);
      await clock.runUntil(clock.now() + visibility);
    }
    expect(queue.deadLetters.map(({ body }) => body)).toEqual(['poison']);
    expect(queue.size).toBe(0);
  });

  it('tells when a delayed message comes to be seen, and not before', async () => {
    const { clock, queue, announced } = setUp();
    queue.send('a', 'AIDASOMEBODY', 5_000);
    await clock.runUntil(4_999);
    expect([announced(), queue.receive(1).length, queue.nextAt()]).toEqual([0, 0, 5_000]);
    await clock.runUntil(5_000);
    expect([announced(), queue.receive(1).length]).toEqual([1, 1]);
  });

  it('says who sent a message, and how often it came, as SQS does', () => {
    const { queue } = setUp();
    queue.send('a', 'AIDASOMEBODY');
    const [record] = queue.receive(1).map(recordOf);
    expect(record).toMatchObject({
      body: 'a',
      attributes: { SenderId: 'AIDASOMEBODY', ApproximateReceiveCount: '1' },
    });
  });
});
