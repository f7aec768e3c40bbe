import { clientToken } from '../../remediations/client-token';

test('a token is a UUID of version 5 and of the RFC variant', () => {
  expect(clientToken('incident-1/attempt-1')).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});

test('an attempt has one token, and no other attempt has it', () => {
  const keys = Array.from({ length: 1_000 }, (_, place) => `incident-${place % 50}/attempt-${place}`);
  expect(keys.map(clientToken)).toEqual(keys.map(clientToken));
  expect(new Set(keys.map(clientToken)).size).toBe(keys.length);
});

// Runs that were started by an earlier release are found by this: it may never change.
test('tokens come out the same in every release', () => {
  expect(clientToken('incident-1/attempt-1')).toBe('93205847-454f-579d-a850-7717528d7620');
});
