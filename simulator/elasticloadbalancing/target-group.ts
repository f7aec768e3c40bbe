import type { LoadBalancer } from './load-balancer';
import type { TargetHealthReasonEnum, TargetHealthStateEnum } from '@aws-sdk/client-elastic-load-balancing-v2';

/** A target group as one describes it; what is left out is made up. */
export interface TargetGroupDescription {
  readonly name: string;
  readonly arn?: string | undefined;
  /** ARN or its end, such as `app/web/50dc6c495c0c9188`; `none` for a group that no load balancer uses. */
  readonly loadBalancer?: string | undefined;
  /** Seconds; 300 unless told. */
  readonly deregistrationDelay?: number | undefined;
  /** As the load balancer has it unless told. */
  readonly crossZone?: boolean | undefined;
  /** 80 unless told. */
  readonly port?: number | undefined;
  readonly healthCheck?: HealthCheckDescription | undefined;
  readonly targets?: readonly TargetDescription[] | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** A health check as one describes it; what is left out is AWS's default. */
export interface HealthCheckDescription {
  /** Seconds between two checks; 30 unless told. */
  readonly every?: number | undefined;
  /** Checks in a row until a target counts as healthy; 5 unless told. */
  readonly healthyAfter?: number | undefined;
  /** Checks in a row until a target counts as unhealthy; 2 unless told. */
  readonly unhealthyAfter?: number | undefined;
}

/** A health check with nothing left open. */
export interface HealthCheck {
  /** Seconds. */
  readonly every: number;
  readonly healthyAfter: number;
  readonly unhealthyAfter: number;
}

interface TargetDescription {
  /** Instance id or IP address. */
  readonly id: string;
  readonly port?: number | undefined;
}

/** What is registered in a group: the same instance on two ports is two targets. */
export interface Target {
  readonly id: string;
  readonly port: number;
  /** Undefined for an IP address. */
  readonly zone: string | undefined;
  state: TargetHealthStateEnum;
  reason: TargetHealthReasonEnum | undefined;
  /** The change that will come unless the target's health turns again. */
  pending: { readonly to: TargetHealthStateEnum; readonly cancel: () => void } | undefined;
}

export interface TargetGroup {
  readonly name: string;
  readonly arn: string;
  /** The end of its ARN, as metrics name it: `targetgroup/web/73e2d6bc24d8a067`. */
  readonly dimension: string;
  readonly loadBalancer: LoadBalancer | undefined;
  /** Seconds for which a target drains. */
  readonly deregistrationDelay: number;
  readonly crossZone: boolean | 'as the load balancer';
  readonly port: number;
  readonly healthCheck: HealthCheck;
  readonly tags: Readonly<Record<string, string>>;
  /** By id and port. */
  readonly targets: Map<string, Target>;
}

/** Fills in AWS's defaults. */
export function healthCheckOf({ every, healthyAfter, unhealthyAfter }: HealthCheckDescription): HealthCheck {
  return { every: every ?? 30, healthyAfter: healthyAfter ?? 5, unhealthyAfter: unhealthyAfter ?? 2 };
}

/** The namespace in which the group's health is measured. */
export function namespaceOf({ loadBalancer }: TargetGroup): string {
  return loadBalancer?.namespace ?? 'AWS/ApplicationELB';
}

/** The key of a group's `targets`. */
export function targetKey(id: string, port: number): string {
  return `${id}:${port}`;
}

const descriptions: Partial<Record<TargetHealthReasonEnum, string>> = {
  'Elb.RegistrationInProgress': 'Target registration is in progress',
  'Elb.InitialHealthChecking': 'Initial health checks in progress',
  'Target.FailedHealthChecks': 'Health checks failed',
  'Target.DeregistrationInProgress': 'Target deregistration is in progress',
  'Target.InvalidState': 'Target is not in the running state',
  'Target.NotInUse': 'Target group is not configured to receive traffic from the load balancer',
  'Target.NotRegistered': 'Target is not registered to the target group',
};

/** What ELB says to people about a reason. */
export function describeReason(reason: TargetHealthReasonEnum): string {
  return descriptions[reason] ?? reason;
}
