import type { ResourceRecordSet, RRType } from '@aws-sdk/client-route-53';
import { isHostedZoneId, readHostedZone } from '../../../vitals/route53/hosted-zone';
import { writtenName } from '../../../vitals/route53/record-sets';
import { readRoute53Tags } from '../../../vitals/route53/tags';
import { isDenied } from '../../aws-fault';
import { type Describing, eachOf, item } from './describer';
import { type Found, oneByOne } from './one-by-one';

const types = ['A', 'AAAA', 'CNAME'];
const recoveries = ['DISABLED', 'ENABLING', 'ENABLED', 'ENABLING_HOSTED_ZONE_LOCKED'];
/** More pages of the records of one name there cannot be. */
const mostPages = 20;

/** Hosted zones with the records that the policy may change, and no others; they lead to the health checks of these. */
export const hostedZones = oneByOne(unlessDenied);

/** A policy may name zones of other accounts, which none of the events here is about. */
async function unlessDenied(of: string, describing: Describing): Promise<Found | undefined> {
  try {
    return await foundOf(of, describing);
  } catch (error) {
    if (!isDenied(error)) throw error;
    return { entry: { of, item: {}, notes: ['you may not read it, though the policy names it'] }, leads: [] };
  }
}

async function foundOf(of: string, describing: Describing): Promise<Found | undefined> {
  const { aws, redaction, byPolicy } = describing;
  const reads = { ...aws, now: () => 0 };
  const zone = isHostedZoneId(of) ? await readHostedZone(of, reads) : undefined;
  if (!zone) return undefined;
  const names = new Set((byPolicy.records.get(of) ?? []).map(writtenName));
  const sets = (await eachOf([...names], async (name) => setsOf(of, name, describing))).flat();
  const { AcceleratedRecoveryStatus: recovery = '' } = zone.Features ?? {};
  const tags = await readRoute53Tags('hostedzone', of, 'NoSuchHostedZone', reads);
  const entry = {
    of,
    item: item({
      id: of,
      name: redaction.name(withoutDot(zone.Name ?? '')),
      records: sets.map((set) => recordOf(set, redaction)),
      recovery: recoveries.includes(recovery) ? recovery : undefined,
      tags: redaction.tags(Object.entries(tags ?? {})),
    }),
    notes: sets.some(isRouted) ? ['by whom its records are answered, otherwise than by weight or failover'] : [],
  };
  const checks = sets.flatMap(({ HealthCheckId: id }) => id ?? []);
  return { entry, leads: checks.map((id) => ({ kind: 'healthChecks', id })) };
}

/** The record sets of a name that lead to addresses or other names. */
async function setsOf(
  HostedZoneId: string,
  name: string,
  { aws: { route53 } }: Describing,
): Promise<readonly ResourceRecordSet[]> {
  const own: ResourceRecordSet[] = [];
  let from: { StartRecordName: string; StartRecordType?: RRType; StartRecordIdentifier?: string } = {
    StartRecordName: name,
  };
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await route53.listResourceRecordSets({ HostedZoneId, ...from });
    own.push(
      ...(answer.ResourceRecordSets ?? []).filter(({ Name, Type = '' }) => Name === name && types.includes(Type)),
    );
    // They come in the order of their names.
    if (!answer.IsTruncated || answer.NextRecordName !== name) return own;
    const { NextRecordType: type, NextRecordIdentifier: identifier } = answer;
    from = {
      StartRecordName: name,
      ...(type && { StartRecordType: type }),
      ...(identifier !== undefined && { StartRecordIdentifier: identifier }),
    };
  }
  throw new Error(`Route 53 tells no end of the records of one name in ${HostedZoneId}`);
}

function recordOf(set: ResourceRecordSet, redaction: Describing['redaction']): object {
  const values = set.AliasTarget?.DNSName ? [set.AliasTarget.DNSName] : (set.ResourceRecords ?? []).map(valueOf);
  return item({
    name: redaction.name(withoutDot(set.Name ?? '')),
    type: set.Type,
    set: redaction.ifNamed(set.SetIdentifier),
    weight: set.Weight,
    failover: set.Failover,
    healthCheck: set.HealthCheckId,
    ttl: set.TTL,
    values: values.map((value) => redaction.name(withoutDot(value))),
  });
}

const valueOf = ({ Value = '' }: { readonly Value?: string | undefined }): string => Value;

/** By where clients are, or one after the other. */
function isRouted({
  Region,
  GeoLocation,
  GeoProximityLocation,
  CidrRoutingConfig,
  MultiValueAnswer,
}: ResourceRecordSet) {
  return [Region, GeoLocation, GeoProximityLocation, CidrRoutingConfig, MultiValueAnswer].some(Boolean);
}

/** As health checks name it. */
function withoutDot(name: string): string {
  return name.replace(/\.$/, '');
}
