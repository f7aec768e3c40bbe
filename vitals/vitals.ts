import { plainText } from '../signals/plain-text';
import type { Resource, ResourceKind } from '../signals/signal';
import type { Action, Calls } from './aws';

/** Whether the resource is well, as a live read of AWS sees it; an alarm is read apart from this, in `alarm.ts`. */
export type Health =
  | { readonly kind: 'healthy'; readonly detail: string }
  | { readonly kind: 'unhealthy'; readonly detail: string }
  /** It no longer exists: nothing is sick any more, and an alarm on it will never return to OK. */
  | { readonly kind: 'gone'; readonly detail: string }
  /** It could not be read or makes no sense. Never taken for health. */
  | { readonly kind: 'unknown'; readonly detail: string };

/** How one kind of resource is looked at. Reads only. */
export interface Vitals {
  readonly kind: ResourceKind;
  /** Exact IAM actions of `health` and `tags`. */
  readonly reads: readonly Action[];
  /** `condition` is the sickness in question: a group can be overloaded and yet have all its members. */
  health(resource: Resource, condition: string, aws: Calls<Action>): Promise<Health>;
  /** All tags of the resource; empty when it is gone. */
  tags(resource: Resource, aws: Calls<Action>): Promise<Readonly<Record<string, string>>>;
}

interface VitalsSpec<A extends Action> {
  readonly kind: ResourceKind;
  readonly reads: readonly A[];
  health(resource: Resource, condition: string, aws: Calls<A>): Promise<Health>;
  tags(resource: Resource, aws: Calls<A>): Promise<Readonly<Record<string, string>>>;
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
