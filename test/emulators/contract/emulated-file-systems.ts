import type { EC2 } from '@aws-sdk/client-ec2';
import type { EFS } from '@aws-sdk/client-efs';
import type { EMR } from '@aws-sdk/client-emr';
import type { Builders } from './place';

/** Makes file systems and clusters of an emulator with SDK calls. */
export function fileSystemBuilders(ec2: EC2, efs: EFS): Pick<Builders, 'fileSystem'> {
  return {
    async fileSystem({ tags = {}, mounted = false } = {}) {
      const { FileSystemId = '' } = await efs.createFileSystem({
        CreationToken: 'images',
        ThroughputMode: 'bursting',
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      });
      const { Subnets = [] } = await ec2.describeSubnets({});
      const [first = '', second = ''] = Subnets.map(({ SubnetId }) => SubnetId ?? '');
      if (mounted) await efs.createMountTarget({ FileSystemId, SubnetId: first });
      return { id: FileSystemId, subnets: [first, second] };
    },
  };
}

export function emrBuilders(emr: EMR): Pick<Builders, 'emrCluster'> {
  return {
    async emrCluster({ tags = {} } = {}) {
      const { JobFlowId: id = '' } = await emr.runJobFlow({
        Name: 'nightly',
        ReleaseLabel: 'emr-7.5.0',
        ServiceRole: 'EMR_DefaultRole',
        JobFlowRole: 'EMR_EC2_DefaultRole',
        Instances: {
          KeepJobFlowAliveWhenNoSteps: true,
          TerminationProtected: true,
          InstanceGroups: [
            { InstanceRole: 'MASTER', InstanceType: 'm7g.xlarge', InstanceCount: 1 },
            { InstanceRole: 'CORE', InstanceType: 'm7g.xlarge', InstanceCount: 2 },
          ],
        },
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      });
      return id;
    },
  };
}
