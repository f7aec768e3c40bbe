import type { Refusal } from '../../statemachines/guards/guard';

/** Why guards say no, each under its guard's name: `storm: …; per-hour: …`. */
export function refusalsText(refusals: readonly Pick<Refusal, 'guard' | 'reason'>[]): string {
  return refusals.map(({ guard, reason }) => `${guard}: ${reason}`).join('; ');
}
