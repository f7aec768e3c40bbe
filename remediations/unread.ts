/** A reading of vitals that has found nothing to go by. */
type Unread = { readonly kind: 'absent' } | { readonly kind: 'unreadable'; readonly detail: string };

/** The plan where the resource that it is for is gone, or AWS does not tell enough of it. */
export function cannotPlan(reading: Unread, id: string): { readonly kind: 'refused'; readonly reason: string } {
  return { kind: 'refused', reason: reading.kind === 'absent' ? `${id} no longer exists` : reading.detail };
}

/** The same of a check: what is gone has failed, and what cannot be read now may be read later. */
export function cannotCheck(
  reading: Unread,
  id: string,
): { readonly kind: 'failed' | 'pending'; readonly detail: string } {
  return reading.kind === 'absent'
    ? { kind: 'failed', detail: `${id} no longer exists` }
    : { kind: 'pending', detail: reading.detail };
}
