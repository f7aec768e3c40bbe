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
