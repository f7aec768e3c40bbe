import type { AlarmCondition } from '../alarm-condition';
import { autoScalingGroup, instance, volume } from '../subjects';

/** What the CloudWatch agent can put beside the instance. */
const besideInstance = { ImageId: 'any', InstanceType: 'any', AutoScalingGroupName: 'any' } as const;

/** CPU of one instance is not among them: busy is not sick. */
export const ec2Metrics: readonly AlarmCondition[] = [
  {
    namespaces: ['AWS/EC2'],
    metrics: ['StatusCheckFailed', 'StatusCheckFailed_Instance'],
    subject: instance,
    condition: 'ec2-instance-impaired',
  },
  {
    namespaces: ['AWS/EC2'],
    metrics: ['StatusCheckFailed_System'],
    subject: instance,
    condition: 'ec2-host-impaired',
  },
  { namespaces: ['AWS/EC2'], metrics: ['CPUUtilization'], subject: autoScalingGroup, condition: 'group-overloaded' },
  {
    namespaces: ['CWAgent'],
    metrics: ['disk_used_percent'],
    subject: instance,
    beside: { ...besideInstance, path: 'any', device: 'any', fstype: 'any' },
    condition: 'volume-full',
  },
  {
    namespaces: ['CWAgent'],
    metrics: ['LogicalDisk % Free Space'],
    subject: instance,
    beside: { ...besideInstance, objectname: 'any', instance: 'any' },
    condition: 'volume-full',
  },
  {
    namespaces: ['CWAgent'],
    metrics: ['procstat_lookup_pid_count', 'procstat_lookup pid_count'],
    subject: instance,
    beside: { ...besideInstance, exe: 'any', pattern: 'any', pidfile: 'any', pid_finder: 'any' },
    condition: 'process-down',
  },
  { namespaces: ['AWS/EBS'], metrics: ['VolumeStalledIOCheck'], subject: volume, condition: 'volume-impaired' },
];
