import { plainText } from '../../../signals/plain-text';
import type { Calls } from '../../../vitals/aws';
import { isHealthCheckId, readStanding, standingReads } from '../../../vitals/route53/health-check';
import type { Planning } from '../../remediation';

type Reads = Calls<(typeof standingReads)[number]>;
type NoPlan = Extract<Planning<never>, { kind: 'refused' | 'notNeeded' }>;

/** What a plan answers unless the health check that it is about fails now; undefined where it does. */
export async function unlessFailing(id: string, aws: Reads): Promise<NoPlan | undefined> {
  if (!isHealthCheckId(id)) return { kind: 'refused', reason: `${plainText(id)} is not the id of a health check` };
  switch (await readStanding(id, aws)) {
    case 'healthy':
      return { kind: 'notNeeded', reason: `the health check ${id} gets its answers` };
    case 'silent':
      return { kind: 'refused', reason: `CloudWatch has nothing of the health check ${id}` };
    case 'unhealthy':
      return undefined;
  }
}

/** Why clients must not be sent to what this health check asks; undefined when they may. */
export async function standbyFault(what: string, healthCheck: string, aws: Reads): Promise<string | undefined> {
  const standing = await readStanding(healthCheck, aws);
  return standing === 'healthy' ? undefined : `${what} is ${standing}, by its health check ${healthCheck}`;
}
