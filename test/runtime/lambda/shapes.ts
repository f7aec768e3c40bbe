import type { ClientSettings } from '../../../runtime/aws/sdk-clients';

/** What a connection answers with. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Sent = Readonly<Record<string, unknown>>;

/** A connection that answers what it is told to, the last answer again and again, and keeps what was sent. */
export function connection(answers: readonly Answer[] = [{ status: 200, body: '' }]): {
  readonly requestHandler: NonNullable<ClientSettings['requestHandler']>;
  readonly sent: Sent[];
} {
  const sent: Sent[] = [];
  const handle = async (request: Readonly<Record<string, unknown>> & { headers: Record<string, string> }) => {
    const { status, body, headers = {} } = answers[sent.length] ?? answers.at(-1)!;
    const { hostname, port, method, path, query, protocol } = request;
    sent.push({
      hostname,
      port,
      method,
      path,
      query,
      protocol,
      headers: told(request.headers),
      body: textOf(request['body']),
    });
    return { response: { statusCode: status, headers, body: new TextEncoder().encode(body) } };
  };
  return { requestHandler: { handle }, sent };
}

const textOf = (body: unknown): unknown => (body instanceof Uint8Array ? new TextDecoder().decode(body) : body);

/** What is random, and the signature over it, says nothing. The SDK's two builds do not always name the same version of it. */
function told(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { authorization = '', 'amz-sdk-invocation-id': _random, ...others } = headers;
  const { 'user-agent': agent = '', 'x-amz-user-agent': _versions, ...rest } = others;
  return {
    ...rest,
    agent: agent.replace(/#?3[.]\d+[.]\d+/g, ''),
    authorization: authorization.replace(/Signature=.*/, ''),
  };
}

/** What came of a call, an error by all that it says. */
export async function answered(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    const { name, message, stack: _stack, $response: _response, ...others } = error as Error & { $response?: unknown };
    return { threw: name, message, others };
  }
}

type Schema = unknown;

/** The shape of the operation that a client was last called for. */
export function shapesOf(): { readonly prepare: (client: object) => void; readonly schema: () => unknown } {
  let seen: Schema;
  const prepare = (client: object): void => {
    const { middlewareStack, handsTo = [] } = client as {
      middlewareStack: { add: (...given: unknown[]) => void };
      handsTo?: readonly object[];
    };
    const look =
      (next: (args: unknown) => unknown, context: { __smithy_context?: { operationSchema?: Schema } }) =>
      (args: unknown): unknown => {
        seen = context.__smithy_context?.operationSchema ?? seen;
        return next(args);
      };
    middlewareStack.add(look, { step: 'serialize', priority: 'high', name: 'look' });
    handsTo.forEach(prepare);
  };
  return { prepare, schema: () => seen };
}

const isMember = (schema: readonly unknown[]): boolean => schema.length === 2 && typeof schema[1] !== 'string';

/** All that a shape says, down to its last member, as text; a shape within itself by its name alone. */
export function schemaText(schema: Schema): string {
  const known = new Map<unknown, string>();
  const plain = (one: unknown): unknown => {
    if (typeof one === 'function') return plain((one as () => unknown)());
    if (Array.isArray(one)) {
      const name = known.get(one);
      if (name !== undefined) return name;
      if (typeof one[1] === 'string') known.set(one, `${one[1]}#${String(one[2])}`);
      return one.map(plain);
    }
    if (typeof one !== 'object' || one === null) return one;
    return Object.entries(one)
      .map(([key, value]) => [key, plain(value)])
      .sort();
  };
  return JSON.stringify(plain(schema), undefined, 1);
}

/** An input with every member that the operation takes. */
export function sampleOf(operation: Schema, depth = 6): object {
  return valueOf((operation as readonly unknown[])[4], depth) as object;
}

function valueOf(schema: unknown, depth: number): unknown {
  if (depth === 0) return undefined;
  if (typeof schema === 'function') return valueOf((schema as () => unknown)(), depth);
  if (typeof schema === 'number') return simpleOf(schema);
  if (!Array.isArray(schema)) return {};
  if (isMember(schema)) return valueOf(schema[0], depth);
  const [kind, , , , first, second] = schema as [number, ...unknown[]];
  switch (kind) {
    case 0:
      return valueOf(first, depth);
    case 1:
      return [valueOf(first, depth - 1)].filter((one) => one !== undefined);
    case 2:
      return { key: valueOf(second, depth - 1) };
    default: {
      const members = second as readonly unknown[];
      const entries = (first as readonly string[]).map(
        (name, index) => [name, valueOf(members[index], depth - 1)] as const,
      );
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    }
  }
}

/** By the numbers that the SDK has for what is no structure; 64 more is a list of it, 128 more a map. */
function simpleOf(kind: number): unknown {
  if (kind >= 128) return { key: simpleOf(kind - 128) };
  if (kind >= 64) return [simpleOf(kind - 64)];
  if (kind === 1) return 7;
  if (kind === 2) return true;
  if (kind >= 4 && kind <= 7) return new Date(1_772_445_600_000);
  if (kind === 21) return new Uint8Array([1, 2]);
  return 'a&b ü';
}
