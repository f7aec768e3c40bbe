import { plainText } from '../signals/plain-text';

/** Why AWS could not be asked, and what to do about it. */
export interface AwsFault {
  readonly what: string;
  readonly next: string;
}

/** What an error carries, whatever it is. */
interface Parts {
  readonly name: string;
  readonly message: string;
  /** Of a connection that failed, such as `ECONNREFUSED`. */
  readonly code: string;
}

interface Cause {
  readonly is: (parts: Parts) => boolean;
  readonly what: (parts: Parts) => string;
  readonly next: string;
}

const signIn = 'name a profile with --profile or AWS_PROFILE, or sign in again (aws sso login)';
const notFound = /NotFound|NonExistentQueue|QueueDoesNotExist|NoSuchEntity/;
const denied = /AccessDenied|Unauthorized|NotAuthorized|^AuthorizationError/;
const unreachable = /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)|^TimeoutError$/;

/** The first that fits is told. */
const causes: readonly Cause[] = [
  {
    is: ({ message }) => /^Region is missing/.test(message),
    what: () => 'no AWS region is known',
    next: 'pass --region, or set AWS_REGION or a region in your AWS profile',
  },
  {
    is: ({ name }) => /^(CredentialsProviderError|TokenProviderError|ProviderError)$/.test(name),
    what: ({ message }) => `there are no AWS credentials (${message})`,
    next: signIn,
  },
  {
    is: ({ name }) =>
      /^(ExpiredToken|InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|AuthFailure|NotSignedUp|OptInRequired|InvalidToken)/.test(
        name,
      ),
    what: ({ name, message }) => `AWS does not take the credentials (${name}: ${message})`,
    next: `${signIn}; a clock that is wrong by minutes does this too`,
  },
  {
    is: ({ name }) => /^(RequestTimeTooSkewed|RequestExpired)/.test(name),
    what: ({ message }) => `the clock of this machine is wrong (${message})`,
    next: 'set it by NTP',
  },
  {
    is: ({ name }) => notFound.test(name),
    what: ({ message }) => `it is not there (${message})`,
    next: 'look whether --name, --region and --profile are meant, or deploy Homeostat',
  },
  {
    is: ({ name }) => denied.test(name),
    what: ({ message }) => `you may not do this (${message})`,
    next: 'use credentials that may, with --profile',
  },
  {
    is: ({ name, code }) => unreachable.test(code) || unreachable.test(name),
    what: ({ name, message, code }) => `AWS cannot be reached (${[code || name, message].filter(Boolean).join(': ')})`,
    next: 'look at the network, at --endpoint and AWS_ENDPOINT_URL, and at the region',
  },
];

/** Words an error that came of a call to AWS. */
export function awsFault(error: unknown): AwsFault {
  const parts = partsOf(error);
  const cause = causes.find(({ is }) => is(parts));
  if (cause) return { what: cause.what(parts), next: cause.next };
  return { what: `AWS answered ${parts.name}: ${parts.message}`, next: 'try again' };
}

/** Whether an error came of AWS or of the way to it, and not of this program. */
export function isOfAws(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const parts = partsOf(error);
  return '$metadata' in error || causes.some(({ is }) => is(parts));
}

/** Whether AWS says that what was asked for is not there. */
export function isNotFound(error: unknown): boolean {
  return notFound.test(partsOf(error).name);
}

/** Whether AWS says that the caller may not ask. */
export function isDenied(error: unknown): boolean {
  return denied.test(partsOf(error).name);
}

function partsOf(error: unknown): Parts {
  if (typeof error !== 'object' || error === null) return { name: 'Error', message: String(error), code: '' };
  const { name, message, code } = error as Partial<Record<keyof Parts, unknown>>;
  return {
    name: typeof name === 'string' ? name : 'Error',
    message: plainText(typeof message === 'string' ? message : '', 300),
    code: typeof code === 'string' ? code : '',
  };
}
