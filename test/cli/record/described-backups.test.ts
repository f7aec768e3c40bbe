import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { newFolder, RecordedAccount, recordFrom, region, trueAccount } from './recorded-account';

const arn = `arn:aws:dynamodb:${region}:${trueAccount}:table/orders`;
const failed = JSON.parse(
  readFileSync(join(__dirname, '../../events/backup/backup-job-failed.json'), 'utf8').replaceAll(
    '111122223333',
    trueAccount,
  ),
) as object;

async function described(account: object, pseudonyms = false): Promise<{ text: string; account: unknown }> {
  const out = newFolder();
  await recordFrom(new RecordedAccount(account).logs(failed), { out, ...(pseudonyms && { pseudonyms }) });
  const text = readFileSync(join(out, 'account.yaml'), 'utf8');
  return { text, account: parse(text) };
}

const there = {
  tables: [{ name: 'orders', tags: { 'homeostat:heal': 'yes' } }],
  protectedResources: [{ arn, vault: 'nightly', keepDays: 7, points: [25, 49], lastJob: { minutesAgo: 60 } }],
};

test('what is protected is described with its vault and its backups, and leads to what it is', async () => {
  const { account } = await described(there);
  expect(account).toMatchObject({
    tables: [{ name: 'orders' }],
    protectedResources: [
      { arn: arn.replace(trueAccount, '111122223333'), vault: 'nightly', keepDays: 7, points: [25, 49] },
    ],
  });
});

test('under pseudonyms it is still the table that is described, and neither is named', async () => {
  const { text, account } = await described(there, true);
  const { tables, protectedResources } = account as Record<string, readonly Record<string, string>[]>;
  expect(text).not.toMatch(/orders|nightly/);
  expect(protectedResources?.[0]?.['arn']).toMatch(/:table\//);
  expect(protectedResources?.[0]?.['arn']).toMatch(new RegExp(`/${tables?.[0]?.['name'] ?? ''}$`));
});

test('what was never backed up is said to be gone', async () => {
  const { text } = await described({ tables: [{ name: 'orders' }] });
  expect(text).toMatch(/Gone by then/);
});
