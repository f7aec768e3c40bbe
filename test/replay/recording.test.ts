import { join } from 'node:path';
import { findRecordings } from '../../replay/recording';
import { folderOfTest } from './folder';

const folder = folderOfTest();
for (const name of [
  'plain/b.json',
  'plain/a.jsonl.gz',
  'plain/deeper/c.ndjson',
  'plain/notes.txt',
  'shop/events.jsonl',
  'shop/account.yaml',
  'ledger/events.jsonl',
  'ledger/policy.yaml',
  'told/events.jsonl',
  'told/expected.txt',
  'bare/readme.md',
]) {
  folder.write(name, '');
}
const path = (name: string): string => join(folder.path, name);

test('the files under a folder are one recording, however deep they lie; other files are not of it', async () => {
  expect(await findRecordings([path('plain')])).toEqual([
    { name: 'plain', files: [path('plain/a.jsonl.gz'), path('plain/b.json'), path('plain/deeper/c.ndjson')] },
  ]);
});

test('a file that is named is taken whatever it is called', async () => {
  expect(await findRecordings([path('plain/notes.txt')])).toEqual([
    { name: 'notes.txt', files: [path('plain/notes.txt')] },
  ]);
});

test('files and folders that are named together happened in one world', async () => {
  const found = await findRecordings([path('plain/b.json'), path('plain/deeper')]);
  expect(found.map(({ files }) => files)).toEqual([[path('plain/b.json'), path('plain/deeper/c.ndjson')]]);
});

test('a folder with an account, a policy or an expectation of its own stands alone', async () => {
  const found = await findRecordings([folder.path]);
  expect(found.map(({ name }) => name).slice(1)).toEqual(['ledger', 'shop', 'told']);
  expect(found[0]?.files).toHaveLength(3);
  expect(found.find(({ name }) => name === 'shop')).toEqual({
    name: 'shop',
    files: [path('shop/events.jsonl')],
    accountFile: path('shop/account.yaml'),
  });
  expect(found.find(({ name }) => name === 'ledger')).toMatchObject({ policyFile: path('ledger/policy.yaml') });
});

test('a folder without events holds no recording', async () => {
  expect(await findRecordings([path('bare')])).toEqual([]);
});

test('a path that is not there is an error', async () => {
  await expect(findRecordings([path('nowhere')])).rejects.toThrow(/ENOENT/);
});
