import type { SimulatedAccount } from '../world';
import type { Deployment, ecsServiceSchema, ServiceState, Task } from './service';

const minute = 60_000;

type Deployed = ReturnType<typeof ecsServiceSchema.parse>['deployed'];

/** Milliseconds until it is deployed; less than none where it was. */
export function waitsUntil({ minutesAgo = 0, at }: NonNullable<Deployed>, { clock }: SimulatedAccount): number {
  return at === undefined ? -minutesAgo * minute : Date.parse(at) - clock.now();
}

/** The latest first; of one that is not described, that it was long ago. */
export function deploymentsOf(
  taskDefinition: string,
  deployed: Deployed,
  account: SimulatedAccount,
): [Deployment, ...Deployment[]] {
  const now = account.clock.now();
  const longAgo = now - 30 * 24 * 60 * minute;
  const first: Deployment = {
    id: account.newId('', 19),
    taskDefinition: deployed?.before ?? taskDefinition,
    before: undefined,
    createdAt: longAgo,
    status: 'SUCCESSFUL',
    finishedAt: longAgo,
    failed: 0,
  };
  if (!deployed) return [first];
  const { before, underWay } = deployed;
  const createdAt = now + waitsUntil(deployed, account);
  const last: Deployment = {
    id: account.newId('', 19),
    taskDefinition,
    before,
    createdAt,
    status: underWay ? 'IN_PROGRESS' : 'SUCCESSFUL',
    finishedAt: underWay ? undefined : Math.min(now, createdAt + 3 * minute),
    failed: 0,
  };
  return [last, first];
}

/** All of them run, of the latest deployment. `hostOf` says on which instance the task of a place was put. */
export function tasksOf(
  service: ServiceState,
  hostOf: (place: number) => string | undefined,
  account: SimulatedAccount,
): Task[] {
  const [current] = service.deployments;
  const begun = Math.min(account.clock.now(), (current?.createdAt ?? 0) + minute);
  return Array.from({ length: Math.min(service.desired, service.room ?? Infinity) }, (_, slot) => ({
    id: account.newId('', 32),
    slot,
    deployment: current?.id ?? '',
    taskDefinition: service.taskDefinition,
    containerInstance: service.launch === 'EC2' ? hostOf(slot) : undefined,
    isProtected: slot < service.protectedTasks,
    createdAt: begun,
    startedAt: begun,
    status: 'RUNNING',
    stopped: undefined,
    version: 2,
  }));
}
