import type { SimulatedAccount } from '../world';
import type { Inventory } from './inventory';
import { livingTasks, sickTasks, type ServiceState } from './service';

const namespaces = ['AWS/ECS', 'ECS/ContainerInsights'];

/** What CloudWatch measures of services, and of the target groups that they stand behind. */
export class Measures {
  constructor(
    private readonly account: SimulatedAccount,
    private readonly inventory: Inventory,
  ) {
    const { cloudwatch } = account.services;
    for (const namespace of namespaces) {
      cloudwatch.provide(namespace, (name, { ClusterName = '', ServiceName = '' }) =>
        valueOf(name, inventory.get(`${ClusterName}/${ServiceName}`)),
      );
    }
    cloudwatch.provide('AWS/ApplicationELB', (name, { TargetGroup = '' }) =>
      name === 'HTTPCode_Target_5XX_Count' ? this.#errorsBehind(TargetGroup) : undefined,
    );
  }

  /** The service is not as it was. */
  changed(service: ServiceState): void {
    const { cloudwatch, elasticloadbalancing } = this.account.services;
    const named = { ClusterName: service.cluster, ServiceName: service.name };
    for (const namespace of namespaces) cloudwatch.changed(namespace, named);
    for (const name of service.targetGroups) {
      const dimension = elasticloadbalancing.targetGroup(name)?.dimension;
      if (dimension !== undefined) cloudwatch.changed('AWS/ApplicationELB', { TargetGroup: dimension });
    }
  }

  #errorsBehind(dimension: string): number | undefined {
    const { elasticloadbalancing } = this.account.services;
    const behind = this.inventory
      .all()
      .filter(({ targetGroups }) =>
        targetGroups.some((name) => elasticloadbalancing.targetGroup(name)?.dimension === dimension),
      );
    if (behind.length === 0) return undefined;
    return behind.reduce((sum, service) => sum + 50 * sickTasks(service).length, 0);
  }
}

function valueOf(name: string, service: ServiceState | undefined): number | undefined {
  if (!service) return undefined;
  const running = livingTasks(service).filter(({ status }) => status === 'RUNNING').length;
  if (name === 'CPUUtilization' || name === 'MemoryUtilization')
    return Math.min(100, service.work / Math.max(1, running));
  if (name === 'RunningTaskCount') return running;
  if (name === 'DesiredTaskCount') return service.desired;
  if (name === 'UnHealthyContainerHealthStatus') return sickTasks(service).length;
  return undefined;
}
