import { leastHealthy } from '../../../statemachines/guards/min-healthy';

describe('the healthy members that a group must keep', () => {
  it.each([
    [{ percent: 50 }, 1, 0],
    [{ percent: 50 }, 2, 1],
    [{ percent: 50 }, 3, 2],
    [{ percent: 50 }, 5, 3],
    [{ percent: 100 }, 3, 2],
    [{ percent: 0 }, 3, 0],
    [{ count: 2 }, 5, 2],
    [{ count: 5 }, 3, 2],
    [{ count: 1 }, 1, 0],
    [{ count: 1 }, 0, 0],
  ])('%j of %d are %d', (minHealthy, size, kept) => {
    expect(leastHealthy(minHealthy, size)).toBe(kept);
  });
});
