import type { Calls } from '../../../vitals/aws';
import type { ClusterEndpoint } from '../../../vitals/recovery-cluster';
import type { States } from '../../../vitals/route53/routing-controls';
import type { Start } from '../../remediation';

/** All of them in one state. */
export function statesOf(controls: readonly string[], state: 'On' | 'Off'): States {
  return Object.fromEntries(controls.map((arn) => [arn, state]));
}

/**
 * In one call: there is no moment in which traffic flows nowhere. `endpoint` is the one that has just answered, and is asked first.
 * One that tells the states may still say that it takes none, and only then is the next one asked: what was never answered may
 * have been done.
 */
export async function setStates(
  to: States,
  endpoint: ClusterEndpoint,
  endpoints: readonly ClusterEndpoint[],
  aws: Calls<'route53-recovery-cluster:UpdateRoutingControlStates'>,
): Promise<Start> {
  const entries = Object.entries(to).map(([arn, state]) => ({ RoutingControlArn: arn, RoutingControlState: state }));
  const others = endpoints.filter(({ url }) => url !== endpoint.url);
  const request = { UpdateRoutingControlStateEntries: entries, Endpoint: endpoint };
  try {
    await aws['route53-recovery-cluster'].updateRoutingControlStates(request);
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    const [next] = others;
    if (name === 'EndpointTemporarilyUnavailableException' && next) return setStates(to, next, others, aws);
    if (!(error instanceof Error && name === 'ConflictException')) throw error;
    return { kind: 'refused', reason: `a safety rule of the control panel stands against it: ${error.message}` };
  }
  return { kind: 'started' };
}
