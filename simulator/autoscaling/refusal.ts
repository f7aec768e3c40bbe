import { Refusal } from '../refusal';
import type { ScalingGroup } from './scaling-group';

/** Auto Scaling's answer to most of what it does not allow: an error that its SDK does not model. */
export function invalid(message: string): Refusal {
  return new Refusal('ValidationError', message);
}

/** Refuses a size that lies outside the group's bounds. */
export function demandWithinBounds(group: ScalingGroup, desired: number): void {
  const { min, max } = group;
  if (desired >= min && desired <= max) return;
  const bound = desired < min ? `below min value ${min}` : `above max value ${max}`;
  throw invalid(`New SetDesiredCapacity value ${desired} is ${bound} for the AutoScalingGroup.`);
}

/** Refuses bounds that exclude every size. */
export function demandBounds(min: number, max: number): void {
  if (min > max) throw invalid(`Max bound, ${max}, must be greater than or equal to min bound, ${min}`);
}

/** Refuses to end a member without a successor where the group would become too small. */
export function demandDecrement({ desired, min }: ScalingGroup): void {
  if (desired > min) return;
  throw invalid(
    `Currently, desiredSize equals minSize (${min}). Terminating instance without replacement will violate group's ` +
      "min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.",
  );
}

/** Refuses to move so many members in or out of standby that the group's bounds are hurt. */
export function demandStandby({ name, min, max, desired }: ScalingGroup, by: number, where: 'into' | 'out of'): void {
  if (desired + by >= min && desired + by <= max) return;
  throw invalid(
    `AutoScalingGroup ${name} has min-size=${min}, max-size=${max}, and desired-size=${desired}. To place ${where} ` +
      `standby ${Math.abs(by)} instance, please update the AutoScalingGroup sizes appropriately.`,
  );
}

/** Refuses while the last scaling is younger than the cooldown. */
export function demandCooled(group: ScalingGroup, now: number): void {
  const last = group.activities.at(-1);
  if (!last || now - group.scaledAt >= 300_000) return;
  const message = `Scaling activity ${last.id} is in progress and blocks this action`;
  throw new Refusal('ScalingActivityInProgressFault', message);
}
