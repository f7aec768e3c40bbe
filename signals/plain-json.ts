export type JsonObject = { readonly [key: string]: unknown };

export type PlainJson =
  { readonly kind: 'object'; readonly object: JsonObject } | { readonly kind: 'invalid'; readonly reason: string };

/** What EventBridge carries at most; a larger value did not come from there. */
const mostBytes = 256 * 1024;
const deepest = 64;

/** Names that reach a prototype when a careless line assigns them. AWS sends none of them. */
const unsafeKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

class NotPlain extends Error {}

/**
 * A copy of `input` made of nothing but plain objects, arrays and primitives, or the reason why it can't be had: too large
 * or deep, a key that reaches a prototype, an accessor, a class, a number that JSON has not. As in JSON, an undefined
 * property is no property. Throws never, whatever a proxy in `input` throws.
 */
export function plainJson(input: unknown): PlainJson {
  try {
    if (typeof input !== 'object' || input === null || Array.isArray(input)) {
      return { kind: 'invalid', reason: `an event is a JSON object, and this is ${nameOf(input)}` };
    }
    return { kind: 'object', object: new Copy().object(input, 'event', 0) };
  } catch (thrown) {
    const reason = thrown instanceof NotPlain ? thrown.message : 'the event can not be read as plain data';
    return { kind: 'invalid', reason };
  }
}

class Copy {
  private bytes = 0;

  object(from: object, path: string, depth: number): JsonObject {
    if (depth > deepest) throw new NotPlain(`the event is nested deeper than ${deepest} levels`);
    const prototype: unknown = Object.getPrototypeOf(from);
    // An object of another realm (a worker, a test's sandbox) has that realm's prototype, which itself has none.
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      throw new NotPlain(`${path} is an object of a class, and JSON has none`);
    }
    const copy: Record<string, unknown> = {};
    for (const key of Reflect.ownKeys(from)) {
      if (typeof key === 'symbol') throw new NotPlain(`${path} has a symbol as a key`);
      if (unsafeKeys.has(key)) throw new NotPlain(`${path} has a key "${key}", which AWS never sends`);
      this.count(key.length + 3);
      const value = this.property(from, key, path);
      if (value !== undefined) copy[key] = this.value(value, path, depth + 1);
    }
    return copy;
  }

  private array(from: readonly unknown[], path: string, depth: number): readonly unknown[] {
    if (depth > deepest) throw new NotPlain(`the event is nested deeper than ${deepest} levels`);
    const copy: unknown[] = [];
    for (let index = 0; index < from.length; index++) {
      copy.push(this.value(this.property(from, String(index), path), path, depth + 1));
    }
    return copy;
  }

  private property(from: object, key: string, path: string): unknown {
    const descriptor = Object.getOwnPropertyDescriptor(from, key);
    if (!descriptor || !('value' in descriptor)) throw new NotPlain(`${path} has a property that is no plain value`);
    return descriptor.value;
  }

  private value(value: unknown, path: string, depth: number): unknown {
    this.count(typeof value === 'string' ? value.length + 2 : 1);
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (Array.isArray(value)) return this.array(value, path, depth);
    if (typeof value === 'object') return this.object(value, path, depth);
    throw new NotPlain(`${path} holds ${nameOf(value)}, and JSON has no such value`);
  }

  /** Never more than the value's bytes as JSON, so that what EventBridge has carried always passes. */
  private count(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes > mostBytes) throw new NotPlain('the event is larger than the 256 KB that EventBridge carries');
  }
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `${typeof value === 'undefined' ? '' : 'a '}${typeof value}`;
}
