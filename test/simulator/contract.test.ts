import { remediations } from '../../remediations';
import { snapshotFirst } from '../../remediations/snapshot-first';
import { vitals } from '../../vitals';
import { contractCases } from '../emulators/contract/cases';
import { simulatedPlace } from '../emulators/contract/simulated-place';
import { readsBesideVitals } from '../../vitals/reads-beside';
import { disagreements } from '../emulators/disagreements';

test.each(contractCases)('$operation: $name', async ({ seen, agreed }) => {
  expect(await seen(simulatedPlace())).toEqual(agreed);
});

test('every operation that is called of AWS has a contract case', () => {
  const called = [
    ...readsBesideVitals,
    ...vitals.flatMap(({ reads }) => reads),
    ...remediations
      .map(snapshotFirst)
      .flatMap(({ permissions }) => [...permissions.read, ...permissions.write.map(({ action }) => action)]),
  ];
  const held = new Set<string>(contractCases.map(({ operation }) => operation));
  expect([...new Set<string>(called)].filter((action) => !held.has(action))).toEqual([]);
});

test('no two cases of an operation have the same name', () => {
  const names = contractCases.map(({ operation, name }) => `${operation}: ${name}`);
  expect(new Set(names).size).toBe(names.length);
});

test('every listed disagreement is about a case that there is, and gives its reason', () => {
  const names = contractCases.map(({ operation, name }) => `${operation}: ${name}`);
  for (const row of disagreements) {
    expect(names).toContain(`${row.operation}: ${row.case}`);
    expect(row.reason).not.toBe('');
  }
});
