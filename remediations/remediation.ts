import type { z } from 'zod';
import type { EpochMillis, Resource, ResourceKind } from '../signals/signal';
import type { Action, Calls } from '../vitals/aws';

/** What is to be healed, and all that a remediation may know about it. It never sees the incident. */
export interface Target {
  readonly resource: Resource;
  readonly condition: string;
  /** The same for every try of one attempt and unlike any other attempt's: for client tokens and derived names. */
  readonly attemptKey: string;
  /**
   * When the sickness was first told of: a plan that reckons from it comes out the same when it is made again after people
   * agreed to it, and one that reckons from now does not. Absent where there is no incident.
   */
  readonly since?: EpochMillis;
}

/** The group whose members stand in for each other, as the plan saw it. */
export interface Group {
  readonly resource: Resource;
  /** Members that there should be. */
  readonly size: number;
  /** Members that are healthy now, the ones that the plan touches not counted. */
  readonly healthyOthers: number;
}

/** What `plan` answers. It never writes. */
export type Planning<Plan> =
  | {
      readonly kind: 'planned';
      /** Plain JSON: what will be done and what was seen, so that `start` can notice that it already ran. */
      readonly plan: Plan;
      /** One line for people, future tense: "reboot i-0abc". */
      readonly summary: string;
      /** Every resource that `start` changes; never empty. */
      readonly touches: readonly [Resource, ...Resource[]];
      /** `alone`: nothing else does the work of what is touched. An unknown group is a refusal, not `alone`. */
      readonly group: Group | 'alone';
      /** What would be lost for good, one line each, such as `the instance store of i-0abc`. Absent: nothing. */
      readonly destroys?: readonly string[];
    }
  /** AWS or people are changing it right now: the same is asked again in a minute, and no other rung is tried meanwhile. */
  | { readonly kind: 'busy'; readonly reason: string }
  /** It must not or cannot be done, or its safety could not be read. The next rung is tried. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** What it would do has already come about. */
  | { readonly kind: 'notNeeded'; readonly reason: string };

/** What `start` answers. Errors that it throws are told apart by the runtime: a refusal by AWS, or an unknown outcome. */
export type Start =
  | {
      readonly kind: 'started';
      /** What `check` needs to find the work again; absent when the plan says enough. */
      readonly handle?: string;
      /** A resource whose progress events are worth a check, beyond those the plan touches. */
      readonly progressOf?: Resource;
    }
  /** The plan's precondition no longer holds; nothing was written. */
  | { readonly kind: 'refused'; readonly reason: string };

/** What `check` answers. It never writes; it is also asked when it is unknown whether `start` happened. */
export type Check =
  | { readonly kind: 'done'; readonly detail: string }
  | { readonly kind: 'pending'; readonly detail: string }
  /** The next step is due: `start` is called again with the same plan and goes on from the state that it reads. */
  | { readonly kind: 'continue'; readonly detail: string }
  | { readonly kind: 'failed'; readonly detail: string }
  /** AWS shows no trace of the start. Reads lag writes, so the machine asks again before it believes this. */
  | { readonly kind: 'notStarted'; readonly detail: string };

/** Leave to write: one exact action on resources of one shape. */
export interface WritePermission<A extends string = string> {
  readonly action: A;
  /** ARN pattern of what it may touch; never `*`. */
  readonly on: string;
  /** Whether IAM can require the opt-in tag on that resource; false only where AWS supports no tag condition. */
  readonly tagged: boolean;
  /** Parameters that name all that it may touch, so that a role gets leave for that alone: ARNs, or what stands for the last `*`. */
  readonly namedIn?: readonly string[];
  /** AWS asks for it in other Regions, too: a session has it in all that the policy takes care of, and not in its own alone. */
  readonly everyRegion?: true;
  /** Further IAM conditions, as in a policy statement. */
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** In `heals`: it may be tried for every condition, since what it does is up to the policy that names it. */
export const anyCondition = '*';

/**
 * What a policy's `snapshotFirst` means to a remediation. `losesNoData`: it can lose none, and the option changes nothing.
 * `noneCanBeMade`: it can lose data of which no snapshot can be made, and a policy that asks for one has a fault.
 */
export type Snapshots<Plan> =
  | 'losesNoData'
  | 'noneCanBeMade'
  | {
      /** Kinds of resource that a snapshot may be taken of: the leave for each of them is granted with the option. */
      readonly kinds: readonly ResourceKind[];
      /** Of what a plan needs one; undefined where this plan can lose no data. */
      of(plan: Plan): Pick<Resource, 'kind' | 'id'> | undefined;
    };

export const risks = ['low', 'medium', 'high'] as const;
export type Risk = (typeof risks)[number];

/** One way of healing: `plan` looks, `start` touches, `check` looks. */
export interface Remediation {
  /** Equals the file's name, the role's suffix, the metric's dimension and the heading in the docs. */
  readonly name: string;
  readonly title: string;
  /** When to use it, in one sentence. */
  readonly when: string;
  /** When not to, in one sentence. */
  readonly whenNot: string;
  /** Conditions that it can help, or `anyCondition` alone. */
  readonly heals: readonly string[];
  /** Kinds of resource that it takes. */
  readonly takes: readonly ResourceKind[];
  readonly risk: Risk;
  /** Whether a person must agree unless the policy says otherwise. */
  readonly needsApproval: boolean;
  /** What a policy may set; every field has a default or is required on purpose. */
  readonly parameters: z.ZodType;
  readonly permissions: {
    /** Exact actions of `plan`, `check` and the re-read in `start`. */
    readonly read: readonly Action[];
    readonly write: readonly WritePermission<Action>[];
    /** Leave that AWS demands of the caller though it makes no such call, such as `iam:PassRole`. */
    readonly implied?: readonly WritePermission[];
    /** The same of leave to look. */
    readonly impliedReads?: readonly string[];
  };
  /** Seconds between two checks, and seconds after the start at which the attempt has failed. */
  readonly patience: { readonly checkEvery: number; readonly giveUpAfter: number };
  plan(target: Target, parameters: unknown, aws: Calls<Action>): Promise<Planning<unknown>>;
  start(plan: unknown, aws: Calls<Action>): Promise<Start>;
  check(plan: unknown, handle: string | undefined, aws: Calls<Action>): Promise<Check>;
  /** What the option `snapshotFirst` of a rung means to it. Absent: nobody has said, and it is refused under the option. */
  readonly snapshots?: Snapshots<unknown>;
  /** It stops what AWS or people are doing there: their work does not hold it up, as it does everything else. */
  readonly interrupts?: true;
  /** Why `check` cannot tell whether somebody else did the same, in one line; absent where it can. */
  readonly unseen?: string;
  undo?(plan: unknown, aws: Calls<Action>): Promise<Start>;
}

type OfItsOwn = 'parameters' | 'permissions' | 'plan' | 'start' | 'check' | 'undo' | 'snapshots';

/** A remediation as its file writes it: typed by its own plan, parameters and permissions. */
export interface RemediationSpec<R extends Action, W extends Action, Plan, Parameters> extends Omit<
  Remediation,
  OfItsOwn
> {
  readonly parameters: z.ZodType<Parameters>;
  readonly permissions: {
    readonly read: readonly R[];
    readonly write: readonly WritePermission<W>[];
    readonly implied?: readonly WritePermission[];
    readonly impliedReads?: readonly string[];
  };
  readonly snapshots?: Snapshots<NoInfer<Plan>>;
  /** Shape of the plan. What comes back from the store is parsed by it: a plan of another version is refused. */
  readonly planned: z.ZodType<Plan>;
  plan(target: Target, parameters: Parameters, aws: Calls<NoInfer<R>>): Promise<Planning<Plan>>;
  start(plan: Plan, aws: Calls<NoInfer<R> | NoInfer<W>>): Promise<Start>;
  check(plan: Plan, handle: string | undefined, aws: Calls<NoInfer<R>>): Promise<Check>;
  /** Puts back what `start` changed, if it is still as `start` left it. */
  undo?(plan: Plan, aws: Calls<NoInfer<R> | NoInfer<W>>): Promise<Start>;
}

/** Declares a remediation. A call outside its permissions does not compile, nor does a write in `plan` or `check`. */
export function defineRemediation<const R extends Action, const W extends Action, Plan, Parameters>(
  spec: RemediationSpec<R, W, Plan, Parameters>,
): Remediation {
  const { planned, plan, start, check, undo, snapshots, ...declared } = spec;
  // The spec's own view of AWS is a part of all of it; TypeScript can't see that while R and W are open.
  const narrowed = (aws: Calls<Action>): never => aws as never;
  return {
    ...declared,
    ...(snapshots && { snapshots: ofStored(snapshots, planned) }),
    plan: async (target, parameters, aws) => plan(target, spec.parameters.parse(parameters), narrowed(aws)),
    start: async (stored, aws) => start(planned.parse(stored), narrowed(aws)),
    check: async (stored, handle, aws) => check(planned.parse(stored), handle, narrowed(aws)),
    ...(undo && {
      undo: async (stored: unknown, aws: Calls<Action>) => undo(planned.parse(stored), narrowed(aws)),
    }),
  };
}

function ofStored<Plan>(snapshots: Snapshots<Plan>, planned: z.ZodType<Plan>): Snapshots<unknown> {
  if (typeof snapshots === 'string') return snapshots;
  return { kinds: snapshots.kinds, of: (stored) => snapshots.of(planned.parse(stored)) };
}

/** All that it needs leave to look at. */
export function allReads({ read, impliedReads = [] }: Remediation['permissions']): readonly string[] {
  return [...read, ...impliedReads];
}

/** Why a remediation is not asked for a resource of this kind; undefined where it is. One condition may be said of several kinds. */
export function unfitness({ takes }: Pick<Remediation, 'takes'>, kind: ResourceKind): string | undefined {
  return takes.includes(kind) ? undefined : `it heals ${takes.join(' and ')}, and this is a ${kind}`;
}
