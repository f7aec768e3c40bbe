import { plainText } from '../../signals/plain-text';
import { orAbsent } from '../absent';
import type { Calls } from '../aws';
import { functionNameOf, notFound } from './function';

/** A name for one version of a function. */
export interface Alias {
  readonly kind: 'alias';
  /** `function:alias`. */
  readonly id: string;
  readonly function: string;
  readonly name: string;
  /** The version that it leads to: digits, or `$LATEST`. */
  readonly version: string;
  /** Another one at each change of the alias. */
  readonly revision: string;
  /** Shares of the invocations that go to further versions, between 0 and 1, by version. */
  readonly weights: Readonly<Record<string, number>>;
}

/** The action of `readAlias`. */
export const aliasReads = ['lambda:GetAlias'] as const;

/** Reads an alias; `absent` when it, or its function, is no more. Throws when the answer makes no sense. */
export async function readAlias(
  id: string,
  aws: Calls<(typeof aliasReads)[number]>,
): Promise<Alias | { readonly kind: 'absent' }> {
  const owner = functionNameOf({ kind: 'function-alias', id });
  if (owner === undefined) throw new Error(`${plainText(id)} is not the name of a function and of an alias`);
  const name = id.slice(owner.length + 1);
  const found = await orAbsent(notFound, aws.lambda.getAlias({ FunctionName: owner, Name: name }));
  if (!found) return { kind: 'absent' };
  const { FunctionVersion: version, RevisionId: revision, RoutingConfig } = found;
  if (!version || !revision) throw new Error(`Lambda answered ${id} without its version or its revision`);
  return {
    kind: 'alias',
    id,
    function: owner,
    name,
    version,
    revision,
    weights: RoutingConfig?.AdditionalVersionWeights ?? {},
  };
}

/** The alias; or why there is none to do something to, in one line. */
export async function aliasOrReason(id: string, aws: Calls<(typeof aliasReads)[number]>): Promise<Alias | string> {
  if (functionNameOf({ kind: 'function-alias', id }) === undefined) {
    return `${plainText(id)} is not the name of a function and of an alias`;
  }
  const found = await readAlias(id, aws);
  return found.kind === 'absent' ? `${id} no longer exists` : found;
}

/** A deployment that is under way, in one line: CodeDeploy, or somebody, sends some invocations to another version. */
export function workOnAlias({ id, version, weights }: Alias): string | undefined {
  const [other] = Object.entries(weights);
  if (!other) return undefined;
  return `${id} moves from version ${version} to another: ${Math.round(other[1] * 100)}% go to version ${plainText(other[0], 20)}`;
}
