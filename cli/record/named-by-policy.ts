import type { Policy } from '../../statemachines/policy';
import type { ClusterEndpoint } from '../../vitals/recovery-cluster';
import type { Named } from './describe/describer';

/** What a policy names and no event does, for whoever describes it. */
export interface NamedByPolicy {
  /** Id of a hosted zone → the names of the records in it that may be changed. */
  readonly records: ReadonlyMap<string, readonly string[]>;
  /** ARN of a routing control → the endpoints that tell how it stands. */
  readonly endpoints: ReadonlyMap<string, readonly ClusterEndpoint[]>;
  /** All of it, and health checks beside. */
  readonly named: readonly Named[];
}

type Parameters = Readonly<Record<string, unknown>>;

/** What the remediations of a policy would look at beside what is sick. */
export function namedByPolicy(policy: Policy): NamedByPolicy {
  const rungs = policy.rules.flatMap(({ rule }) => rule.ladder);
  const parametersOf = (name: string): readonly Parameters[] =>
    rungs.filter(({ remediation }) => remediation === name).map(({ parameters }) => parameters);
  const records = new Map<string, readonly string[]>();
  for (const { hostedZone, record } of parametersOf('failover-dns-record')) {
    const zone = String(hostedZone);
    records.set(zone, [...(records.get(zone) ?? []), String(record)]);
  }
  const flips = parametersOf('flip-routing-control');
  const endpoints = new Map<string, readonly ClusterEndpoint[]>();
  for (const { endpoints: asked, off, on } of flips) {
    for (const arn of [off, on].flat()) endpoints.set(String(arn), asked as readonly ClusterEndpoint[]);
  }
  const named = (kind: Named['kind'], ids: Iterable<string>): readonly Named[] => [...ids].map((id) => ({ kind, id }));
  return {
    records,
    endpoints,
    named: [
      ...named('hostedZones', records.keys()),
      ...named('recoveryClusters', endpoints.keys()),
      ...named(
        'healthChecks',
        flips.map(({ standby }) => String(standby)),
      ),
    ],
  };
}
