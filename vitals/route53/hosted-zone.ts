import type { HostedZone } from '@aws-sdk/client-route-53';
import { plainText } from '../../signals/plain-text';
import { orAbsent } from '../absent';
import type { Calls } from '../aws';
import { defineVitals } from '../vitals';
import { readRoute53Tags } from './tags';

/** The action of `readHostedZone`. */
export const zoneReads = ['route53:GetHostedZone'] as const;

/** Whether the text can be the id of a hosted zone. */
export function isHostedZoneId(text: string): boolean {
  return /^Z[0-9A-Z]{1,31}$/.test(text);
}

/** The hosted zone; undefined where there is none. */
export async function readHostedZone(
  id: string,
  aws: Calls<(typeof zoneReads)[number]>,
): Promise<HostedZone | undefined> {
  if (!isHostedZoneId(id)) throw new Error(`${plainText(id)} is not the id of a hosted zone`);
  const answer = await orAbsent('NoSuchHostedZone', aws.route53.getHostedZone({ Id: id }));
  if (answer && !answer.HostedZone) throw new Error(`Route 53 answered nothing about the hosted zone ${id}`);
  return answer?.HostedZone;
}

/** What AWS is doing to it, in one line: it takes no changes while it is locked. */
export function workOnZone({ Name, Features }: HostedZone): string | undefined {
  const status = Features?.AcceleratedRecoveryStatus;
  return status?.startsWith('ENABLING') || status?.startsWith('DISABLING')
    ? `the accelerated recovery of ${plainText(Name ?? '')} is ${status}`
    : undefined;
}

/** Hosted zones. One is well while it is there: what its records lead to is for health checks to tell. */
export const hostedZoneVitals = defineVitals({
  kind: 'hosted-zone',
  reads: [...zoneReads, 'route53:ListTagsForResource'],
  sees: [],
  async health({ id }, _condition, aws) {
    return (await readHostedZone(id, aws))
      ? { kind: 'healthy', detail: `the hosted zone ${id} is there` }
      : { kind: 'gone', detail: `the hosted zone ${id} no longer exists` };
  },
  async tags({ id }, aws) {
    if (!isHostedZoneId(id)) throw new Error(`${plainText(id)} is not the id of a hosted zone`);
    return (await readRoute53Tags('hostedzone', id, 'NoSuchHostedZone', aws)) ?? {};
  },
  place: () => Promise.resolve({ groups: [] }),
  async busy({ id }, aws) {
    const zone = await readHostedZone(id, aws);
    return zone && workOnZone(zone);
  },
});
