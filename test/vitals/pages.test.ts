import { everyItem, pages } from '../../vitals/pages';

const book = [['a', 'b'], ['c'], []];
const read = async ({ NextToken }: { readonly NextToken?: string }) => {
  const place = Number(NextToken ?? 0);
  return { items: book[place], NextToken: place + 1 < book.length ? String(place + 1) : undefined };
};

test('every item of every page is read', async () => {
  expect(await everyItem(read, ({ items }) => items)).toEqual(['a', 'b', 'c']);
});

test('who has seen enough asks for no further page', async () => {
  const asked: unknown[] = [];
  const watched = (token: { readonly NextToken?: string }) => {
    asked.push(token);
    return read(token);
  };
  for await (const page of pages(watched)) if (page.items?.includes('c')) break;
  expect(asked).toEqual([{}, { NextToken: '1' }]);
});

test('a list without end is no list', async () => {
  const endless = async () => ({ items: ['a'], NextToken: 'again' });
  await expect(everyItem(endless, ({ items }) => items)).rejects.toThrow('the list was not read to its end');
});
