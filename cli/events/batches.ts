/** EventBridge's limit for the entries of one call. */
const mostEntries = 10;

/** Groups what comes, in order, into as few calls as their limits allow. */
export async function* batchesOf<T extends { readonly bytes: number }>(
  all: AsyncIterable<T>,
  mostBytes: number,
): AsyncGenerator<readonly T[]> {
  let batch: T[] = [];
  let bytes = 0;
  for await (const one of all) {
    if (batch.length === mostEntries || (batch.length > 0 && bytes + one.bytes > mostBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(one);
    bytes += one.bytes;
  }
  if (batch.length > 0) yield batch;
}
