import type * as sdk from '@aws-sdk/client-route-53';
import { Refusal } from './refusal';
import { answersTo, written } from './route53/resolution';
import {
  healthCheckSchema,
  hostedZoneSchema,
  type DnsHappening,
  type HealthCheck,
  type HealthCheckInput,
  type HostedZone,
  type HostedZoneInput,
  type RecordSet,
} from './route53/schema';
import type { SimulatedAccount } from './world';

type Answer<Output> = Omit<Output, '$metadata'>;

/** Milliseconds until all servers have a change. */
const untilInSync = 60_000;
/** Milliseconds until a health check notices: a few of its looks. A routing control it follows at once. */
const untilNoticed = 30_000;

/** Route 53 of one account. It is in no Region: an account has it in the Region that it is described in. */
export class Route53 {
  readonly #zones = new Map<string, HostedZone>();
  readonly #checks = new Map<string, HealthCheck>();
  readonly #healthy = new Map<string, boolean>();
  readonly #dead = new Set<string>();
  readonly #changes = new Map<string, 'PENDING' | 'INSYNC'>();
  #isDown = false;

  constructor(private readonly account: SimulatedAccount) {
    account.services.cloudwatch.provide('AWS/Route53', (name, { HealthCheckId: id = '' }) => {
      const healthy = this.#healthy.get(id);
      if (healthy === undefined) return undefined;
      if (name === 'HealthCheckStatus') return healthy ? 1 : 0;
      return name === 'HealthCheckPercentageHealthy' ? (healthy ? 100 : 0) : undefined;
    });
  }

  addZone(input: HostedZoneInput): void {
    const zone = hostedZoneSchema.parse(input);
    this.#zones.set(zone.id, zone);
    this.#look();
  }

  addCheck(input: HealthCheckInput): void {
    const check = healthCheckSchema.parse(input);
    this.#checks.set(check.id, check);
    this.#look();
  }

  befall(happening: DnsHappening): void {
    if ('controlPlane' in happening) this.#isDown = happening.controlPlane === 'down';
    else if (happening.is === 'dead') this.#dead.add(happening.address);
    else this.#dead.delete(happening.address);
    this.#noticedLater();
  }

  /** People switch the accelerated recovery of a zone on, or it is on. */
  recover(zone: string, recovery: HostedZone['recovery']): void {
    const known = this.#zones.get(zone);
    if (known) this.#zones.set(zone, { ...known, recovery });
  }

  /** A routing control has another state. */
  controlChanged(): void {
    this.#look('control');
    this.#noticedLater();
  }

  isHealthy(check: string): boolean | undefined {
    return this.#healthy.get(check);
  }

  tagsOf(id: string): Readonly<Record<string, string>> | undefined {
    return (this.#zones.get(id) ?? this.#checks.get(id))?.tags;
  }

  readonly operations = {
    GetHealthCheck: ({ HealthCheckId: id = '' }: sdk.GetHealthCheckRequest): Answer<sdk.GetHealthCheckResponse> => {
      const { name, address, control } = this.#check(id);
      const asks = control === undefined ? { FullyQualifiedDomainName: name, IPAddress: address } : {};
      return {
        HealthCheck: {
          Id: id,
          CallerReference: id,
          HealthCheckVersion: 1,
          HealthCheckConfig: {
            Type: control === undefined ? 'HTTPS' : 'RECOVERY_CONTROL',
            ...asks,
            ...(control !== undefined && { RoutingControlArn: control }),
          },
        },
      };
    },
    GetHostedZone: ({ Id = '' }: sdk.GetHostedZoneRequest): Answer<sdk.GetHostedZoneResponse> => {
      const { id, name, recovery, records } = this.#zone(Id);
      return {
        HostedZone: {
          Id: `/hostedzone/${id}`,
          Name: written(name),
          CallerReference: id,
          ResourceRecordSetCount: records.length,
          Features: { AcceleratedRecoveryStatus: recovery },
        },
      };
    },
    ListTagsForResource: ({
      ResourceType,
      ResourceId: id = '',
    }: sdk.ListTagsForResourceRequest): Answer<sdk.ListTagsForResourceResponse> => {
      const { tags } = ResourceType === 'hostedzone' ? this.#zone(id) : this.#check(id);
      return {
        ResourceTagSet: {
          ResourceType,
          ResourceId: id,
          Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        },
      };
    },
    ListResourceRecordSets: (input: sdk.ListResourceRecordSetsRequest): Answer<sdk.ListResourceRecordSetsResponse> => {
      const { records } = this.#zone(input.HostedZoneId ?? '');
      const from = `${written(input.StartRecordName ?? '')}/${input.StartRecordType ?? ''}`;
      const sorted = [...records].sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
      const limit = Math.min(input.MaxItems ?? 300, 300);
      const found = sorted.filter((one) => input.StartRecordName === undefined || placeOf(one) >= from);
      return {
        ResourceRecordSets: found.slice(0, limit).map(recordOf),
        IsTruncated: found.length > limit,
        MaxItems: limit,
      };
    },
    ChangeResourceRecordSets: (
      input: sdk.ChangeResourceRecordSetsRequest,
    ): Answer<sdk.ChangeResourceRecordSetsResponse> => {
      const zone = this.#zone(input.HostedZoneId ?? '');
      if (zone.recovery.endsWith('LOCKED')) throw new Refusal('InvalidInput', 'The hosted zone is locked', 400);
      const changed = (input.ChangeBatch?.Changes ?? []).reduce(
        (records, { Action, ResourceRecordSet: set }) => applied(records, Action, set),
        zone.records,
      );
      const id = this.account.newId('C', 13).toUpperCase();
      this.#changes.set(id, 'PENDING');
      this.#zones.set(zone.id, { ...zone, records: [...changed] });
      this.account.clock.after(untilInSync, () => {
        this.#changes.set(id, 'INSYNC');
        this.#noticedLater();
      });
      return {
        ChangeInfo: { Id: `/change/${id}`, Status: 'PENDING', SubmittedAt: new Date(this.account.clock.now()) },
      };
    },
    GetChange: ({ Id = '' }: sdk.GetChangeRequest): Answer<sdk.GetChangeResponse> => {
      this.#asked();
      const id = Id.replace('/change/', '');
      const status = this.#changes.get(id);
      if (!status) throw new Refusal('NoSuchChange', `Could not find resource with ID: ${id}`, 404);
      return { ChangeInfo: { Id: `/change/${id}`, Status: status, SubmittedAt: new Date(this.account.clock.now()) } };
    },
  };

  #asked(): void {
    if (this.#isDown) throw new Refusal('ServiceUnavailable', 'Service is unavailable', 503);
  }

  #zone(id: string): HostedZone {
    this.#asked();
    const found = this.#zones.get(id.replace('/hostedzone/', ''));
    if (!found) throw new Refusal('NoSuchHostedZone', `No hosted zone found with ID: ${id}`, 404);
    return found;
  }

  #check(id: string): HealthCheck {
    this.#asked();
    const found = this.#checks.get(id);
    if (!found) throw new Refusal('NoSuchHealthCheck', `No health check exists with the specified ID: ${id}`, 404);
    return found;
  }

  #noticedLater(): void {
    this.account.clock.after(untilNoticed, () => {
      this.#look();
    });
  }

  /** Every health check looks again: those of routing controls first, by which the others' names may lead elsewhere. */
  #look(only?: 'control'): void {
    const sets = [...this.#zones.values()].flatMap(({ records }) => records);
    const passes = (id: string | undefined): boolean => id === undefined || (this.#healthy.get(id) ?? true);
    const answers = (address: string): boolean => !this.#dead.has(address);
    for (const kind of only ? [only] : (['control', 'address', 'name'] as const)) {
      for (const { id, [kind]: asked } of this.#checks.values()) {
        if (asked === undefined) continue;
        const leads = kind === 'name' ? answersTo(asked, sets, passes) : [asked];
        const healthy =
          kind === 'control'
            ? this.account.services['route53-recovery-cluster'].stateOf(asked) === 'On'
            : leads.length > 0 && leads.every(answers);
        if (this.#healthy.get(id) === healthy) continue;
        this.#healthy.set(id, healthy);
        this.account.services.cloudwatch.changed('AWS/Route53', { HealthCheckId: id });
      }
    }
  }
}

/** By what Route 53 sorts the record sets of a zone. */
const placeOf = ({ name, type, set = '' }: RecordSet): string => `${written(name)}/${type}/${set}`;

function recordOf({ name, type, set, weight, failover, healthCheck, ttl, values }: RecordSet): sdk.ResourceRecordSet {
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
function applied(
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
