import { backoffSeconds, jitterOf } from '../../../statemachines/guards/backoff';

describe('the distance between attempts', () => {
  const unjittered = (attempts: number): number => {
    const incident = 'inc-1';
    return backoffSeconds(120, attempts, incident) / (1 + jitterOf(incident));
  };

  it('doubles with each, up to half an hour', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map((attempts) => Math.round(unjittered(attempts)))).toEqual([
      0, 120, 240, 480, 960, 1_800, 1_800,
    ]);
  });

  it('is not the same for all, so that what fell sick together is not tried together, and the same whenever it is asked', () => {
    const jitters = Array.from({ length: 50 }, (_none, index) => jitterOf(`inc-${index}`));
    expect(new Set(jitters).size).toBeGreaterThan(40);
    expect(jitters.every((jitter) => jitter >= 0 && jitter < 0.25)).toBe(true);
    expect(jitterOf('inc-7')).toBe(jitterOf('inc-7'));
  });
});
