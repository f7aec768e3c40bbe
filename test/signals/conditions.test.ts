import { conditionName, conditions } from '../../signals/conditions';

test('each condition is named once, in kebab-case', () => {
  const names = conditions.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(conditionName.safeParse(name).success).toBe(true);
});

test.each(['', 'Queue Stuck', 'queue_stuck', '-queue', 'queue-', 'queue\n', '9-lives', 'x'.repeat(65), '__proto__'])(
  '%j is no name of a condition',
  (name) => {
    expect(conditionName.safeParse(name).success).toBe(false);
  },
);
