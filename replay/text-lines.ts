import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** The bytes of a file, unpacked if it is named `.gz`. Errors of the file and of the unpacking come out of the stream. */
export function bytesOf(file: string): Readable {
  const stored = createReadStream(file);
  return file.endsWith('.gz') ? pipeline(stored, createGunzip(), () => undefined) : stored;
}

/**
 * The lines of a file as they come, split at line feeds alone: JSON may have U+2028 within a string, where node's readline
 * would break the line. A byte order mark is left out.
 */
export async function* linesOf(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytesOf(file)) {
    const parts = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
