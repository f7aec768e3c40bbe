import type { KnownCondition } from '../conditions';
import type { ResourceKind } from '../signal';

/** What an AWS Health code says of each entity that it affects. */
export interface HealthCode {
  readonly means: 'unhealthy' | 'recovered';
  readonly condition: KnownCondition;
  readonly of: Extract<ResourceKind, 'ec2-instance' | 'volume'>;
}

const instance = (condition: KnownCondition): HealthCode => ({ means: 'unhealthy', condition, of: 'ec2-instance' });
const volume = (condition: KnownCondition): HealthCode => ({ means: 'unhealthy', condition, of: 'volume' });

/**
 * By `eventTypeCode`. AWS publishes no complete list of its codes and adds to them, so a code that is not here is ignored
 * by name rather than guessed at; an operator maps it with a condition mapping.
 */
const codes: Readonly<Record<string, HealthCode>> = {
  // The host goes away on a date; a stop and start before then moves the instance.
  AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED: instance('ec2-instance-retiring'),
  AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED: instance('ec2-instance-retiring'),
  AWS_EC2_INSTANCE_RETIREMENT_EXPEDITED: instance('ec2-instance-retiring'),
  AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_EXPEDITED: instance('ec2-instance-retiring'),
  AWS_EC2_INSTANCE_STOP_SCHEDULED: instance('ec2-instance-retiring'),
  // The host stays but is degraded, or needs work that moving away avoids.
  AWS_EC2_INSTANCE_STORE_DRIVE_PERFORMANCE_DEGRADED: instance('ec2-host-impaired'),
  AWS_EC2_INSTANCE_REBOOT_MAINTENANCE_SCHEDULED: instance('ec2-host-impaired'),
  AWS_EC2_SYSTEM_REBOOT_MAINTENANCE_SCHEDULED: instance('ec2-host-impaired'),
  AWS_EC2_INSTANCE_POWER_MAINTENANCE_SCHEDULED: instance('ec2-host-impaired'),
  AWS_EC2_INSTANCE_NETWORK_MAINTENANCE_SCHEDULED: instance('ec2-host-impaired'),
  // AWS tried to move the instance away by itself.
  AWS_EC2_SIMPLIFIED_AUTO_RECOVERY_FAILURE: instance('ec2-host-impaired'),
  AWS_EC2_INSTANCE_AUTO_RECOVERY_FAILURE: instance('ec2-host-impaired'),
  AWS_EC2_SIMPLIFIED_AUTO_RECOVERY_SUCCESS: { ...instance('ec2-host-impaired'), means: 'recovered' },
  AWS_EC2_INSTANCE_AUTO_RECOVERY_SUCCESS: { ...instance('ec2-host-impaired'), means: 'recovered' },
  AWS_EBS_VOLUME_LOST: volume('volume-lost'),
  AWS_EBS_DEGRADED_EBS_VOLUME_PERFORMANCE: volume('volume-impaired'),
};
const byCode: ReadonlyMap<string, HealthCode> = new Map(Object.entries(codes));

/** The conditions that the codes here stand for. */
export const healthConditions: readonly KnownCondition[] = [
  ...new Set([...byCode.values()].map(({ condition }) => condition)),
];

/** What the code means; undefined when nobody has said. */
export function healthCode(eventTypeCode: string): HealthCode | undefined {
  return byCode.get(eventTypeCode);
}
