import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { vitals, vitalsOf } from '../../vitals';

const folder = join(__dirname, '../../vitals');

test('every vitals file is in the list', () => {
  const declared = readdirSync(folder).filter((file) =>
    /= defineVitals\(/.test(readFileSync(join(folder, file), 'utf8')),
  );
  expect(vitals).toHaveLength(declared.length);
});

test('each kind is looked at in one way', () => {
  const kinds = vitals.map(({ kind }) => kind);
  expect(new Set(kinds).size).toBe(kinds.length);
  for (const known of vitals) expect(vitalsOf(known.kind)).toBe(known);
});

test('a kind that nobody can look at has no vitals', () => {
  expect(vitalsOf('other')).toBeUndefined();
});

test('vitals only read', () => {
  const actions = vitals.flatMap(({ reads }) => reads);
  expect(actions.filter((action) => !/:(Describe|Get|List)/.test(action))).toEqual([]);
});
