import { campaignText } from '../../../cli/simulate/campaign-text';
import type { Campaign, Failure } from '../../../proof/campaign';
import { brokenOff } from '../../../proof/campaign/outcome';

const violation = {
  invariant: 'I4',
  promise: 'each intent is carried out once',
  at: 1,
  what: 'inc-0123456789ab does it twice',
};
const failure: Failure = {
  violation,
  first: brokenOff({ seed: 4711 }, ''),
  seeds: Array.from({ length: 20 }, (_none, index) => 4711 + index),
  example: {
    plan: { seed: 4711, only: ['timer-lost', 'worker-paused'], ailments: [0] },
    runs: 9,
    violation,
    hash: 'hash',
    lines: [{ at: 1, who: 'invariant', text: 'I4 is broken: inc-0123456789ab does it twice' }],
  },
};
const sound: Campaign = {
  from: 1,
  seeds: 2_000,
  incidents: 6_000,
  faults: new Map([['timer-lost', 1_234]]),
  coverage: new Map([['healed by drain-target', 3]]),
  missing: [],
  hash: 'hash of all',
  again: { seeds: 20, differ: [] },
  failures: [],
};
const text = (but: Partial<Campaign>): string => campaignText({ ...sound, ...but }, 60, false);

describe('what a campaign prints', () => {
  it('is how often each fault struck, what was reached, and how fast it went', () => {
    expect(text({})).toMatch(/timer-lost +1,234 +a timer never fires/);
    expect(text({})).toContain('healed by: drain-target 3, ');
    expect(text({})).toContain('2000 seeds from 1 in 60.0 s: 6,000 incidents, 100 a second; 2,000 seeds a minute');
    expect(text({})).toMatch(/Nothing is violated\.$/);
  });

  it('is for each broken promise the one line that shows it again, what happened and which seeds break it too', () => {
    const shown = text({ failures: [failure] });
    expect(shown).toContain('I4 IS BROKEN: each intent is carried out once\n  inc-0123456789ab does it twice\n');
    expect(shown).toContain('homeostat simulate --seed 4711 --only timer-lost,worker-paused --ailments 0\n');
    expect(shown).toContain(
      'seeds 4712, 4713, 4714, 4715, 4716, 4717, 4718, 4719, 4720, 4721, 4722, 4723 and 7 others',
    );
    expect(shown).toMatch(/FAILED: 20 trials broke 1 promise, 0 of \d+ demanded things never happened\.$/);
  });

  it('is what was demanded and never reached, and what went otherwise the second time', () => {
    const lacking = text({ missing: ['refused by hold'] });
    expect(lacking).toContain('NEVER REACHED, and a campaign of 1000 seeds and more has to: refused by hold');
    expect(lacking).toContain('1 of ');
    expect(text({ again: { seeds: 20, differ: [7, 9] } })).toContain('these went otherwise: 7, 9');
  });
});
