import type { Cancel } from '../clock';
import type { Sickness, SicknessDescription, SicknessKind } from './sickness';
import type { VolumeDescription } from './volume';

/** An instance as one describes it; what is left out is made up. */
export interface InstanceDescription {
  readonly id?: string | undefined;
  readonly zone?: string | undefined;
  readonly subnet?: string | undefined;
  readonly type?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly sick?: SicknessDescription | undefined;
  readonly lifecycle?: 'on-demand' | 'spot' | undefined;
  /** Its root device is an instance store: it cannot be stopped. */
  readonly instanceStore?: boolean | undefined;
  /** Termination protection. */
  readonly protected?: boolean | undefined;
  readonly stopProtected?: boolean | undefined;
  /** Hangs in `stopping` until it is stopped by force. */
  readonly stopsOnlyByForce?: boolean | undefined;
  readonly tenancy?: 'default' | 'dedicated' | 'host' | undefined;
  /** Public IPv4 address: an elastic one stays over a stop, an ephemeral one does not. */
  readonly publicAddress?: 'none' | 'ephemeral' | 'elastic' | undefined;
  readonly state?: 'running' | 'stopped' | undefined;
  /** Its EBS volumes, the first to boot from; one small volume unless told. */
  readonly volumes?: readonly VolumeDescription[] | undefined;
  /** Whether Systems Manager reaches its agent, as long as the guest is well. */
  readonly agent?: 'online' | 'lost' | undefined;
}

export type PowerState = 'pending' | 'running' | 'stopping' | 'stopped' | 'shutting-down' | 'terminated';

/** An instance that exists. Whoever reads one may look and not touch: `Fleet` changes it and tells. */
export interface Instance {
  readonly id: string;
  readonly zone: string;
  readonly subnet: string;
  readonly type: string;
  readonly tags: Map<string, string>;
  readonly lifecycle: 'on-demand' | 'spot';
  readonly rootDevice: 'ebs' | 'instance-store';
  readonly terminationProtected: boolean;
  readonly stopProtected: boolean;
  readonly stopsOnlyByForce: boolean;
  readonly agent: 'online' | 'lost' | undefined;
  readonly tenancy: 'default' | 'dedicated' | 'host';
  readonly privateAddress: string;
  readonly publicAddress: 'none' | 'ephemeral' | 'elastic';
  publicIp: string | undefined;
  power: PowerState;
  /** Milliseconds since the epoch of the last launch or start. */
  launchedAt: number;
  /** Why and when it was last stopped or terminated: empty while it runs. */
  transitionReason: string;
  /** Whether the guest has come up, so that what runs on it can answer. */
  booted: boolean;
  checks: 'initializing' | 'settled';
  /** What the status checks found when they last settled; a reboot changes it only when they settle again. */
  failing: { readonly kind: 'instance' | 'system'; readonly since: number } | undefined;
  readonly sicknesses: Map<SicknessKind, Sickness>;
  /** Set while a retirement is scheduled. */
  retirement: { readonly eventId: string; readonly notBefore: number } | undefined;
  /** What is under way; a new action calls it off. */
  steps: Cancel[];
}

/** Whether requests to it succeed. */
export function serves(instance: Instance): boolean {
  return isUp(instance) && [...instance.sicknesses.keys()].every((kind) => kind === 'retiring');
}

/** Whether a load balancer's health check passes: a gray failure passes it and yet does not serve. */
export function passesHealthChecks(instance: Instance): boolean {
  if (!isUp(instance)) return false;
  for (const { kind, passesHealthChecks: passes } of instance.sicknesses.values()) {
    if (kind !== 'retiring' && !passes) return false;
  }
  return true;
}

function isUp(instance: Instance): boolean {
  return instance.power === 'running' && instance.booted;
}

/** What EC2 decides about a new instance, whatever is described of it. */
type Decided = Pick<
  Instance,
  'id' | 'zone' | 'subnet' | 'type' | 'privateAddress' | 'publicIp' | 'power' | 'launchedAt'
>;

/** An instance as described: nothing has come of it yet, and nothing is wrong with it. */
export function newInstance(described: InstanceDescription, decided: Decided): Instance {
  return {
    ...decided,
    tags: new Map(Object.entries(described.tags ?? {})),
    lifecycle: described.lifecycle ?? 'on-demand',
    rootDevice: described.instanceStore ? 'instance-store' : 'ebs',
    terminationProtected: described.protected ?? false,
    stopProtected: described.stopProtected ?? false,
    stopsOnlyByForce: described.stopsOnlyByForce ?? false,
    agent: described.agent,
    tenancy: described.tenancy ?? 'default',
    publicAddress: described.publicAddress ?? 'none',
    transitionReason: '',
    booted: false,
    checks: 'initializing',
    failing: undefined,
    sicknesses: new Map(),
    retirement: undefined,
    steps: [],
  };
}
