import { partitionOf } from '../../signals/cloudwatch-alarm/alarm-diagnosis';
import { plainText } from '../../signals/plain-text';
import type { Resource } from '../../signals/signal';
import { orAbsent } from '../absent';
import type { Calls } from '../aws';

/** As far as healing it needs to know a function. Its configuration is never read: that would show what its environment holds. */
export interface LambdaFunction {
  readonly kind: 'function';
  readonly name: string;
  /** Invocations at one time that are its own; undefined where it shares those of the account. */
  readonly reserved: number | undefined;
}

/** The action of `readFunction`. */
export const functionReads = ['lambda:GetFunctionConcurrency'] as const;

/** What Lambda calls anything that there is not. */
export const notFound = 'ResourceNotFoundException';

const shape = /^[\w-]{1,64}$/;

/** The name of the function that a function or an alias is; undefined when the id is of neither. */
export function functionNameOf({ kind, id }: Pick<Resource, 'kind' | 'id'>): string | undefined {
  const [name = '', alias, ...more] = id.split(':');
  const isWhole = kind === 'function-alias' ? alias !== undefined : alias === undefined;
  return isWhole && more.length === 0 && shape.test(name) && (alias === undefined || isAliasName(alias))
    ? name
    : undefined;
}

/** A version has digits alone, and `$LATEST` is none that could be named by an alias. */
function isAliasName(text: string): boolean {
  return /^(?!\d+$)[\w-]{1,128}$/.test(text);
}

/** Reads a function by its name. */
export async function readFunction(
  name: string,
  aws: Calls<(typeof functionReads)[number]>,
): Promise<LambdaFunction | { readonly kind: 'absent' }> {
  if (!shape.test(name)) throw new Error(`${plainText(name)} is not the name of a function`);
  const answer = await orAbsent(notFound, aws.lambda.getFunctionConcurrency({ FunctionName: name }));
  return answer ? { kind: 'function', name, reserved: answer.ReservedConcurrentExecutions } : { kind: 'absent' };
}

/** The function; or why there is none to be healed. */
export async function functionOrReason(
  name: string,
  aws: Calls<(typeof functionReads)[number]>,
): Promise<LambdaFunction | string> {
  const found = await readFunction(name, aws);
  return found.kind === 'absent' ? `${name} no longer exists` : found;
}

/** Tags of a function, which are those of its aliases, too. */
export async function functionTags(
  resource: Resource,
  aws: Calls<'lambda:ListTags'>,
): Promise<Readonly<Record<string, string>>> {
  const name = functionNameOf(resource);
  if (name === undefined) throw new Error(`${plainText(resource.id)} is not the name of a function or an alias`);
  return lambdaTags(resource, `function:${name}`, aws);
}

/** Tags of anything of Lambda, by the last part of its ARN; none of what is gone. */
export async function lambdaTags(
  { account, region }: Pick<Resource, 'account' | 'region'>,
  ending: string,
  aws: Pick<Calls<'lambda:ListTags'>, 'lambda'>,
): Promise<Readonly<Record<string, string>>> {
  const Resource = `arn:${partitionOf(region)}:lambda:${region}:${account}:${ending}`;
  return (await orAbsent(notFound, aws.lambda.listTags({ Resource })))?.Tags ?? {};
}
