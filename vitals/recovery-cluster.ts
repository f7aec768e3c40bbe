import type {
  GetRoutingControlStateRequest,
  GetRoutingControlStateResponse,
  UpdateRoutingControlStatesRequest,
  UpdateRoutingControlStatesResponse,
} from '@aws-sdk/client-route53-recovery-cluster';

/** One of the five endpoints of a cluster of routing controls. They say the same, and any two of them may be gone. */
export interface ClusterEndpoint {
  readonly url: string;
  /** Region that it is in, for which its calls are signed. */
  readonly region: string;
}

interface At {
  readonly Endpoint?: ClusterEndpoint;
}

/** The data plane of routing controls (ARC), as far as it is called here: each call names the endpoint that it goes to. */
export interface RecoveryCluster {
  getRoutingControlState(input: GetRoutingControlStateRequest & At): Promise<GetRoutingControlStateResponse>;
  updateRoutingControlStates(
    input: UpdateRoutingControlStatesRequest & At,
  ): Promise<UpdateRoutingControlStatesResponse>;
}
