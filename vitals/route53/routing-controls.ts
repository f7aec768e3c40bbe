import type { RoutingControlState } from '@aws-sdk/client-route53-recovery-cluster';
import type { Calls } from '../aws';
import { firstAnswer } from '../first-answer';
import { optedInByPolicy } from '../opted-in-by-policy';
import type { ClusterEndpoint } from '../recovery-cluster';
import { defineVitals } from '../vitals';

/** The action of `readStates`. */
export const stateReads = ['route53-recovery-cluster:GetRoutingControlState'] as const;

/** The ARN of a routing control. */
export const routingControlArn =
  /^arn:[a-z-]+:route53-recovery-control::\d{12}:controlpanel\/[0-9a-f]{1,64}\/routingcontrol\/[0-9a-f]{1,64}$/;

/** What people know them by: the end of each ARN. */
export function controlNames(controls: readonly string[]): string {
  return controls.map((arn) => arn.replace(/^.*\/routingcontrol\//, 'routing control ')).join(' and ');
}

/** ARN of a routing control → whether traffic flows by it. */
export type States = Readonly<Record<string, RoutingControlState>>;

/** The states of the routing controls, and the first endpoint of their cluster that told them all. */
export async function readStates(
  controls: readonly string[],
  endpoints: readonly ClusterEndpoint[],
  aws: Calls<(typeof stateReads)[number]>,
): Promise<{ readonly states: States; readonly endpoint: ClusterEndpoint }> {
  const { place, answer } = await firstAnswer(endpoints, (Endpoint) =>
    Promise.all(
      controls.map(async (arn) => {
        const asked = { RoutingControlArn: arn, Endpoint };
        const { RoutingControlState: state } = await aws['route53-recovery-cluster'].getRoutingControlState(asked);
        if (state !== 'On' && state !== 'Off') throw new Error(`the cluster does not say how ${arn} stands`);
        return [arn, state] as const;
      }),
    ),
  );
  return { states: Object.fromEntries(answer), endpoint: place };
}

/**
 * Routing controls. None falls sick by itself, and only its cluster knows how it stands, whose endpoints an operator names. It has
 * tags, which the control plane alone tells: traffic must be moved without that.
 */
export const routingControlVitals = defineVitals({
  kind: 'routing-control',
  reads: [],
  sees: [],
  health: () => Promise.resolve({ kind: 'unknown', detail: 'how a routing control stands only its cluster tells' }),
  tags: () => Promise.resolve(optedInByPolicy),
  place: () => Promise.resolve({ groups: [] }),
});
