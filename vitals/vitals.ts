import { plainText } from '../signals/plain-text';
import type { Place, Resource, ResourceKind } from '../signals/signal';
import type { Action, Calls } from './aws';

/** Whether the resource is well, as a live read of AWS sees it; an alarm is read apart from this, in `alarm.ts`. */
export type Health =
  | { readonly kind: 'healthy'; readonly detail: string }
  | { readonly kind: 'unhealthy'; readonly detail: string }
  /** It no longer exists: nothing is sick any more, and an alarm on it will never return to OK. */
  | { readonly kind: 'gone'; readonly detail: string }
  /** It could not be read or makes no sense. Never taken for health. */
  | { readonly kind: 'unknown'; readonly detail: string };

/** Those that stand in for each other, as a live read of their group sees them. */
export interface Members {
  /** How many there should be. */
  readonly size: number;
  /** How many of these are missing or do not do their work. */
  readonly sick: number;
}

/** How one kind of resource is looked at. Reads only. But for `health`, what cannot be read or makes no sense is thrown. */
export interface Vitals {
  readonly kind: ResourceKind;
  /** Exact IAM actions of all that follows. */
  readonly reads: readonly Action[];
  /**
   * Conditions that `health` can see by itself: where it says healthy, an alarm that says otherwise is not believed. Of others
   * it only knows that nothing else is wrong.
   */
  readonly sees: readonly string[];
  /**
   * Conditions that AWS itself cannot see, by those that do: namespaces of metrics that are no proof of anything else, since
   * whoever may write metrics can write them. What such a metric can bring about must be bounded and do little harm.
   */
  readonly witnesses?: Readonly<Record<string, readonly string[]>>;
  /** `condition` is the sickness in question: a group can be overloaded and yet have all its members. */
  health(resource: Resource, condition: string, aws: Calls<Action>): Promise<Health>;
  /** All tags of the resource; empty when it is gone. */
  tags(resource: Resource, aws: Calls<Action>): Promise<Readonly<Record<string, string>>>;
  /** Where it stands. Nothing falls sick together with what is gone. */
  place(resource: Resource, aws: Calls<Action>): Promise<Place>;
  /** Of a group: how its members are. Absent for kinds that have none. */
  members?(resource: Resource, aws: Calls<Action>): Promise<Members>;
  /** What AWS or people are doing to it right now, in one line: a deployment, an instance refresh, AWS's own healing. */
  busy?(resource: Resource, aws: Calls<Action>): Promise<string | undefined>;
}

interface VitalsSpec<A extends Action> {
  readonly kind: ResourceKind;
  readonly reads: readonly A[];
  readonly sees: readonly string[];
  readonly witnesses?: Readonly<Record<string, readonly string[]>>;
  health(resource: Resource, condition: string, aws: Calls<A>): Promise<Health>;
  tags(resource: Resource, aws: Calls<A>): Promise<Readonly<Record<string, string>>>;
  place(resource: Resource, aws: Calls<A>): Promise<Place>;
  members?(resource: Resource, aws: Calls<A>): Promise<Members>;
  busy?(resource: Resource, aws: Calls<A>): Promise<string | undefined>;
}

/** Declares vitals; a read that is not in `reads` does not compile, and one that fails is `unknown`. */
export function defineVitals<const A extends Action>(spec: VitalsSpec<A>): Vitals {
  const declared = spec as unknown as Vitals;
  return {
    ...declared,
    health: async (resource, condition, aws) => {
      try {
        return await declared.health(resource, condition, aws);
      } catch (error) {
        return { kind: 'unknown', detail: `${plainText(resource.id)} could not be read: ${messageOf(error)}` };
      }
    },
  };
}

/** What went wrong, in one line: the name that AWS gives the error and its message. */
export function messageOf(error: unknown): string {
  return plainText(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}
