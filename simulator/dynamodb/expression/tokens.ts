import { invalid } from '../refusal';

/** Which of a request's expressions it is, as the request calls it; AWS names it in what it refuses. */
export type ExpressionName =
  'ConditionExpression' | 'FilterExpression' | 'KeyConditionExpression' | 'ProjectionExpression' | 'UpdateExpression';

type Token = { readonly kind: 'word' | 'name' | 'value' | 'place' | 'mark'; readonly text: string };

const token = /\s*(?:([A-Za-z_]\w*)|(#\w+)|(:\w+)|(\d+)|(<>|<=|>=|[=<>()[\].,+-]))/y;
const kinds = ['word', 'name', 'value', 'place', 'mark'] as const;

/** Reads an expression token by token, and notes the placeholders that it met. */
export class Tokens {
  readonly names = new Set<string>();
  readonly values = new Set<string>();
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(
    text: string,
    readonly of: ExpressionName,
  ) {
    this.#tokens = tokensOf(text, of);
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** Goes on if the next one is this mark. */
  took(mark: string): boolean {
    const next = this.#tokens[this.#at];
    const fits = next?.kind === 'mark' && next.text === mark;
    if (fits) this.#at += 1;
    return fits;
  }

  /** Goes on if the next one is this word, in whatever letters; `isCall` where a parenthesis must follow it. */
  tookWord(word: string): boolean {
    const next = this.#tokens[this.#at];
    const fits = next?.kind === 'word' && next.text.toUpperCase() === word;
    if (fits) this.#at += 1;
    return fits;
  }

  expect(mark: string): void {
    if (!this.took(mark)) this.fail();
  }

  /** The name of a function, if one is called next; the parenthesis is taken with it. */
  tookCall(): string | undefined {
    const [next, then] = [this.#tokens[this.#at], this.#tokens[this.#at + 1]];
    if (next?.kind !== 'word' || then?.text !== '(') return undefined;
    this.#at += 2;
    return next.text;
  }

  /** The text of the next one, if it is of that kind. */
  tookKind(kind: Token['kind']): string | undefined {
    const next = this.#tokens[this.#at];
    if (next?.kind !== kind) return undefined;
    this.#at += 1;
    if (kind === 'name') this.names.add(next.text);
    if (kind === 'value') this.values.add(next.text);
    return next.text;
  }

  /** Says where it is that the expression can't be read. */
  fail(): never {
    const [before, next, after] = [this.#at - 1, this.#at, this.#at + 1].map((at) => this.#tokens[at]?.text);
    const near = [before, next, after].filter((text) => text !== undefined).join(' ');
    throw this.refuse(`Syntax error; token: "${next ?? '<EOF>'}", near: "${near}"`);
  }

  refuse(why: string): Error {
    return refused(this.of, why);
  }
}

export const refused = (of: ExpressionName, why: string): Error => invalid(`Invalid ${of}: ${why}`);

function tokensOf(text: string, of: ExpressionName): readonly Token[] {
  const found: Token[] = [];
  token.lastIndex = 0;
  for (let from = 0; text.slice(from).trim() !== ''; from = token.lastIndex) {
    const match = token.exec(text);
    const at = match ? kinds.findIndex((_, place) => match[place + 1] !== undefined) : -1;
    const kind = kinds[at];
    if (!match || !kind) {
      const odd = text.slice(from).trim();
      throw refused(of, `Syntax error; token: "${odd[0] ?? ''}", near: "${odd.slice(0, 3)}"`);
    }
    found.push({ kind, text: match[at + 1] ?? '' });
  }
  if (found.length === 0) throw refused(of, 'The expression can not be empty;');
  return found;
}
