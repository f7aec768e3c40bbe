import { Shelf } from '../../../simulator/dynamodb/shelf';
import { key } from './room';

const at = (sk: string) => ({ sort: { S: sk }, tie: '' });
const stored = { row: key(), bytes: 1 };

describe('a shelf', () => {
  test('keeps nothing of the past for longer than somebody looks back', () => {
    const shelf = new Shelf();
    for (let time = 0; time < 5_000; time += 1) {
      shelf.settle(time - 10);
      shelf.write('p', at(String(time % 3)), time % 7 === 0 ? undefined : stored, time, true);
      expect(shelf.kept).toBeLessThan(20);
    }
    shelf.settle(5_000);
    expect(shelf.kept).toBeLessThanOrEqual(3);
    expect(shelf.read('p', at('1'), 5_000)).toBe(stored);
  });

  test('forgets a row that was deleted, and its partition with the last', () => {
    const shelf = new Shelf();
    shelf.write('p', at('a'), stored, 0, true);
    shelf.write('p', at('a'), undefined, 10, true);
    expect([shelf.read('p', at('a'), 9), shelf.read('p', at('a'), 10)]).toEqual([stored, undefined]);
    shelf.settle(10);
    expect([shelf.kept, shelf.partitions()]).toEqual([0, []]);
  });

  test('of which nobody looks back has each row once', () => {
    const shelf = new Shelf();
    for (let time = 0; time < 10; time += 1) shelf.write('p', at('a'), stored, time, false);
    expect(shelf.kept).toBe(1);
    // Somebody does from now on: what was there already was there before.
    shelf.write('p', at('b'), stored, 10, true);
    expect([shelf.read('p', at('a'), 0), shelf.read('p', at('b'), 0)]).toEqual([stored, undefined]);
    shelf.write('p', at('a'), undefined, 11, false);
    expect(shelf.read('p', at('a'))).toBeUndefined();
  });
});
