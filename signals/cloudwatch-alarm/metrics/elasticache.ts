import type { AlarmCondition } from '../alarm-condition';
import { cache, serverlessCache } from '../subjects';

/** ElastiCache has each metric by cluster, and by cluster and node. */
const besideNode = { CacheNodeId: 'any' } as const;

export const elasticacheMetrics: readonly AlarmCondition[] = [
  {
    // Clients write to the primary only.
    namespaces: ['AWS/ElastiCache'],
    metrics: ['SuccessfulWriteRequestLatency', 'SetTypeCmdsLatency'],
    subject: cache,
    beside: besideNode,
    condition: 'cache-primary-unhealthy',
  },
  {
    namespaces: ['AWS/ElastiCache'],
    metrics: ['CurrConnections', 'SwapUsage'],
    subject: cache,
    beside: besideNode,
    condition: 'cache-node-unhealthy',
  },
  {
    namespaces: ['AWS/ElastiCache'],
    metrics: ['CPUUtilization', 'EngineCPUUtilization', 'NetworkBandwidthOutAllowanceExceeded'],
    subject: cache,
    beside: besideNode,
    condition: 'cache-overloaded',
  },
  {
    namespaces: ['AWS/ElastiCache'],
    metrics: ['DatabaseMemoryUsagePercentage', 'DatabaseCapacityUsagePercentage', 'FreeableMemory', 'Evictions'],
    subject: cache,
    beside: besideNode,
    condition: 'cache-memory-low',
  },
  // How much a serverless cache uses is no sickness: it is that it is turned away, or that keys make room.
  {
    namespaces: ['AWS/ElastiCache'],
    metrics: ['ThrottledCmds'],
    subject: serverlessCache,
    condition: 'cache-overloaded',
  },
  {
    namespaces: ['AWS/ElastiCache'],
    metrics: ['Evictions'],
    subject: serverlessCache,
    condition: 'cache-memory-low',
  },
];
