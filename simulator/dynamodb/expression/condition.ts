import { parserOf } from './parsed';
import { readPath, type Path } from './path';
import type { Tokens } from './tokens';

/** What a condition compares. */
export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'size'; readonly of: Operand };

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'comparison'; readonly comparator: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly operand: Operand; readonly from: Operand; readonly to: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly among: readonly Operand[] }
  | { readonly kind: keyof typeof ofPath; readonly path: Path }
  | {
      readonly kind: keyof typeof withArgument;
      readonly operand: Operand;
      readonly argument: Operand;
    };

/** Within parentheses may be either. */
type Node = Condition | Operand;

const operandKinds: ReadonlySet<Node['kind']> = new Set(['path', 'value', 'size'] as const);
const isOperand = (node: Node): node is Operand => operandKinds.has(node.kind);

const comparators = ['=', '<>', '<=', '>=', '<', '>'] as const;

/** Functions, and how many operands each takes. */
const ofPath = { attribute_exists: 1, attribute_not_exists: 1 } as const;
const withArgument = { attribute_type: 2, begins_with: 2, contains: 2 } as const;
const operandsOf = { size: 1, ...ofPath, ...withArgument } as const;

/** Reads conditions, filters and key conditions. */
export const parseCondition = parserOf((tokens): Condition => new ConditionReader(tokens).whole());

/** One method for each level of precedence, the loosest first. */
class ConditionReader {
  /** What stood in the parentheses read last: a second pair around it is too many. */
  #enclosed: Node | undefined;

  constructor(private readonly tokens: Tokens) {}

  whole(): Condition {
    return this.#condition(this.#or());
  }

  #or(): Node {
    let left = this.#and();
    while (this.tokens.tookWord('OR')) {
      left = { kind: 'or', left: this.#condition(left), right: this.#condition(this.#and()) };
    }
    return left;
  }

  #and(): Node {
    let left = this.#not();
    while (this.tokens.tookWord('AND')) {
      left = { kind: 'and', left: this.#condition(left), right: this.#condition(this.#not()) };
    }
    return left;
  }

  #not(): Node {
    if (!this.tokens.tookWord('NOT')) return this.#comparison();
    return { kind: 'not', condition: this.#condition(this.#not()) };
  }

  #comparison(): Node {
    const left = this.#primary();
    const comparator = comparators.find((one) => this.tokens.took(one));
    if (comparator) {
      return { kind: 'comparison', comparator, left: this.#operand(left), right: this.#operand(this.#primary()) };
    }
    if (this.tokens.tookWord('BETWEEN')) {
      const from = this.#operand(this.#primary());
      if (!this.tokens.tookWord('AND')) this.tokens.fail();
      return { kind: 'between', operand: this.#operand(left), from, to: this.#operand(this.#primary()) };
    }
    if (this.tokens.tookWord('IN')) {
      this.tokens.expect('(');
      return { kind: 'in', operand: this.#operand(left), among: this.#arguments() };
    }
    return left;
  }

  #primary(): Node {
    const { tokens } = this;
    if (tokens.took('(')) {
      const inner = this.#or();
      if (inner === this.#enclosed) throw tokens.refuse('The expression has redundant parentheses;');
      tokens.expect(')');
      this.#enclosed = inner;
      return inner;
    }
    const value = tokens.tookKind('value');
    if (value !== undefined) return { kind: 'value', name: value };
    const called = tokens.tookCall();
    return called === undefined ? { kind: 'path', path: readPath(tokens) } : this.#call(called);
  }

  #call(name: string): Node {
    const given = this.#arguments();
    const takes = operandsOf[name as keyof typeof operandsOf] as number | undefined;
    if (takes === undefined) throw this.tokens.refuse(`Invalid function name; function: ${name}`);
    const [first, second] = given;
    if (!first || given.length !== takes) {
      throw this.tokens.refuse(
        `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${given.length}`,
      );
    }
    if (second) return { kind: name as keyof typeof withArgument, operand: first, argument: second };
    if (name === 'size') return { kind: name, of: first };
    if (first.kind === 'path') return { kind: name as keyof typeof ofPath, path: first.path };
    throw this.tokens.refuse(`Operator or function requires a document path; operator or function: ${name}`);
  }

  #arguments(): readonly Operand[] {
    const given = [this.#operand(this.#primary())];
    while (this.tokens.took(',')) given.push(this.#operand(this.#primary()));
    this.tokens.expect(')');
    return given;
  }

  #operand(node: Node): Operand {
    if (isOperand(node)) return node;
    if ('left' in node || 'condition' in node) return this.tokens.fail();
    throw this.tokens.refuse(
      `The function is not allowed to be used this way in an expression; function: ${node.kind}`,
    );
  }

  #condition(node: Node): Condition {
    if (!isOperand(node)) return node;
    if (node.kind !== 'size') return this.tokens.fail();
    throw this.tokens.refuse('The function is not allowed to be used this way in an expression; function: size');
  }
}
