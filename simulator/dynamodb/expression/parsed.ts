import { Tokens, type ExpressionName } from './tokens';

/** An expression that was read, and the placeholders that it uses. */
export interface Parsed<Tree> {
  readonly tree: Tree;
  readonly names: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
}

/** Texts that are remembered. Programs write a handful, but for those that write values into the text. */
const rememberedAtMost = 1_000;

/** Reads each text once: programs say the same again and again. Throws for what can't be read, each time. */
export function parserOf<Tree>(read: (tokens: Tokens) => Tree): (text: string, of: ExpressionName) => Parsed<Tree> {
  const remembered = new Map<string, Parsed<Tree>>();
  return (text, of) => {
    const known = remembered.get(text);
    if (known) return known;
    const tokens = new Tokens(text, of);
    const tree = read(tokens);
    if (!tokens.isAtEnd) tokens.fail();
    const parsed = { tree, names: tokens.names, values: tokens.values };
    if (remembered.size >= rememberedAtMost) remembered.clear();
    remembered.set(text, parsed);
    return parsed;
  };
}
