import type * as sdk from '@aws-sdk/client-dynamodb';
import { invalid, notSimulated } from '../refusal';
import type { TableState } from './state';

/** Auto scaling of a global table, as every Region has it. */
export function describeReplicas(state: TableState, ownRegion: string): sdk.TableAutoScalingDescription {
  const settings: sdk.AutoScalingSettingsDescription = state.replicaWrites
    ? { MinimumUnits: state.replicaWrites.min, MaximumUnits: state.replicaWrites.max, AutoScalingDisabled: false }
    : { AutoScalingDisabled: true };
  const all = [{ region: ownRegion, status: 'ACTIVE' as const }, ...state.replicas];
  return {
    TableName: state.name,
    TableStatus: state.status,
    Replicas: all.map(({ region, status }) => ({
      RegionName: region,
      ReplicaStatus: status,
      ReplicaProvisionedWriteCapacityAutoScalingSettings: settings,
    })),
  };
}

/** The bounds that an update asks for; throws for what DynamoDB refuses, and for what is not simulated. */
export function replicaWritesOf(
  state: TableState,
  input: sdk.UpdateTableReplicaAutoScalingCommandInput,
): NonNullable<TableState['replicaWrites']> {
  const { ProvisionedWriteCapacityAutoScalingUpdate: update, TableName: _, ...others } = input;
  if (!update || Object.values(others).some((value) => value !== undefined)) {
    throw notSimulated('an UpdateTableReplicaAutoScaling of anything but the writes of the table');
  }
  if (state.replicas.length === 0) throw invalid(`Table ${state.name} is not a global table`);
  const { MinimumUnits: min = state.replicaWrites?.min, MaximumUnits: max = state.replicaWrites?.max } = update;
  if (min === undefined || max === undefined || min > max) {
    throw invalid('Maximum capacity cannot be less than minimum capacity');
  }
  return { min, max };
}

/** Share of its capacity that auto scaling lets a table use. */
const target = 0.7;

/** Write units that auto scaling gives each copy of a global table for what is asked of it, within its bounds. */
export function writesOf({ replicaWrites: bounds, replicas, load, capacity }: TableState): number {
  if (!bounds || replicas.length === 0) return capacity.write;
  return Math.min(bounds.max, Math.max(bounds.min, Math.ceil(load.write / target), capacity.write));
}
