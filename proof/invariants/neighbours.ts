import { sicknessKey } from '../../statemachines/incident';
import type { Truth } from '../truth';
import { tagsIn } from '../truth/tags';
import type { Invariant } from './invariant';

const touching: readonly string[] = ['starting', 'checking', 'verifying', 'settling'];

/** Names of the groups in which these resources really are, and of those among them that are groups. */
function groupsOf(keys: readonly string[], { account }: Truth): readonly string[] {
  return keys.flatMap((key) => {
    const [, , kind, id = ''] = key.split('/');
    if (kind === 'auto-scaling-group') return [id];
    return tagsIn(account, key)?.['aws:autoscaling:groupName'] ?? [];
  });
}

export const oneInGroup: Invariant = {
  id: 'I7',
  promise: 'of a group one member at a time is touched, whatever the incidents have claimed',
  onWrite: ({ incident, operation, touches }, truth) => {
    const groups = groupsOf(touches, truth);
    const other = truth
      .open()
      .find(
        ({ incident: one }) =>
          one.id !== incident &&
          touching.includes(one.state) &&
          one.memory.starts > 0 &&
          groupsOf(one.memory.planned?.touches ?? [], truth).some((name) => groups.includes(name)),
      );
    return other
      ? `${operation} for ${incident}, while ${other.incident.id} touches the same group (${other.incident.state})`
      : undefined;
  },
};

export const oneIncident: Invariant = {
  id: 'I3',
  promise: 'on one sickness one incident is open',
  onCommit: ({ before, commit: { incident } }, truth) => {
    if (before) return undefined;
    const other = truth.open().find(({ incident: one }) => sicknessKey(one) === sicknessKey(incident));
    return other
      ? `${incident.id} opens on ${sicknessKey(incident)}, and ${other.incident.id} is open on it`
      : undefined;
  },
};
