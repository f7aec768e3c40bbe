import type { Comparison, SideTold } from './comparison';

/** What a verdict is made of. */
type Weighed = Pick<Comparison, 'old' | 'new' | 'likenesses'>;

/** What the new policy comes to, in one sentence: only what differs is named. */
export function verdictOn({ old, new: fresh, likenesses }: Weighed): string {
  const { otherResult, otherWay, same } = likenesses;
  const incidents = otherResult + otherWay + same;
  if (incidents === 0) return 'Nothing in this period opens an incident under either policy.';
  const all = incidents === 1 ? 'the one incident' : `all ${incidents} incidents`;
  if (otherResult + otherWay === 0) return `The new policy does the same as the old one in ${all}.`;
  if (otherResult === 0) {
    const how = incidents === 1 ? 'by another way' : `in ${otherWay} of them by another way`;
    return `The new policy comes to the same in ${all}, ${how}.`;
  }
  const comes = `The new policy comes to something else in ${otherResult} of ${incidents} incidents`;
  const changes = changesOf(old, fresh);
  return changes.length === 0 ? `${comes}, and to the same numbers.` : `${comes}: it ${listed(changes)}.`;
}

function changesOf({ all: old }: SideTold, { all: fresh }: SideTold): readonly string[] {
  return [
    change('starts something in', old.acted, fresh.acted),
    change('resolves', old.outcomes.resolved, fresh.outcomes.resolved),
    change('leaves to people', old.outcomes.escalated, fresh.outcomes.escalated),
    change('touches at most', old.peak.resources.most, fresh.peak.resources.most, ' resources in an hour'),
  ].filter((text) => text !== undefined);
}

function change(verb: string, was: number, is: number, what = ''): string | undefined {
  return was === is ? undefined : `${verb} ${is}${what} rather than ${was}`;
}

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length === 1 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
