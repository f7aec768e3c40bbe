import { remediations } from '../../remediations';
import { snapshotFirst } from '../../remediations/snapshot-first';
import { optInTag, protectTag } from '../../statemachines/guards/consent';
import { hasEnded, isWithPeople, type Incident } from '../../statemachines/incident';
import type { Truth, Write } from '../truth';
import { backedUp } from '../truth/backed-up';
import { aliasNamed } from '../truth/alias-named';
import { inCluster } from '../truth/in-cluster';
import { mounted } from '../truth/mounted';
import { tagsIn } from '../truth/tags';
import type { Invariant } from './invariant';
import { wantsSnapshot } from './snapshots';

const minute = 60_000;

/** An incident is on its way to, or in, what its plan does. */
const isTouching = ({ state, memory }: Incident): boolean =>
  ['starting', 'checking', 'verifying', 'settling'].includes(state) && memory.planned !== null;

export const intentFirst: Invariant = {
  id: 'I4',
  promise: 'nothing is changed without an intent that is committed, and each intent is carried out once',
  onWrite: (write, truth) => {
    const { incident, operation, revision } = write;
    const standing = truth.incidents.get(incident);
    if (!standing || standing.incident.memory.planned === null)
      return `${operation} for ${incident}, which has no intent`;
    const { memory } = standing.incident;
    if (memory.planned?.remediation !== write.remediation)
      return `${operation} of ${write.remediation}, and the intent is ${memory.planned?.remediation ?? ''}`;
    const isAgain = truth.writes.some(
      (one) =>
        one.incident === incident &&
        one.operation === operation &&
        one.revision === revision &&
        JSON.stringify(one.input) === JSON.stringify(write.input),
    );
    return isAgain ? `${operation} is sent a second time for revision ${revision} of ${incident}` : undefined;
  },
};

export const noBlindRepeat: Invariant = {
  id: 'I4',
  promise: 'what may have been done is looked up, and not done again blindly',
  onWrite: (write, truth) => {
    const { incident, operation, input } = write;
    const before = truth.writes.findLast(
      (one) =>
        one.incident === incident && one.operation === operation && JSON.stringify(one.input) === JSON.stringify(input),
    );
    if (!before) return undefined;
    const history = truth.incidents.get(incident)?.history ?? [];
    const since = history.filter(({ at }) => at >= before.at - minute);
    // AWS was asked in between, and showed that there is something left to do, or that nothing was done.
    const wasLookedUp = since.some(({ event }) => event.type.startsWith('check.') || event.type === 'start.refused');
    return wasLookedUp
      ? undefined
      : `${operation} is sent again for ${incident}, and nobody looked what came of the first`;
  },
};

export const fencing: Invariant = {
  id: 'I5',
  promise: 'who was overtaken changes nothing any more',
  onWrite: ({ incident, operation, revision }, truth) => {
    const now = truth.incidents.get(incident)?.incident;
    if (!now) return undefined;
    const inTime = now.revision === revision || (isTouching(now) && now.revision <= revision + 2);
    return inTime
      ? undefined
      : `${operation} comes of revision ${revision} of ${incident}, which stands at ${now.revision} in ${now.state}`;
  },
};

export const oneMutation: Invariant = {
  id: 'I7',
  promise: 'one incident at a time touches a resource or a group',
  onWrite: ({ incident, operation }, truth) => {
    const own = truth.incidents.get(incident)?.claim?.claim.resources;
    if (!own) return `${operation} for ${incident}, which holds no claim`;
    const other = truth
      .open()
      .find(
        (one) =>
          one.incident.id !== incident &&
          isTouching(one.incident) &&
          one.claim?.claim.resources.some((resource) => own.includes(resource)),
      );
    return other
      ? `${operation} for ${incident}, while ${other.incident.id} touches the same (${other.incident.state})`
      : undefined;
  },
};

export const oneClaim: Invariant = {
  id: 'I7',
  promise: 'what is claimed is claimed by one',
  onCommit: ({ commit: { incident, claim } }, truth) => {
    const other =
      claim &&
      truth
        .open()
        .find(
          (one) =>
            one.incident.id !== incident.id &&
            isTouching(one.incident) &&
            one.claim?.claim.resources.some((resource) => claim.resources.includes(resource)),
        );
    return other ? `${incident.id} claims what ${other.incident.id} touches (${other.incident.state})` : undefined;
  },
};

export const scope: Invariant = {
  id: 'I12',
  promise: 'what is touched is named, one by one, in the plan',
  onWrite: ({ incident, operation, input, touches }, truth) => {
    const planned = truth.incidents.get(incident)?.incident.memory.planned?.touches ?? [];
    if (touches.length === 0) return `${operation} for ${incident} names nothing that it may touch`;
    if (touches.some((one) => !planned.includes(one)))
      return `${operation} for ${incident} may touch what is not in its plan`;
    const meant = [backedUp(truth.account, input), mounted(truth.account, input), inCluster(input), aliasNamed(input)];
    const text = [JSON.stringify(input), ...meant].join(' ');
    const named = touches.some((one) => text.includes(one.split('/').slice(3).join('/')));
    return named ? undefined : `${operation} for ${incident} names none of ${touches.join(', ')}`;
  },
};

export const dryRun: Invariant = {
  id: 'I21',
  promise: 'in observe nothing is changed',
  onWrite: ({ incident, operation, mode }) =>
    mode === 'observe' ? `${operation} for ${incident}, which only observes` : undefined,
};

/** Writes that a remediation declares, by whether a snapshot is taken first. */
const declared = (first: boolean): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(
    remediations.map((remediation) => {
      const { name, permissions } = first ? snapshotFirst(remediation) : remediation;
      return [name, new Set<string>(permissions.write.map(({ action }) => action))];
    }),
  );
const permissions = { plain: declared(false), snapshotFirst: declared(true) };

export const authority: Invariant = {
  id: 'I22',
  promise: 'a remediation makes the calls that it declares, on what its owners have opted in',
  onWrite: (write, truth) => {
    const { incident, remediation, service, operation, touches } = write;
    const way = wantsSnapshot(truth.incidents.get(incident)) ? 'snapshotFirst' : 'plain';
    if (!permissions[way].get(remediation)?.has(`${service}:${operation}`))
      return `${remediation} calls ${service}:${operation}, which it does not declare`;
    return unwilling(touches, truth, write);
  },
};

function unwilling(touches: readonly string[], truth: Truth, { operation, incident }: Write): string | undefined {
  for (const key of touches) {
    const tags = tagsIn(truth.account, key);
    if (!tags) continue;
    if (protectTag in tags) return `${operation} for ${incident} touches ${key}, which is protected`;
    const isGroup = key.includes('/auto-scaling-group/') || key.includes('/target-group/');
    if (!isGroup && tags[optInTag.key] !== optInTag.value)
      return `${operation} for ${incident} touches ${key}, which nobody has opted in`;
  }
  return undefined;
}

export const peopleHaveIt: Invariant = {
  id: 'I6',
  promise: 'what was left to people is touched by nobody else',
  onWrite: ({ incident, operation }, truth) => {
    const now = truth.incidents.get(incident)?.incident;
    return now && !hasEnded(now) && isWithPeople(now) ? `${operation} for ${incident}, which people have` : undefined;
  },
};
