import { createHash } from 'node:crypto';

/** Bytes of a token: more than anybody can try. */
export const tokenBytes = 32;

const shape = /^[\w-]{43}$/;

/** What a link carries: 43 characters that stand in an address as they are. */
export function tokenOf(bytes: Uint8Array): string {
  if (bytes.length !== tokenBytes) throw new Error(`A token is made of ${tokenBytes} random bytes.`);
  return Buffer.from(bytes).toString('base64url');
}

/** Whether a text can be a token at all. */
export function isToken(text: string): boolean {
  return shape.test(text);
}

/** SHA-256 in hexadecimal digits. A token is random through and through, so it needs neither salt nor a slow hash. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
