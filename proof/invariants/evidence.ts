import type { Invariant } from './invariant';

const second = 1_000;
const minute = 60 * second;
/** Clocks of two workers differ by up to a minute. */
const skew = minute;

export const holdDown: Invariant = {
  id: 'I16',
  promise: 'what is started on has been sick for as long as its rule says',
  onCommit: ({ at, commit: { incident, claim } }) => {
    if (!claim) return undefined;
    // When it was heard of: a worker may have slept before it wrote that down, and it was sick all the same.
    const { openedAt, rule } = incident;
    const needed = rule.holdDownSeconds * second;
    return at - openedAt < needed - skew
      ? `${incident.id} starts ${Math.round((at - openedAt) / second)} seconds after it was told of, and ${needed / second} is the least`
      : undefined;
  },
};

export const settled: Invariant = {
  id: 'I17',
  promise: 'what is called healed was seen to be well twice, as far apart as its rule says',
  onCommit: ({ commit: { incident, entries } }, truth) => {
    const end = entries.at(-1);
    if (!end || (incident.state !== 'resolved' && incident.state !== 'recovered')) return undefined;
    const history = [...(truth.incidents.get(incident.id)?.history ?? []), ...entries];
    const lastSick = history.findLastIndex(({ event }) => event.type === 'symptom.present');
    const well = history.slice(lastSick + 1).find(({ event }) => event.type === 'symptom.gone');
    const lasted = well ? end.at - well.at : -1;
    const needed = incident.rule.verify.healthyForSeconds * second;
    return lasted < needed - skew
      ? `${incident.id} is ${incident.state} ${Math.round(lasted / second)} seconds after it was first seen to be well, and ${needed / second} is the least`
      : undefined;
  },
};
