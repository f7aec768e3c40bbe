import { Route53RecoveryCluster } from '@aws-sdk/client-route53-recovery-cluster';
import type { RecoveryCluster } from '../../vitals/recovery-cluster';
import { ClientGroup } from './client-group';

type InputOf<Operation extends keyof RecoveryCluster> = Parameters<RecoveryCluster[Operation]>[0];

/** The client of the data plane of routing controls: each call goes to the endpoint that its input names. */
export class RecoveryClusterClient extends ClientGroup {
  #at({ Endpoint }: { readonly Endpoint?: InputOf<'getRoutingControlState'>['Endpoint'] }): Route53RecoveryCluster {
    return this.member(Endpoint?.url ?? '', (settings) =>
      Endpoint
        ? new Route53RecoveryCluster({ ...settings, region: Endpoint.region, endpoint: Endpoint.url })
        : new Route53RecoveryCluster(settings),
    );
  }

  getRoutingControlState(input: InputOf<'getRoutingControlState'>): Promise<object> {
    return this.#at(input).getRoutingControlState(input);
  }

  updateRoutingControlStates(input: InputOf<'updateRoutingControlStates'>): Promise<object> {
    return this.#at(input).updateRoutingControlStates(input);
  }
}
