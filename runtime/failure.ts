/** What an error says of the call that threw it. */
export type Failure =
  /** AWS answered no, or the call never left: nothing was changed. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** No answer, or a fault on AWS's side: it may or may not have been done. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** Errors of our own that are thrown before anything is sent. */
const neverSent = new Set(['UndeclaredCallError', 'ZodError', 'CredentialsProviderError', 'TypeError']);

/** Tells a refusal from an unknown outcome by the HTTP status that the SDK carries; in doubt it is unknown. */
export function failureOf(error: unknown): Failure {
  const { name, message, $metadata } = error as {
    name?: string;
    message?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const reason = `${name ?? 'Error'}: ${message ?? String(error)}`;
  const status = $metadata?.httpStatusCode;
  const refused = (status !== undefined && status >= 400 && status < 500) || neverSent.has(name ?? '');
  return { kind: refused ? 'refused' : 'unknown', reason };
}
