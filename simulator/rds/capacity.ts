import type { ModifyDBClusterMessage } from '@aws-sdk/client-rds';
import { z } from 'zod';
import type { DatabaseHealth } from './sickness';
import { Refusal } from '../refusal';

/** The range of Aurora Serverless v2, in Aurora capacity units; members of class `db.serverless` scale within it. */
export const capacitySchema = z.strictObject({ least: z.number().min(0), most: z.number().min(1) });

export type Capacity = z.infer<typeof capacitySchema>;

/** Capacity units that an Aurora of today may have at most. */
const largest = 256;

/** The range that a request asks for; refused as RDS refuses it. */
export function requestedCapacity(
  { least, most }: Capacity,
  { MinCapacity = least, MaxCapacity = most }: NonNullable<ModifyDBClusterMessage['ServerlessV2ScalingConfiguration']>,
): Capacity {
  const halves = [MinCapacity, MaxCapacity].every((units) => Number.isInteger(units * 2));
  if (!halves || MaxCapacity < 1 || MaxCapacity > largest || MinCapacity > MaxCapacity) {
    throw new Refusal(
      'InvalidParameterValue',
      `Serverless v2 capacity ${MinCapacity} to ${MaxCapacity} isn't valid: half steps from 0 up to ${largest}, the maximum 1 at least.`,
    );
  }
  return { least: MinCapacity, most: MaxCapacity };
}

/** What a serverless member shows of its scaling: one with too much work stands at the end of its range. */
export function capacityValue({ least, most }: Capacity, health: DatabaseHealth, metric: string): number | undefined {
  const units = health === 'overloaded' ? most : Math.max(least, most * 0.3);
  if (metric === 'ServerlessDatabaseCapacity') return units;
  return metric === 'ACUUtilization' ? (100 * units) / most : undefined;
}
