import { z } from 'zod';
import { resourceKinds, type ResourceKind } from '../signals/signal';
import type { Action, Calls } from '../vitals/aws';
import type { Created } from './named-creation';
import type { Remediation, WritePermission } from './remediation';

const part = z.object({ kind: z.enum(resourceKinds), id: z.string() });

/** The snapshot of an attempt, as its plan keeps it. */
export const ownSnapshot = z.object({
  of: part,
  /** Name of the snapshot where it has one: made of the attempt, so that AWS takes it once. */
  name: z.string(),
  attemptKey: z.string(),
  /** Before-image: all that it has to hold, such as each volume of an instance. What is attached later is not in it. */
  holds: z.array(part),
});
export type OwnSnapshot = z.infer<typeof ownSnapshot>;

/** Whether a snapshot can be made as things stand, and what it would hold. */
export type SnapshotOutlook =
  | { readonly kind: 'possible'; readonly holds: OwnSnapshot['holds'] }
  | { readonly kind: 'refused'; readonly reason: string };

/** How a snapshot is made of one kind of resource. */
export interface SnapshotKind {
  readonly of: ResourceKind;
  readonly permissions: Remediation['permissions'];
  /** Seconds after which one that is not complete is given up. */
  readonly giveUpAfter: number;
  look(id: string, aws: Calls<Action>): Promise<SnapshotOutlook>;
  create(snapshot: OwnSnapshot, aws: Calls<Action>): Promise<void>;
  /** How far it has come: `ready` is complete. */
  read(snapshot: OwnSnapshot, aws: Calls<Action>): Promise<Created>;
}

interface SnapshotKindSpec<R extends Action, W extends Action> extends Pick<SnapshotKind, 'of' | 'giveUpAfter'> {
  readonly permissions: {
    readonly read: readonly R[];
    readonly write: readonly WritePermission<W>[];
    readonly implied: readonly WritePermission[];
  };
  look(id: string, aws: Calls<NoInfer<R>>): Promise<SnapshotOutlook>;
  create(snapshot: OwnSnapshot, aws: Calls<NoInfer<W>>): Promise<void>;
  read(snapshot: OwnSnapshot, aws: Calls<NoInfer<R>>): Promise<Created>;
}

/** Declares a kind of snapshot. A call outside its permissions does not compile. */
export function defineSnapshotKind<const R extends Action, const W extends Action>(
  spec: SnapshotKindSpec<R, W>,
): SnapshotKind {
  // As with remediations: its own view of AWS is a part of all of it, which TypeScript can't see.
  const narrowed = (aws: Calls<Action>): never => aws as never;
  return {
    ...spec,
    look: (id, aws) => spec.look(id, narrowed(aws)),
    create: (snapshot, aws) => spec.create(snapshot, narrowed(aws)),
    read: (snapshot, aws) => spec.read(snapshot, narrowed(aws)),
  };
}
