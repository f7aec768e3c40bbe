/** One after the other, what a text of JSON objects holds. */
export type JsonPiece = { readonly kind: 'object'; readonly text: string } | { readonly kind: 'other' };

/** An object beyond so many characters is none that holds events. */
const longest = 32 * 1024 * 1024;

/** What CloudWatch Logs puts before each entry that it exports. */
const exported = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/**
 * Takes a text apart into the objects at its top, however they are put together: one by one, in lines, in an array or
 * without anything between them. Holds one object. It looks for where objects end, not whether they are sound.
 */
export async function* jsonObjects(chunks: AsyncIterable<string>): AsyncGenerator<JsonPiece> {
  const scanner = new Scanner();
  for await (const chunk of chunks) yield* scanner.take(chunk);
  yield* scanner.end();
}

class Scanner {
  private text = '';
  private depth = 0;
  private inString = false;
  private escaped = false;

  *take(chunk: string): Generator<JsonPiece> {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const character = chunk.charAt(at);
      if (this.depth === 0) {
        if (character !== '{') continue;
        yield* this.between(chunk.slice(from, at));
        from = at;
        this.depth = 1;
      } else if (this.inString && character === '\n') {
        // JSON has no line feed within a text: the object was cut off, and the next line is another.
        this.reset();
        from = at;
        yield { kind: 'other' };
      } else if (this.follow(character)) {
        yield { kind: 'object', text: this.text + chunk.slice(from, at + 1) };
        this.reset();
        from = at + 1;
      }
    }
    this.text += chunk.slice(from);
    if (this.text.length <= longest) return;
    this.reset();
    yield { kind: 'other' };
  }

  *end(): Generator<JsonPiece> {
    if (this.depth > 0) yield { kind: 'other' };
    else yield* this.between('');
  }

  /** Whether the object ends with this character. */
  private follow(character: string): boolean {
    if (this.inString) {
      if (this.escaped) this.escaped = false;
      else if (character === '\\') this.escaped = true;
      else if (character === '"') this.inString = false;
      return false;
    }
    if (character === '"') this.inString = true;
    else if (character === '{' || character === '[') this.depth += 1;
    else if (character === '}' || character === ']') this.depth -= 1;
    return this.depth === 0;
  }

  private *between(last: string): Generator<JsonPiece> {
    const text = (this.text + last).replace(/[\s,[\]\uFEFF]/g, '');
    this.text = '';
    if (text !== '' && !exported.test(text)) yield { kind: 'other' };
  }

  private reset(): void {
    this.text = '';
    this.depth = 0;
    this.inString = false;
    this.escaped = false;
  }
}
