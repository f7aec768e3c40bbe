import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { resourceKinds, type Resource } from '../signals/signal';
import type { Action, Calls } from '../vitals/aws';
import { checkOfCreated, derivedName } from './named-creation';
import type { Check, Planning, Remediation, Snapshots, Start, Target } from './remediation';
import { ownSnapshot, type OwnSnapshot, type SnapshotKind } from './snapshot-kind';
import { snapshotKindOf } from './snapshot-kinds';

const planned = z.object({
  /** Asked for again before the real step: minutes or hours lie between, and what was sick may be well. */
  target: z
    .object({
      resource: z.object({ kind: z.enum(resourceKinds), id: z.string(), account: z.string(), region: z.string() }),
      condition: z.string(),
      attemptKey: z.string(),
      since: z.number().optional(),
    })
    .transform(({ since, ...told }): Target => (since === undefined ? told : { ...told, since })),
  parameters: z.unknown(),
  /** Absent where this plan can lose no data. */
  snapshot: ownSnapshot.optional(),
  /** The plan of the remediation itself. */
  then: z.unknown(),
});
type Plan = z.infer<typeof planned>;

/** Characters of a snapshot's name: the fewest that a service takes, which is RDS of a cluster. */
const longestName = 63;

/**
 * Seconds between two checks at the least. Where the answer to the real step was lost, a check that sees no trace of it calls
 * for it again: by then AWS shows what it was told.
 */
const leastCheckEvery = 60;

/** What the handles of the real step begin with; that of the snapshot is another. */
const begun = 'then:';
const asked = 'snapshot';

/** A remediation as a rung of a policy wants it. */
export function asWanted(remediation: Remediation, rung: { readonly snapshotFirst?: true } | undefined): Remediation {
  return rung?.snapshotFirst ? snapshotFirst(remediation) : remediation;
}

/** A remediation that takes a snapshot first, waits until it is complete, and goes on only then. */
export function snapshotFirst(remediation: Remediation): Remediation {
  const { snapshots, permissions, patience } = remediation;
  if (snapshots === 'losesNoData') return remediation;
  if (snapshots === undefined || snapshots === 'noneCanBeMade') {
    return { ...remediation, plan: () => Promise.resolve(refused('what it could lose no snapshot can be made of')) };
  }
  const kinds = snapshots.kinds.map(snapshotKindOf);
  return {
    ...remediation,
    permissions: withLeaveFor(kinds, permissions),
    patience: {
      checkEvery: Math.max(patience.checkEvery, leastCheckEvery),
      giveUpAfter: patience.giveUpAfter + Math.max(...kinds.map(({ giveUpAfter }) => giveUpAfter)),
    },
    plan: (target, parameters, aws) => plan(remediation, snapshots, target, parameters, aws),
    start: async (stored, aws) => start(remediation, planned.parse(stored), aws),
    check: async (stored, handle, aws) => check(remediation, planned.parse(stored), handle, aws),
    ...(remediation.undo && {
      undo: async (stored: unknown, aws: Calls<Action>) =>
        (await remediation.undo?.(planned.parse(stored).then, aws)) ?? { kind: 'refused', reason: 'it has no undo' },
    }),
  };
}

function withLeaveFor(kinds: readonly SnapshotKind[], own: Remediation['permissions']): Remediation['permissions'] {
  const all = kinds.map(({ permissions }) => permissions);
  return {
    read: [...new Set([...own.read, ...all.flatMap(({ read }) => read)])],
    write: [...own.write, ...all.flatMap(({ write }) => write)],
    implied: [...(own.implied ?? []), ...all.flatMap(({ implied = [] }) => implied)],
  };
}

async function plan(
  remediation: Remediation,
  { of }: Exclude<Snapshots<unknown>, string>,
  target: Target,
  parameters: unknown,
  aws: Calls<Action>,
): Promise<Planning<Plan>> {
  const planning = await remediation.plan(target, parameters, aws);
  if (planning.kind !== 'planned') return planning;
  const { plan: then, summary, touches, destroys = [] } = planning;
  const kept = { target, parameters, then };
  const source = of(then);
  if (!source) {
    return destroys.length > 0
      ? refused(`no snapshot can be made of ${destroys.join(' and ')}`)
      : { ...planning, plan: kept };
  }
  const outlook = await snapshotKindOf(source.kind).look(source.id, aws);
  if (outlook.kind === 'refused') return refused(outlook.reason);
  const { attemptKey, resource } = target;
  const { holds } = outlook;
  const snapshot: OwnSnapshot = {
    of: source,
    name: derivedName(source.id, attemptKey, longestName),
    attemptKey,
    holds,
  };
  // What the snapshot is of is claimed, and asked for its consent, as all else.
  const more = [source, ...holds].map(({ kind, id }): Resource => ({ ...resource, kind, id }));
  return {
    ...planning,
    plan: { ...kept, snapshot },
    summary: `take a snapshot of ${source.id} first and then ${summary}`,
    touches: [...touches, ...more.filter((one) => !touches.some(({ kind, id }) => kind === one.kind && id === one.id))],
  };
}

async function start(remediation: Remediation, stored: Plan, aws: Calls<Action>): Promise<Start> {
  const { snapshot, then } = stored;
  if (!snapshot) return remediation.start(then, aws);
  const own = await remediation.check(then, undefined, aws);
  // What waits half-way for its next step, such as an instance that is stopped, waits for no snapshot.
  if (own.kind === 'continue') return goOn(remediation, then, aws);
  const kind = snapshotKindOf(snapshot.of.kind);
  const found = await kind.read(snapshot, aws);
  if (found.kind === 'absent') {
    const objection = await objectionTo(remediation, stored, snapshot, aws);
    if (objection) return { kind: 'refused', reason: objection };
    await kind.create(snapshot, aws);
    return { kind: 'started', handle: asked };
  }
  const standing = checkOfCreated(found, nameOf(snapshot));
  if (standing.kind === 'pending') return { kind: 'started', handle: asked };
  if (standing.kind !== 'done') return { kind: 'refused', reason: standing.detail };
  const objection = own.kind === 'notStarted' ? await objectionTo(remediation, stored, snapshot, aws) : undefined;
  return objection ? { kind: 'refused', reason: objection } : goOn(remediation, then, aws);
}

async function goOn(remediation: Remediation, then: unknown, aws: Calls<Action>): Promise<Start> {
  const answer = await remediation.start(then, aws);
  return answer.kind === 'refused' ? answer : { ...answer, handle: `${begun}${answer.handle ?? ''}` };
}

async function check(
  remediation: Remediation,
  { snapshot, then, target, parameters }: Plan,
  handle: string | undefined,
  aws: Calls<Action>,
): Promise<Check> {
  if (!snapshot) return remediation.check(then, handle, aws);
  if (handle?.startsWith(begun)) return remediation.check(then, handle.slice(begun.length) || undefined, aws);
  const found = await snapshotKindOf(snapshot.of.kind).read(snapshot, aws);
  const standing = checkOfCreated(found, nameOf(snapshot));
  if (standing.kind === 'notStarted' && handle === asked) return { ...standing, kind: 'pending' };
  if (standing.kind !== 'done' && standing.kind !== 'notStarted') return standing;
  const own = await remediation.check(then, undefined, aws);
  if (own.kind !== 'notStarted' || standing.kind === 'notStarted') return own;
  // AWS may be at work on the source for a moment longer than on the snapshot.
  const again = await remediation.plan(target, parameters, aws);
  return again.kind === 'busy'
    ? { kind: 'pending', detail: `${standing.detail}, and ${again.reason}` }
    : { kind: 'continue', detail: `${standing.detail}: what it is for can begin` };
}

/** Why neither the snapshot nor what follows may begin as things stand; undefined when it may. */
async function objectionTo(
  remediation: Remediation,
  { target, parameters }: Plan,
  { of, holds }: OwnSnapshot,
  aws: Calls<Action>,
): Promise<string | undefined> {
  const again = await remediation.plan(target, parameters, aws);
  if (again.kind !== 'planned') return again.reason;
  const outlook = await snapshotKindOf(of.kind).look(of.id, aws);
  if (outlook.kind === 'refused') return outlook.reason;
  return isDeepStrictEqual(outlook.holds, holds)
    ? undefined
    : `a snapshot of ${of.id} would not hold the same any more`;
}

function nameOf({ name }: OwnSnapshot): string {
  return `snapshot ${name}`;
}

function refused(why: string): { readonly kind: 'refused'; readonly reason: string } {
  return { kind: 'refused', reason: `a snapshot is wanted first: ${why}` };
}
