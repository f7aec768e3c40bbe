import { cover, demanded, merged, missing, type Coverage } from '../../proof/coverage';
import { remediations } from '../../remediations';
import type { HistoryEntry } from '../../runtime/store/incident-store';
import { guardNames } from '../../statemachines/guards/names';
import { anIncident, planMade } from '../statemachines/incident';

const entry = (event: object, from = 'planning', to = from): HistoryEntry =>
  ({ at: 1, event: { at: 1, ...event }, from, to, calls: [] }) as unknown as HistoryEntry;

describe('coverage', () => {
  it('demands every remediation and every guard that there is', () => {
    for (const { name } of remediations) expect(demanded).toContain(`healed by ${name}`);
    for (const guard of guardNames) expect(demanded).toContain(`refused by ${guard}`);
  });

  it('counts what an effect has come to, who has refused, and which end was reached', () => {
    const coverage: Coverage = new Map();
    const refusals = [
      { guard: 'hold', reason: '' },
      { guard: 'lock', reason: '' },
    ];
    cover(coverage, anIncident(), [
      entry(planMade),
      entry({ type: 'admission.refused', refusals }),
      entry({ type: 'symptom.gone', detail: '' }, 'settling', 'recovered'),
    ]);
    expect([...coverage.keys()].sort()).toEqual([
      'effect plan',
      'effect read-symptom',
      'refused by hold',
      'refused by lock',
      'state recovered',
    ]);
  });

  it('lacks what never happened in any of the trials', () => {
    const [first = '', second = '', ...rest] = demanded;
    const all = merged([new Map([[first, 1]]), new Map([[first, 2]]), new Map(rest.map((name) => [name, 1]))]);
    expect(all.get(first)).toBe(3);
    expect(missing(all)).toEqual([second]);
  });
});
