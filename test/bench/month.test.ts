import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { recordMonth } from '../../bench/month-recording';
import { readEvent } from '../../signals';
import { readDescription } from '../../simulator/account-schema';

jest.setTimeout(60_000);

const folder = (): string => mkdtempSync(join(tmpdir(), 'homeostat-month-'));

async function recorded(seed: number): Promise<{ readonly events: string; readonly account: string }> {
  const into = folder();
  await recordMonth(into, 1_300, seed);
  const [events = '', account = ''] = ['events.jsonl', 'account.yaml'].map((file) =>
    readFileSync(join(into, file), 'utf8'),
  );
  return { events, account };
}

test('the same seed makes the same month, and another seed another one', async () => {
  const first = await recorded(7);
  expect(await recorded(7)).toEqual(first);
  expect((await recorded(8)).events).not.toBe(first.events);
});

test('every event of it can be read, each has an id of its own, and the account is one that a replay takes', async () => {
  const { events, account } = await recorded(7);
  const lines = events.trim().split('\n');
  const read = lines.map((line) => JSON.parse(line) as { readonly id: string; readonly time: string });
  expect(lines.length).toBeGreaterThan(500);
  expect(read.filter((event) => readEvent(event, { accounts: 'any', regions: 'any' }).kind === 'invalid')).toEqual([]);
  expect(new Set(read.map(({ id }) => id)).size).toBe(lines.length);
  expect(readDescription(parse(account)).account).toBe('111122223333');
});

test('no id in it is one that the account of a replay would give to something else', async () => {
  const { events } = await recorded(7);
  expect(events).not.toMatch(/i-0{10}/);
  expect(events).not.toContain('00000000-0000-4000-8');
});
