import type * as sdk from '@aws-sdk/client-route53-recovery-cluster';
import { z } from 'zod';
import { Refusal } from './refusal';
import type { SimulatedAccount } from './world';

const arn = z
  .string()
  .regex(/^arn:aws:route53-recovery-control::\d{12}:controlpanel\/[0-9a-f]+\/routingcontrol\/[0-9a-f]+$/);
const state = z.enum(['On', 'Off']);

/** The cluster of routing controls of an account, as its description writes it. */
export const recoveryClusterSchema = z.strictObject({
  controls: z.array(z.strictObject({ arn, name: z.string().default('cell'), state })).default([]),
  /** Endpoints, by their URLs, that are not available. */
  down: z.array(z.string()).default([]),
  /** Safety rules: so many of the named controls stay on. */
  rules: z.array(z.strictObject({ of: z.array(arn).min(1), atLeast: z.int().positive() })).default([]),
});
export type RecoveryClusterInput = z.input<typeof recoveryClusterSchema>;

/** What befalls an endpoint of the cluster. */
export const clusterHappeningSchema = z.strictObject({ url: z.string(), is: z.enum(['down', 'back']) });

type Described = z.infer<typeof recoveryClusterSchema>;
type At = { readonly Endpoint?: { readonly url: string } };

/** The data plane of routing controls (ARC). All endpoints tell the same, but for those that are down. */
export class RecoveryCluster {
  readonly #states = new Map<string, { readonly name: string; state: sdk.RoutingControlState }>();
  readonly #down = new Set<string>();
  #rules: Described['rules'] = [];

  constructor(private readonly account: SimulatedAccount) {}

  add(input: RecoveryClusterInput): void {
    const { controls, rules, down } = recoveryClusterSchema.parse(input);
    for (const url of down) this.#down.add(url);
    for (const one of controls) this.#states.set(one.arn, { name: one.name, state: one.state });
    this.#rules = [...this.#rules, ...rules];
    this.account.services.route53.controlChanged();
  }

  stateOf(control: string): sdk.RoutingControlState | undefined {
    return this.#states.get(control)?.state;
  }

  befall({ url, is }: z.infer<typeof clusterHappeningSchema>): void {
    if (is === 'down') this.#down.add(url);
    else this.#down.delete(url);
  }

  readonly operations = {
    GetRoutingControlState: (input: sdk.GetRoutingControlStateRequest & At): sdk.GetRoutingControlStateResponse => {
      this.#asked(input);
      const { name, state: now } = this.#known(input.RoutingControlArn);
      return { RoutingControlArn: input.RoutingControlArn, RoutingControlName: name, RoutingControlState: now };
    },
    UpdateRoutingControlStates: (
      input: sdk.UpdateRoutingControlStatesRequest & At,
    ): sdk.UpdateRoutingControlStatesResponse => {
      this.#asked(input);
      const entries = input.UpdateRoutingControlStateEntries ?? [];
      const wanted = new Map(entries.map((one) => [one.RoutingControlArn, one.RoutingControlState]));
      for (const one of wanted.keys()) this.#known(one);
      for (const { of, atLeast } of this.#rules) {
        if (of.filter((one) => (wanted.get(one) ?? this.stateOf(one)) === 'On').length >= atLeast) continue;
        throw new Refusal('ConflictException', `The safety rule asks for ${atLeast} routing controls to be On`, 409);
      }
      for (const [one, next] of wanted) if (next) this.#known(one).state = next;
      this.account.services.route53.controlChanged();
      return {};
    },
  };

  #asked({ Endpoint }: At): void {
    if (Endpoint === undefined || !this.#down.has(Endpoint.url)) return;
    throw new Refusal('EndpointTemporarilyUnavailableException', 'The cluster endpoint is not available', 503);
  }

  #known(control = '') {
    const found = this.#states.get(control);
    if (!found) throw new Refusal('ResourceNotFoundException', `There is no routing control ${control}`, 404);
    return found;
  }
}
