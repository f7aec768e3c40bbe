import { createHash } from 'node:crypto';

/** Namespace of our tokens. It may never change: a token must come out the same in every release. */
const namespace = 'c1c4d9a6-0f0b-4d5e-9a53-6c2f7f1f7b0e';

/**
 * The token of an attempt for AWS calls that take one: a name-based UUID (RFC 9562, version 5) of the attempt's key, the
 * same for every try of the attempt and unlike any other attempt's.
 */
export function clientToken(attemptKey: string): string {
  const space = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  const bytes = createHash('sha1').update(space).update(attemptKey, 'utf8').digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
