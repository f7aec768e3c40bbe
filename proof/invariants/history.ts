import { isDeepStrictEqual } from 'node:util';
import { hasEnded, newIncident, type Incident } from '../../statemachines/incident';
import { committed, step } from '../../statemachines/step';
import { asSeenBy } from '../deployment/storage/release-view';
import type { Committed } from '../truth';
import type { Invariant } from './invariant';

const bare = ({ wake, ...rest }: Incident): object => ({ ...rest, wake: wake && { at: wake.at } });

/** The incident as its events make it, from how it stood before. */
function folded({ commit, before, release }: Committed): Incident {
  const { incident, entries } = commit;
  const start = before ? asSeenBy(release, before) : newIncident(incident);
  return committed(entries.reduce((now, { event }) => step(now, event).incident, start));
}

export const replay: Invariant = {
  id: 'I1',
  promise: 'the history of an incident, decided again, leads to what is stored of it',
  onCommit: (made) => {
    const stored = asSeenBy(made.release, made.commit.incident);
    const again = folded(made);
    // As text first: what is the same mostly has the same order, too.
    if (JSON.stringify(bare(again)) === JSON.stringify(bare(stored))) return undefined;
    return isDeepStrictEqual(
      bare(JSON.parse(JSON.stringify(again)) as Incident),
      bare(JSON.parse(JSON.stringify(stored)) as Incident),
    )
      ? undefined
      : `${stored.id} is stored in ${stored.state}, and its history leads to ${again.state}`;
  },
};

export const singleWriter: Invariant = {
  id: 'I2',
  promise: 'each revision of an incident is written once, and follows on the one before',
  onCommit: ({ commit: { incident }, before }) => {
    const last = before?.revision ?? 0;
    return incident.revision === last + 1
      ? undefined
      : `${incident.id} goes from revision ${last} to ${incident.revision}`;
  },
};

export const eventOnce: Invariant = {
  id: 'I3',
  promise: 'a signal is taken account of once',
  onCommit: ({ commit: { incident, signals } }, truth) => {
    const again = signals.find((signal) => truth.signals.has(signal));
    return again === undefined
      ? undefined
      : `${incident.id} takes account of ${again}, which ${truth.signals.get(again) ?? ''} has`;
  },
};

export const absorbingEnd: Invariant = {
  id: 'I6',
  promise: 'what has ended changes no more, and touches nothing',
  onCommit: ({ before }) => (before && hasEnded(before) ? `${before.id} had ended as ${before.state}` : undefined),
  onWrite: ({ incident, operation }, truth) => {
    const standing = truth.incidents.get(incident);
    if (!standing) return `${operation} is for ${incident}, which nobody has opened`;
    return hasEnded(standing.incident) ? `${operation} comes after ${incident} has ended` : undefined;
  },
};

const skewAtMost = 60_000;

export const timers: Invariant = {
  id: 'I19',
  promise: 'a timer moves an incident once, not before its time, and only if it is the one that is armed',
  onCommit: ({ commit: { entries }, before }) => {
    for (const [index, { event, from, to }] of entries.entries()) {
      if (event.type !== 'timer.fired' || from === to) continue;
      // Only the first event of a commit comes from outside.
      if (index > 0) return 'a timer fired in the middle of a commit';
      const { wake = null } = before ?? {};
      if (event.revision !== wake?.revision)
        return `a timer of revision ${event.revision} moved it, and ${String(wake?.revision)} is armed`;
      if (event.at < wake.at - skewAtMost)
        return `a timer moved it ${Math.round((wake.at - event.at) / 1_000)} seconds early`;
    }
    return undefined;
  },
};

export const versionSafety: Invariant = {
  id: 'I24',
  promise: 'an incident is advanced by the release that opened it, and by no other',
  onCommit: ({ commit: { incident }, before }) => {
    const was = before?.machine.version ?? incident.machine.version;
    return was === incident.machine.version
      ? undefined
      : `${incident.id} of machine ${was} was written by machine ${incident.machine.version}`;
  },
};
