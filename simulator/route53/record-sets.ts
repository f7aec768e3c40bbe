import type * as sdk from '@aws-sdk/client-route-53';
import { Refusal } from '../refusal';
import { written } from './resolution';
import type { RecordSet } from './schema';

/** By what Route 53 sorts the record sets of a zone. */
export function placeOf({ name, type, set = '' }: RecordSet): string {
  return `${written(name)}/${type}/${set}`;
}

/** The record set as Route 53 answers it. */
export function recordOf({
  name,
  type,
  set,
  weight,
  failover,
  healthCheck,
  ttl,
  values,
}: RecordSet): sdk.ResourceRecordSet {
  return {
    Name: written(name),
    Type: type,
    ...(set !== undefined && { SetIdentifier: set }),
    ...(weight !== undefined && { Weight: weight }),
    ...(failover !== undefined && { Failover: failover }),
    ...(healthCheck !== undefined && { HealthCheckId: healthCheck }),
    TTL: ttl,
    ResourceRecords: values.map((Value) => ({ Value })),
  };
}

/** The records after one change. Route 53 puts the whole set in the place of the one that has its name, type and identifier. */
export function applied(
  records: readonly RecordSet[],
  action: sdk.ChangeAction | undefined,
  set: sdk.ResourceRecordSet | undefined,
): RecordSet[] {
  const isSame = (one: RecordSet): boolean =>
    written(one.name) === written(set?.Name ?? '') && one.type === set?.Type && one.set === set.SetIdentifier;
  const known = records.find(isSame);
  if (action !== 'UPSERT' || !set?.ResourceRecords?.length) {
    throw new Refusal('InvalidChangeBatch', 'Only whole record sets can be put in place here');
  }
  const others = records.filter((one) => written(one.name) === written(set.Name ?? '') && one.type === set.Type);
  if (others.some(({ weight }) => (weight === undefined) !== (set.Weight === undefined))) {
    throw new Refusal('InvalidChangeBatch', `RRSet with DNS name ${set.Name ?? ''} is of another routing policy`);
  }
  const made: RecordSet = {
    name: set.Name ?? '',
    type: set.Type as RecordSet['type'],
    set: set.SetIdentifier,
    weight: set.Weight,
    failover: set.Failover,
    healthCheck: set.HealthCheckId,
    ttl: set.TTL ?? 0,
    values: set.ResourceRecords.map(({ Value = '' }) => Value),
  };
  return known ? records.map((one) => (one === known ? made : one)) : [...records, made];
}
