/** Leads to where people are called, and keeps why. */
export const giveUp = (why: string) =>
  ({ target: 'givingUp', actions: { type: 'giveUpBecause', params: why } }) as const;
