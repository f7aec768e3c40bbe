import type { AlarmCondition } from '../alarm-condition';
import { fileSystem } from '../subjects';

/** PercentIOLimit is not among them: it is about operations, and no throughput raises how many a file system takes. */
export const efsMetrics: readonly AlarmCondition[] = [
  {
    // The balance comes back slowly, also with more throughput: what is permitted is what returns at once. How much is moved is
    // no sickness by itself.
    namespaces: ['AWS/EFS'],
    metrics: ['PermittedThroughput', 'BurstCreditBalance'],
    subject: fileSystem,
    condition: 'file-system-throttled',
  },
  {
    namespaces: ['AWS/EFS'],
    metrics: ['ClientConnections'],
    subject: fileSystem,
    condition: 'file-system-unreachable',
  },
];
