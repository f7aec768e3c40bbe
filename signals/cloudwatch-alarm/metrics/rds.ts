import type { AlarmCondition } from '../alarm-condition';
import { database, databaseCluster } from '../subjects';

const databaseResponse = ['DatabaseConnections', 'ReadLatency', 'WriteLatency', 'CommitLatency', 'DMLLatency'];
const databaseLoad = [
  'CPUUtilization',
  'DBLoad',
  'DBLoadCPU',
  'DBLoadRelativeToNumVCPUs',
  'ACUUtilization',
  'ServerlessDatabaseCapacity',
];
/** A cluster's metrics are of its writer with `Role=WRITER`, and of the cluster without; a reader's are no business of it. */
const ofWriter = { Role: ['WRITER'] } as const;

export const rdsMetrics: readonly AlarmCondition[] = [
  { namespaces: ['AWS/RDS'], metrics: databaseResponse, subject: database, condition: 'db-instance-impaired' },
  { namespaces: ['AWS/RDS'], metrics: databaseLoad, subject: database, condition: 'db-overloaded' },
  { namespaces: ['AWS/RDS'], metrics: ['FreeStorageSpace'], subject: database, condition: 'db-storage-low' },
  {
    namespaces: ['AWS/RDS'],
    metrics: databaseResponse,
    subject: databaseCluster,
    beside: ofWriter,
    condition: 'db-writer-unhealthy',
  },
  {
    namespaces: ['AWS/RDS'],
    metrics: databaseLoad,
    subject: databaseCluster,
    beside: ofWriter,
    condition: 'db-overloaded',
  },
  {
    // Of a secondary of an Aurora global database, in the Region of the secondary.
    namespaces: ['AWS/RDS'],
    metrics: ['AuroraGlobalDBReplicationLag', 'AuroraGlobalDBProgressLag'],
    subject: databaseCluster,
    beside: { SourceRegion: 'any' },
    condition: 'db-source-lost',
  },
];
