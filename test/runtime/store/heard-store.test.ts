import { heard } from '../../../runtime/store/heard-store';
import { MemoryStore } from '../../../runtime/store/memory-store';
import { commitOf } from './dynamodb-store/rows';
import { incidentStoreContract } from './incident-store.contract';

incidentStoreContract(() => heard(new MemoryStore(), () => undefined));

describe('a store that is listened to', () => {
  it('tells of each commit that is written, and of none that is lost', async () => {
    const told: number[] = [];
    const store = heard(new MemoryStore(), ({ incident }) => void told.push(incident.revision));
    await store.commit(commitOf(1));
    await store.commit(commitOf(1));
    await store.commit(commitOf(3));
    await store.commit(commitOf(2));
    expect(told).toEqual([1, 2]);
  });

  it('gives what the listener throws to whoever commits, once it is written', async () => {
    const store = heard(new MemoryStore(), () => {
      throw new Error('deaf');
    });
    await expect(store.commit(commitOf(1))).rejects.toThrow('deaf');
    expect(await store.read('inc-1')).toEqual(commitOf(1).incident);
  });
});
