/** More than this many pages of one answer is not read: something is wrong, and half a list is no list. */
const mostPages = 100;

/**
 * The pages of a describe call, one at a time, so that a reader who has seen enough stops there. `read` is given the token
 * of the page; its answer says which comes next, or none. Throws when the answer never ends.
 */
export async function* pages<Page extends { readonly NextToken?: string | undefined }>(
  read: (token: { readonly NextToken?: string }) => Promise<Page>,
): AsyncGenerator<Page, void, void> {
  let token: { readonly NextToken?: string } = {};
  for (let count = 0; count < mostPages; count += 1) {
    const page = await read(token);
    yield page;
    if (!page.NextToken) return;
    token = { NextToken: page.NextToken };
  }
  throw new Error(`AWS answered more than ${mostPages} pages; the list was not read to its end`);
}

/** Every item of a describe call, read to its end. */
export async function everyItem<Page extends { readonly NextToken?: string | undefined }, Item>(
  read: (token: { readonly NextToken?: string }) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of pages(read)) items.push(...(itemsOf(page) ?? []));
  return items;
}
