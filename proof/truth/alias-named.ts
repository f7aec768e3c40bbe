/** An alias of Lambda as its resource is called, `function:alias`, by a call that names the two apart; empty where it names none. */
export function aliasNamed(input: object): string {
  const { FunctionName: owner, Name: name } = input as { readonly FunctionName?: string; readonly Name?: string };
  return owner === undefined || name === undefined ? '' : `${owner}:${name}`;
}
