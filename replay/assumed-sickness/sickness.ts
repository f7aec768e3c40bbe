import type { Signal } from '../../signals/signal';
import { optInTag } from '../../statemachines/guards/consent';

/** How a resource is made up, made sick and made well. */
export interface AssumedSickness {
  /** Makes it up if it is not there; answers what was assumed, for people. */
  ensure(): string | undefined;
  sicken(): void;
  recover(): void;
}

/** A signal of sickness, or of its end. */
export type Sick = Exclude<Signal, { kind: 'progress' }>;

/** Nobody records consent: without it nothing would ever be tried on what is made up. */
export const tags = { [optInTag.key]: optInTag.value };
