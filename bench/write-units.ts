/** A value as it goes over the wire; the table of Homeostat holds texts, numbers and bytes only. Bytes are in base64. */
export type WireValue = { readonly S: string } | { readonly N: string } | { readonly B: string };
export type WireRow = Readonly<Record<string, WireValue>>;

/** What a secondary index keeps of a row. */
export interface IndexShape {
  readonly name: string;
  /** A row without one of these is not in the index. */
  readonly keys: readonly string[];
  /** Attributes besides its own keys: the table's keys, and those that it carries. */
  readonly carries: readonly string[];
}

const kilobyte = 1_024;
const readUnit = 4 * kilobyte;

/** Bytes of a row as DynamoDB counts them: names and values; of a number a byte for two digits, and one more. */
export function sizeOf(row: WireRow): number {
  return Object.entries(row).reduce((all, [name, value]) => all + Buffer.byteLength(name) + bytesOf(value), 0);
}

function bytesOf(value: WireValue): number {
  if ('S' in value) return Buffer.byteLength(value.S);
  if ('B' in value) return Buffer.from(value.B, 'base64').byteLength;
  const significant = value.N.replace(/^-?0*|[.]/g, '').replace(/0+$/, '');
  return Math.ceil(significant.length / 2) + 1;
}

/** Units of writing one row of the table: the larger of before and after counts, and a transaction counts twice. */
export function writeUnits(before: WireRow | undefined, after: WireRow | undefined, inTransaction: boolean): number {
  const bytes = Math.max(before ? sizeOf(before) : 0, after ? sizeOf(after) : 0);
  return kilobytes(bytes) * (inTransaction ? 2 : 1);
}

/**
 * Units that an index costs when a row of the table changes: none if what it keeps stays the same, one write for a row that
 * comes, goes or changes, two for one whose keys change. An index is written behind the table, outside of its transaction.
 */
export function indexUnits(index: IndexShape, before: WireRow | undefined, after: WireRow | undefined): number {
  const [old, young] = [kept(index, before), kept(index, after)];
  if (!old && !young) return 0;
  if (!old || !young) return kilobytes(sizeOf(old ?? young ?? {}));
  if (JSON.stringify(old) === JSON.stringify(young)) return 0;
  const isMoved = index.keys.some((name) => JSON.stringify(old[name]) !== JSON.stringify(young[name]));
  if (isMoved) return kilobytes(sizeOf(old)) + kilobytes(sizeOf(young));
  return kilobytes(Math.max(sizeOf(old), sizeOf(young)));
}

/** Units of a strongly consistent read of so many bytes. What is not there costs one too. */
export function readUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / readUnit));
}

const kilobytes = (bytes: number): number => Math.max(1, Math.ceil(bytes / kilobyte));

function kept({ keys, carries }: IndexShape, row: WireRow | undefined): WireRow | undefined {
  if (!row || keys.some((name) => !(name in row))) return undefined;
  return Object.fromEntries(
    [...keys, ...carries].flatMap((name) => {
      const value = row[name];
      return value ? [[name, value]] : [];
    }),
  );
}
