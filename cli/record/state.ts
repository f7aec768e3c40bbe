import { isNotFound } from '../aws-fault';
import { accessPoints } from './describe/access-points';
import { alarms } from './describe/alarms';
import { buckets } from './describe/buckets';
import { cacheClusters, cacheGroups, serverlessCaches } from './describe/caches';
import { classicLoadBalancers } from './describe/classic-load-balancers';
import { clusters } from './describe/clusters';
import { containerInstances } from './describe/container-instances';
import { databases } from './describe/databases';
import {
  type DescribedKind,
  type Describer,
  type Describing,
  describedKinds,
  type Description,
  type Entry,
  type Named,
} from './describe/describer';
import { documents } from './describe/documents';
import { ecsServices } from './describe/ecs-services';
import { eventSourceMappings } from './describe/event-source-mappings';
import { functions } from './describe/functions';
import { groups } from './describe/groups';
import { healthChecks } from './describe/health-checks';
import { hostedZones } from './describe/hosted-zones';
import { instances } from './describe/instances';
import { logGroups } from './describe/log-groups';
import { loadBalancers } from './describe/load-balancers';
import { protectedResources } from './describe/protected-resources';
import { recoveryClusters } from './describe/recovery-clusters';
import { scalableTargets } from './describe/scalable-targets';
import { subnets } from './describe/subnets';
import { emrClusters } from './describe/emr-clusters';
import { fileSystems } from './describe/file-systems';
import { tables } from './describe/tables';
import { targetGroups } from './describe/target-groups';
import { topics } from './describe/topics';

const describers: Readonly<Record<DescribedKind, Describer>> = {
  subnets,
  loadBalancers,
  targetGroups,
  classicLoadBalancers,
  instances,
  groups,
  databases,
  clusters,
  cacheGroups,
  cacheClusters,
  serverlessCaches,
  tables,
  ecsServices,
  containerInstances,
  fileSystems,
  emrClusters,
  scalableTargets,
  protectedResources,
  buckets,
  accessPoints,
  hostedZones,
  healthChecks,
  recoveryClusters,
  functions,
  eventSourceMappings,
  topics,
  logGroups,
  documents,
  alarms,
};

/** A resource as it is written down: nothing of it is its true name unless that may be kept. */
export interface Written {
  readonly kind: DescribedKind;
  /** Tells that it was described, without naming it. */
  readonly key: string;
  /** What it is called in the recording. */
  readonly name: string;
  /** Absent: it is not there any more. Empty: an account file cannot carry it. */
  readonly item?: Entry['item'];
  readonly notes?: readonly string[];
}

/** Describes what is named and what that leads to, each once. */
export class State {
  private readonly known = new Set<string>();

  constructor(
    private readonly describing: Describing,
    private readonly write: (written: Written) => Promise<void>,
  ) {}

  /** Takes up what was written before. */
  remember(written: readonly Written[]): void {
    for (const { key } of written) this.known.add(key);
  }

  /** Described so far, and what was not there. */
  get count(): number {
    return this.known.size;
  }

  /** Throws what AWS answers; what was written until then stays. */
  async describe(named: readonly Named[]): Promise<void> {
    for (let next = this.news(named); next.length > 0;) {
      const leads: Named[] = [];
      for (const kind of describedKinds) {
        const ids = next.filter((one) => one.kind === kind).map(({ id }) => id);
        const { atOnce } = describers[kind];
        for (let from = 0; from < ids.length; from += atOnce) {
          leads.push(...(await this.describeSome(kind, ids.slice(from, from + atOnce))));
        }
      }
      next = this.news(leads);
    }
  }

  private async describeSome(kind: DescribedKind, ids: readonly string[]): Promise<readonly Named[]> {
    const { entries, leads } = await this.read(kind, ids);
    for (const { of, item, notes = [] } of entries) {
      await this.write({
        kind,
        key: this.keyOf({ kind, id: of }),
        name: this.describing.redaction.name(of),
        ...(item && { item }),
        ...(notes.length > 0 && { notes }),
      });
    }
    return leads;
  }

  /** What goes away between two calls is an error in the second; when it is looked at again, it is not there. */
  private async read(kind: DescribedKind, ids: readonly string[]): Promise<Description> {
    try {
      return await describers[kind].describe(ids, this.describing);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      return describers[kind].describe(ids, this.describing);
    }
  }

  /** Those that were not named before; from now on they were. */
  private news(named: readonly Named[]): readonly Named[] {
    return named.filter((one) => {
      const key = this.keyOf(one);
      if (this.known.has(key)) return false;
      this.known.add(key);
      return true;
    });
  }

  private keyOf({ kind, id }: Named): string {
    return this.describing.redaction.standIns.digest(`${kind}/${id}`, 24);
  }
}
