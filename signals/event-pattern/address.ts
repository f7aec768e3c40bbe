import type { Refuse } from './refusal';
import { shown } from './refusal';

/** An IP address as a number, so that however it is spelled it compares equal. */
export interface Address {
  readonly version: 4 | 6;
  readonly value: bigint;
}

const bits = { 4: 32n, 6: 128n } as const;
const dotted = /^\d{1,10}(?:\.\d{1,10}){3}$/;
const colons = /^[0-9a-fA-F:]{2,39}$/;
const group = /^[0-9a-fA-F]{1,4}$/;
/** `::ffff:a.b.c.d` in hexadecimal: the matcher takes it for the version 4 address that it carries. */
const mappedPrefix = 0xffffn;

/** Reads an address; dotted quads inside version 6, zones and short forms such as `10.1` are not addresses to the matcher. */
export function readAddress(text: string): Address | undefined {
  if (dotted.test(text)) return readDotted(text);
  return text.includes(':') && colons.test(text) ? readColons(text) : undefined;
}

function readDotted(text: string): Address | undefined {
  const parts = text.split('.').map(Number);
  if (parts.some((part) => part > 255)) return undefined;
  return { version: 4, value: parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n) };
}

function readColons(text: string): Address | undefined {
  const halves = text.split('::');
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (!groups.every((part) => group.test(part))) return undefined;
  const value = groups.reduce((sum, part) => (sum << 16n) | BigInt(`0x${part}`), 0n);
  return value >> 32n === mappedPrefix ? { version: 4, value: value & 0xffffffffn } : { version: 6, value };
}

const form = 'write a block such as "10.0.0.0/24" or "2600:1f18::/32"';

/** Reads the block of a `cidr` operator into its test; bits of the address beyond the mask don't count. */
export function readCidr(block: unknown, refuse: Refuse): (address: Address) => boolean {
  if (typeof block !== 'string') return refuse(`"cidr" takes a string and not ${shown(block)}; ${form}`);
  const [text = '', mask = '', ...rest] = block.split('/');
  const base = readAddress(text);
  if (base === undefined || !/^\d{1,3}$/.test(mask) || rest.length > 0) {
    return refuse(`${shown(block)} is not a block of addresses; ${form}`);
  }
  const size = bits[base.version];
  // AWS's matcher has no block of one address, and says so rather than matching it.
  if (BigInt(mask) >= size) {
    return refuse(
      `"cidr" takes a mask below /${String(size)}; for one address write it as a plain value: ${shown(text)}`,
    );
  }
  const free = size - BigInt(mask);
  const network = base.value >> free;
  return (address) => address.version === base.version && address.value >> free === network;
}
