import type { Remediation } from '../../remediations/remediation';
import { asWanted } from '../../remediations/snapshot-first';
import type { Caller } from './access';
import type { Clock } from '../clock';
import { failureOf } from './failure';
import { longestPolicy, sessionPolicy } from './role-credentials/session-policy';

/** What a call to AWS is signed with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** Puts on a role at STS. Throws what the SDK throws. */
export type AssumeRole = (asked: {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly DurationSeconds: number;
  readonly Policy?: string;
}) => Promise<Credentials>;

/** The caller gets no credentials, and would get none if it asked again: nothing was sent. */
export class CredentialsRefusedError extends Error {
  override readonly name = 'CredentialsRefusedError';
}

/** The caller got no credentials this time: nothing was sent, and it may be asked again. */
export class CredentialsUnavailableError extends Error {
  override readonly name = 'CredentialsUnavailableError';
}

/** Credentials of a caller for resources in an account and region. */
export type CredentialsFor = (caller: Caller, account: string, region: string) => Promise<Credentials>;

export interface RoleSetting {
  readonly assumeRole: AssumeRole;
  readonly clock: Clock;
  readonly remediations: ReadonlyMap<string, Remediation>;
  readonly partition: string;
  /** What names of roles begin with. */
  readonly rolePrefix: string;
}

const readerSeconds = 3_600;
/** The shortest that STS gives: a start takes seconds. */
const writerSeconds = 900;
const second = 1_000;
/** Before they expire; a call that is under way must still be taken. */
const renewedBefore = 120 * second;
const keptAtMost = 50;

/**
 * Credentials by roles: one that only looks, and one for each remediation, in the account of the resource. The session of a
 * remediation is named after the incident and may write to nothing but what its plan touches. For an incident in observe
 * there are none that can write, whoever asks.
 */
export function roleCredentials(setting: RoleSetting): CredentialsFor {
  const sessions = new Map<string, { readonly got: Promise<Credentials>; until: number }>();
  return async (caller, account, region) => {
    const asked = requestFor(caller, account, region, setting);
    const key = JSON.stringify(asked);
    const kept = sessions.get(key);
    if (kept && setting.clock.now() < kept.until) return kept.got;
    const got = assume(asked, setting);
    const session = { got, until: Infinity };
    sessions.delete(key);
    sessions.set(key, session);
    for (const oldest of sessions.keys()) {
      if (sessions.size <= keptAtMost) break;
      sessions.delete(oldest);
    }
    try {
      session.until = (await got).expiration.getTime() - renewedBefore;
    } catch (error) {
      if (sessions.get(key) === session) sessions.delete(key);
      throw error;
    }
    return got;
  };
}

type Asked = Parameters<AssumeRole>[0];

function requestFor(caller: Caller, account: string, region: string, setting: RoleSetting): Asked {
  const { partition, rolePrefix, remediations } = setting;
  const arnOfRole = (name: string): string => `arn:${partition}:iam::${account}:role/${rolePrefix}${name}`;
  if (caller.kind === 'reader') {
    return { RoleArn: arnOfRole('reader'), RoleSessionName: 'homeostat-reader', DurationSeconds: readerSeconds };
  }
  const { remediation: name, incident, mode, touches } = caller;
  if (mode === 'observe') {
    throw new CredentialsRefusedError(`Incident ${incident} is in observe: there are no credentials to write for it.`);
  }
  const known = remediations.get(name);
  const remediation = known && asWanted(known, caller);
  if (!remediation) throw new CredentialsRefusedError(`There is no remediation ${name}, and so no role for it.`);
  if (touches.length === 0) {
    throw new CredentialsRefusedError(
      `The plan of incident ${incident} touches nothing: there is nothing to write to.`,
    );
  }
  const policy = sessionPolicy(remediation.permissions, touches, { partition, account, region });
  if (policy.length > longestPolicy) {
    throw new CredentialsRefusedError(
      `The session policy of ${name} for incident ${incident} takes ${policy.length} characters, and AWS takes ${longestPolicy}: its plan touches too much at once.`,
    );
  }
  return {
    RoleArn: arnOfRole(name),
    RoleSessionName: sessionName(incident),
    DurationSeconds: writerSeconds,
    Policy: policy,
  };
}

/** In the characters that STS takes. */
function sessionName(incident: string): string {
  return incident.replace(/[^\w+=,.@-]/g, '-').slice(0, 64);
}

async function assume(asked: Asked, { assumeRole }: RoleSetting): Promise<Credentials> {
  try {
    return await assumeRole(asked);
  } catch (error) {
    const { kind, reason } = failureOf(error);
    const message = `The role ${asked.RoleArn} cannot be put on: ${reason}`;
    throw kind === 'refused'
      ? new CredentialsRefusedError(message, { cause: error })
      : new CredentialsUnavailableError(message, { cause: error });
  }
}
