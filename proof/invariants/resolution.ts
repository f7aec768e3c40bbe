import { hasEnded, isWithPeople } from '../../statemachines/incident';
import { hasBreached } from '../truth/breach';
import { isSick } from '../truth/health';
import type { Invariant } from './invariant';

const second = 1_000;
const minute = 60 * second;

export const verifiedResolution: Invariant = {
  id: 'I17',
  promise: 'what is called healed is well, and has been for as long as its rule says',
  onCommit: ({ at, commit: { incident } }, truth) => {
    if (incident.state !== 'resolved' && incident.state !== 'recovered') return undefined;
    const { resource, condition } = incident;
    if (isSick(truth.account, condition, resource.id) !== true) return undefined;
    const since = truth.sickSince.get(resource.id);
    // What fell sick again within the last minutes may not show yet.
    return since !== undefined && at - since > 4 * minute
      ? `${incident.id} is ${incident.state}, and ${resource.id} has been sick for ${Math.round((at - since) / minute)} minutes`
      : undefined;
  },
};

export const endedBreach: Invariant = {
  id: 'I17',
  promise: 'what is called healed no longer has the metric that its alarm went off for',
  onCommit: ({ commit: { incident } }, truth) => {
    const { alarmArn } = incident.evidence;
    if (alarmArn === undefined || (incident.state !== 'resolved' && incident.state !== 'recovered')) return undefined;
    return hasBreached(truth.account, alarmArn, 4)
      ? `${incident.id} is ${incident.state}, and the metric of ${alarmArn} has been bad for minutes`
      : undefined;
  },
};

export const neverStuck: Invariant = {
  id: 'I18',
  promise: 'whatever is open has a time at which it is looked at again, and comes to an end or to people',
  onCommit: ({ commit: { incident } }) =>
    hasEnded(incident) || incident.wake ? undefined : `${incident.id} waits in ${incident.state} for nothing`,
  atEnd: (truth) => {
    for (const { incident } of truth.open()) {
      if (truth.parked.has(incident.id) || isSettled(incident.state)) continue;
      return `${incident.id} is in ${incident.state} since long, and nothing is wrong any more (${incident.rule.name}, looked at at ${String(incident.wake && new Date(incident.wake.at).toISOString())})`;
    }
    return undefined;
  },
};

export const nothingLost: Invariant = {
  id: 'I18',
  promise: 'a sickness that was told of, and lasts, has had an incident',
  atEnd: (truth) => {
    const forgotten = truth.alarmed.find(({ at, instance, body }) => {
      const since = truth.sickSince.get(instance);
      const isSickSince = since !== undefined && since < at;
      const isKnown = [...truth.incidents.values()].some(
        ({ incident, history }) =>
          incident.resource.id === instance ||
          (incident.memory.planned?.touches.some((touched) => touched.endsWith(`/${instance}`)) ?? false) ||
          history.some(({ event }) => event.type === 'signal.echoed' && event.resource.id === instance),
      );
      return isSickSince && !isKnown && !truth.deadLetters().includes(body);
    });
    return forgotten
      ? `${forgotten.instance} is sick, its alarm was delivered, and no incident was ever open on it`
      : undefined;
  },
};

/** With people, or waiting for what only time brings. */
const isSettled = (state: string): boolean => ['escalated', 'acknowledged', 'watching'].includes(state);

export const escalation: Invariant = {
  id: 'I20',
  promise: 'who is to be called is told, or is alarmed of that nobody could be',
  atEnd: (truth) => {
    for (const { incident } of truth.open()) {
      if (!isWithPeople(incident) || truth.parked.has(incident.id)) continue;
      if (!truth.told.some(({ text }) => text.includes(incident.id))) {
        return `${incident.id} is ${incident.state}, and no message has named it`;
      }
    }
    return undefined;
  },
};

export const provenance: Invariant = {
  id: 'I23',
  promise: 'only events of the account itself open an incident',
  onCommit: ({ commit: { incident }, before }, truth) => {
    if (before) return undefined;
    const { account, region } = incident.resource;
    return account === truth.account.id && region === truth.account.region
      ? undefined
      : `${incident.id} is about ${account}/${region}`;
  },
};

export const noSelfFeeding: Invariant = {
  id: 'I25',
  promise: 'what falls sick because it is touched opens no incident',
  onCommit: ({ at, commit: { incident }, before }, truth) => {
    // Whoever slept between looking who touches it and writing down that it is sick could not know.
    if (before || truth.hasSleepers) return undefined;
    const key = `${incident.resource.account}/${incident.resource.region}/${incident.resource.kind}/${incident.resource.id}`;
    const cause = truth
      .open()
      .find(
        ({ incident: one, claim }) =>
          ['starting', 'checking', 'verifying', 'settling'].includes(one.state) &&
          one.memory.starts > 0 &&
          claim !== undefined &&
          at - claim.at > minute &&
          (one.memory.planned?.touches.includes(key) ?? false) &&
          one.condition !== incident.condition,
      );
    return cause
      ? `${incident.id} (${incident.condition}) opens on ${incident.resource.id}, which ${cause.incident.id} is touching`
      : undefined;
  },
};
