import { plainText } from '../../../signals/plain-text';
import type { EpochMillis } from '../../../signals/signal';
import type { Calls } from '../../../vitals/aws';
import { primaryOf, type Service } from '../../../vitals/ecs/service';
import {
  readChange,
  readServiceDeployments,
  type Change,
  type ServiceDeployment,
} from '../../../vitals/ecs/service-deployments';

type Reads = Calls<'ecs:ListServiceDeployments' | 'ecs:DescribeServiceDeployments' | 'ecs:DescribeServiceRevisions'>;

/** The deployment that may have made a service sick, and what it changed. */
export interface Target {
  readonly deployment: ServiceDeployment;
  readonly change: Change;
  /** Whether ECS still carries it out, and so can take it back itself. */
  readonly isUnderWay: boolean;
}

const underWay = ['PENDING', 'IN_PROGRESS'];
/** ECS, or somebody, takes it back already. */
const goingBack = ['ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS', 'STOP_REQUESTED'];

/** The deployment to take back: the latest one, if it began shortly before `sickSince`. Or why there is none. */
export async function targetOf(
  service: Service,
  { sickSince, withinMinutes }: { readonly sickSince: EpochMillis; readonly withinMinutes: number },
  aws: Reads,
): Promise<Target | { readonly busy: string } | { readonly refused: string } | { readonly notNeeded: string }> {
  const { id } = service;
  const [latest] = await readServiceDeployments(service, aws);
  if (!latest) return { refused: `ECS knows of no deployment of ${id}` };
  if (goingBack.includes(latest.status))
    return { busy: `the latest deployment of ${id} is ${plainText(latest.status, 40)}` };
  const age = Math.round((sickSince - latest.createdAt) / 60_000);
  if (age < 0) return { refused: `the latest deployment of ${id} began after it fell sick: it is not the cause` };
  if (age > withinMinutes) {
    return {
      refused: `${id} was not deployed within ${withinMinutes} minutes before it fell sick: that is not the cause`,
    };
  }
  const change = await readChange(latest, aws);
  if (!change) return { refused: `ECS does not tell what the latest deployment of ${id} replaced` };
  const runs = primaryOf(service).taskDefinition;
  if (change.before === change.after) {
    return {
      refused: `the latest deployment of ${id} brought no other task definition: there is nothing to go back to`,
    };
  }
  if (runs === change.before) return { notNeeded: `the latest deployment of ${id} has been taken back already` };
  if (runs !== change.after) return { refused: `${id} does not run what its latest deployment brought` };
  if (isWayBack(change)) {
    return { refused: `the latest deployment of ${id} went back itself: what it replaced is not brought again` };
  }
  return { deployment: latest, change, isUnderWay: underWay.includes(latest.status) };
}

/** Whether it brought an older revision of the same family, as whoever takes a deployment back does. */
function isWayBack({ before, after }: Change): boolean {
  const [was, is] = [before, after].map((arn) => /^(.+):(\d+)$/.exec(arn));
  return was?.[1] === is?.[1] && Number(is?.[2]) < Number(was?.[2]);
}
