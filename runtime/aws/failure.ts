import { plainText } from '../../signals/plain-text';
import type { RecordedCall } from '../store/incident-store';

/** What an error says of the call that threw it. */
export type Failure =
  /** AWS answered no, or the call never left: nothing was changed. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** No answer, or a fault on AWS's side: it may or may not have been done. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** Errors that are thrown before anything is sent, and would be again. */
const refusedHere = new Set([
  'UndeclaredCallError',
  'LateWriteError',
  'CredentialsRefusedError',
  'CredentialsProviderError',
]);

/** There were no credentials to send it with, this time. */
const unavailable = 'CredentialsUnavailableError';

/** AWS gave up waiting for the rest of the request: the one status below 500 that says nothing of what was done. */
const requestTimeout = 408;

/** Not now is no no: what was half done when it was said must go on, and a check finds out how. */
const isThrottle = /throttl|^(RequestLimitExceeded|TooManyRequestsException|PriorRequestNotComplete)$/i;

/**
 * What AWS says before it looks at anything: who asks, for what, and whether it can be understood. A no to the state of things is
 * none of these. That can come of an earlier delivery of the same request, which was carried out.
 */
const isOutright =
  /access|auth|token|signature|optin|validation|malformed|parameter|notfound|unknown|unsupported|syntax|limitexceeded|quota/i;

/** Name and message of what was thrown, whatever it is. */
function partsOf(error: unknown): { name: string; message: string; status?: number; attempts?: number } {
  if (typeof error !== 'object' || error === null) return { name: 'Error', message: String(error) };
  const { name, message, $metadata } = error as {
    name?: unknown;
    message?: unknown;
    $metadata?: { httpStatusCode?: number; attempts?: number };
  };
  const { httpStatusCode: status, attempts } = $metadata ?? {};
  return {
    name: typeof name === 'string' ? name : 'Error',
    message: typeof message === 'string' ? message : 'no message',
    ...(status !== undefined && { status }),
    ...(attempts !== undefined && { attempts }),
  };
}

/** Tells a refusal from an unknown outcome by the HTTP status that the SDK carries; in doubt it is unknown. */
export function failureOf(error: unknown): Failure {
  const { name, message, status = 0, attempts = 1 } = partsOf(error);
  const reason = plainText(`${name}: ${message}`, 400);
  const saidNo = status >= 400 && status < 500 && status !== requestTimeout && !isThrottle.test(name);
  // The SDK retries by itself: a no to its second try may well mean that the first was done.
  return { kind: (saidNo && attempts === 1) || refusedHere.has(name) ? 'refused' : 'unknown', reason };
}

function neverLeft(name: string): boolean {
  return refusedHere.has(name) || name === unavailable;
}

/**
 * What a `start` that threw has done, by the calls that it made: without a write nothing, after one that was refused outright
 * nothing either, and else who knows.
 */
export function failureOfStart(error: unknown, calls: readonly RecordedCall[], goesOn = false): Failure {
  const failure = failureOf(error);
  const [write, ...more] = calls.filter(({ access, error: name = '' }) => access === 'write' && !neverLeft(name));
  // A start that goes on has left something half done: a read that fails must not end it there.
  if (!write) return goesOn ? failure : { kind: 'refused', reason: failure.reason };
  const { name } = partsOf(error);
  const isOfTheWrite = more.length === 0 && write.error === name;
  return isOfTheWrite && isOutright.test(name) ? failure : { kind: 'unknown', reason: failure.reason };
}
