import type { ResourceKind } from '../signals/signal';
import type { SimulatedAccount } from '../simulator/world';
import { ofCluster, ofDatabase } from './assumed-sickness/database';
import { ofGroup } from './assumed-sickness/group';
import { ofInstance } from './assumed-sickness/instance';
import type { AssumedSickness, Sick } from './assumed-sickness/sickness';
import { ofTargets } from './assumed-sickness/targets';
import type { RecordedAlarm } from './recorded-alarm';

type Assumes = (account: SimulatedAccount, signal: Sick, alarm: RecordedAlarm | undefined) => AssumedSickness;

const byKind: Readonly<Partial<Record<ResourceKind, Assumes>>> = {
  'ec2-instance': ofInstance,
  'auto-scaling-group': (account, signal, alarm) => ofGroup(account, signal, alarm?.threshold),
  'target-group': (account, signal, alarm) =>
    ofTargets(account, signal, alarm?.measures?.metric.dimensions['LoadBalancer']),
  'db-instance': ofDatabase,
  'db-cluster': ofCluster,
};

/** What the signal's sickness means in a simulated account; undefined for what is not simulated. `alarm` told of it. */
export function assumedSickness(
  account: SimulatedAccount,
  signal: Sick,
  alarm: RecordedAlarm | undefined,
): AssumedSickness | undefined {
  return byKind[signal.resource.kind]?.(account, signal, alarm);
}
