import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { conditions } from '../../signals/conditions';
import { vitals, vitalsOf } from '../../vitals';

const folder = join(__dirname, '../../vitals');

test('every vitals file is in the list', () => {
  const declared = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && /= defineVitals\(/.test(readFileSync(join(folder, file), 'utf8')),
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

test('vitals see conditions that there are, of their own kind', () => {
  const strangers = vitals.flatMap(({ kind, sees }) =>
    sees.filter((seen) => !conditions.some(({ name, of }) => name === seen && of.some((each) => each === kind))),
  );
  expect(strangers).toEqual([]);
});

test('whatever others stand in has members that are counted', () => {
  const counted = vitals.filter(({ members }) => members).map(({ kind }) => kind);
  expect(counted).toEqual([
    'auto-scaling-group',
    'target-group',
    'load-balancer',
    'classic-load-balancer',
    'db-cluster',
    'cache-cluster',
    'cache-group',
  ]);
});
