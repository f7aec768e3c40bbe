import type * as sdk from '@aws-sdk/client-route-53';
import { Refusal } from './refusal';
import { applied, placeOf, recordOf } from './route53/record-sets';
import { anyAnswerTo, followed, written } from './route53/resolution';
import {
  healthCheckSchema,
  hostedZoneSchema,
  type DnsHappening,
  type HealthCheck,
  type HealthCheckInput,
  type HostedZone,
  type HostedZoneInput,
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

  /** What answers for a health check no longer does, and it has noticed. One that follows a routing control asks nothing. */
  fail(check: string): void {
    const { name, address } = this.#checks.get(check) ?? {};
    const asked = name === undefined ? [address] : this.#leadsOf(name);
    for (const one of asked) if (one !== undefined) this.#dead.add(one);
    this.#look();
  }

  /** Whatever may answer for a health check does so again, and it has noticed. */
  mend(check: string): void {
    const { name, address } = this.#checks.get(check) ?? {};
    const sets = [...this.#zones.values()].flatMap(({ records }) => records);
    const asked = name === undefined ? [address] : anyAnswerTo(name, sets);
    for (const one of asked) if (one !== undefined) this.#dead.delete(one);
    this.#look();
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
      const from = [written(input.StartRecordName ?? ''), input.StartRecordType, input.StartRecordIdentifier]
        .filter((part) => part !== undefined)
        .join('/');
      const sorted = [...records].sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
      const limit = Math.min(input.MaxItems ?? this.account.pageSize, 300);
      const found = sorted.filter((one) => input.StartRecordName === undefined || placeOf(one) >= from);
      const [next] = found.slice(limit, limit + 1).map(recordOf);
      return {
        ResourceRecordSets: found.slice(0, limit).map(recordOf),
        IsTruncated: found.length > limit,
        ...(next && { NextRecordName: next.Name, NextRecordType: next.Type, NextRecordIdentifier: next.SetIdentifier }),
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

  /** Where clients who ask for a name are sent now. */
  #leadsOf(name: string): readonly string[] {
    const sets = [...this.#zones.values()].flatMap(({ records }) => records);
    return followed(name, sets, (id) => id === undefined || (this.#healthy.get(id) ?? true));
  }

  /** Every health check looks again: those of routing controls first, by which the others' names may lead elsewhere. */
  #look(only?: 'control'): void {
    const answers = (address: string): boolean => !this.#dead.has(address);
    for (const kind of only ? [only] : (['control', 'address', 'name'] as const)) {
      for (const { id, [kind]: asked } of this.#checks.values()) {
        if (asked === undefined) continue;
        const leads = kind === 'name' ? this.#leadsOf(asked) : [asked];
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
