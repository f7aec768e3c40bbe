import { tableCases } from '../../emulators/table/cases';
import { tableDisagreements } from '../../emulators/table/disagreements';

test('every listed disagreement is about a case that there is, and gives its reason', () => {
  const names = tableCases.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const row of tableDisagreements) {
    expect(names).toContain(row.case);
    expect(row.reason).not.toBe('');
  }
});
