import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { invalid } from '../refusal';
import { storedValue } from '../stored';
import type { Parsed } from './parsed';
import type { Path, Step } from './path';
import { refused, type ExpressionName } from './tokens';

/** The placeholders of a request. */
export interface Placeholders {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, AttributeValue>> | undefined;
}

/** What the placeholders of one request stand for, and which of them its expressions use. */
export class Binding {
  readonly #names: Readonly<Record<string, string>>;
  readonly #values: Record<string, AttributeValue> = {};
  readonly #used: Parsed<unknown>[] = [];

  constructor(private readonly given: Placeholders) {
    const { ExpressionAttributeNames = {}, ExpressionAttributeValues = {} } = given;
    this.#names = ExpressionAttributeNames;
    for (const name in ExpressionAttributeValues) {
      this.#values[name] = storedValue(ExpressionAttributeValues[name] as AttributeValue);
    }
  }

  /** The expression as it was read, every placeholder of which stands for something; undefined where there is none. */
  use<Tree>(
    parse: (text: string, of: ExpressionName) => Parsed<Tree>,
    of: ExpressionName,
    text: string | undefined,
  ): Tree | undefined {
    if (text === undefined) return undefined;
    const parsed = parse(text, of);
    for (const name of parsed.names) {
      if (this.#names[name] !== undefined) continue;
      throw refused(
        of,
        `An expression attribute name used in the document path is not defined; attribute name: ${name}`,
      );
    }
    for (const name of parsed.values) {
      if (this.#values[name] !== undefined) continue;
      throw refused(of, `An expression attribute value used in expression is not defined; attribute value: ${name}`);
    }
    this.#used.push(parsed);
    return parsed.tree;
  }

  /** Once all expressions are read: throws for a placeholder that none of them uses. */
  close(): this {
    const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = this.given;
    if (names) this.#checkUsed('ExpressionAttributeNames', names, ({ names: used }) => used);
    if (values) this.#checkUsed('ExpressionAttributeValues', values, ({ values: used }) => used);
    return this;
  }

  /** With the names of attributes in place of those that stand for them. */
  path(path: Path): Path {
    for (const step of path) if (typeof step === 'string' && step.startsWith('#')) return path.map(this.#step);
    return path;
  }

  /** Of a placeholder that an expression uses. */
  value(name: string): AttributeValue {
    return this.#values[name] as AttributeValue;
  }

  readonly #step = (step: Step): Step =>
    typeof step === 'string' && step.startsWith('#') ? (this.#names[step] as string) : step;

  #checkUsed(
    what: 'ExpressionAttributeNames' | 'ExpressionAttributeValues',
    given: Readonly<Record<string, unknown>>,
    usedBy: (parsed: Parsed<unknown>) => ReadonlySet<string>,
  ): void {
    if (this.#used.length === 0) throw invalid(`${what} can only be specified when using expressions`);
    const unused: string[] = [];
    let count = 0;
    for (const name in given) {
      count += 1;
      if (!this.#used.some((parsed) => usedBy(parsed).has(name))) unused.push(name);
    }
    if (count === 0) throw invalid(`${what} must not be empty`);
    if (unused.length > 0) {
      throw invalid(`Value provided in ${what} unused in expressions: keys: {${unused.join(', ')}}`);
    }
  }
}
