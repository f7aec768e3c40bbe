import type { AlarmCondition } from '../alarm-condition';
import { emrCluster } from '../subjects';

const namespaces = ['AWS/ElasticMapReduce'];

/** MissingBlocks is not among them: what HDFS has lost no node brings back. */
export const emrMetrics: readonly AlarmCondition[] = [
  {
    namespaces,
    metrics: ['YARNMemoryAvailablePercentage', 'ContainerPendingRatio', 'ContainerPending'],
    subject: emrCluster,
    condition: 'emr-cluster-overloaded',
  },
  {
    namespaces,
    metrics: ['HDFSUtilization', 'CapacityRemainingGB'],
    subject: emrCluster,
    condition: 'emr-storage-low',
  },
  { namespaces, metrics: ['MRUnhealthyNodes', 'MRLostNodes'], subject: emrCluster, condition: 'emr-nodes-lost' },
];
