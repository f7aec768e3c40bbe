import { decisionKinds } from '../runtime/intake';
import type { ReplayReport, ReportedIncident } from '../replay/report';

/** An incident as a person reads it: a heading, and its story line by line. */
export function incidentText({ id, rule, condition, resource, outcome, timeline }: ReportedIncident): string {
  const heading = `${id}  ${outcome.toUpperCase()}  ${resource} ${condition} (rule ${rule})`;
  let day = '';
  const lines = timeline.map(({ at, text }) => {
    const shown = at.slice(0, 10) === day ? ' '.repeat(10) : at.slice(0, 10);
    day = at.slice(0, 10);
    return `  ${shown} ${at.slice(11, 19)}  ${text}`;
  });
  return [heading, ...lines, ''].join('\n');
}

/** The numbers of a replay, and what was assumed for it. */
export function summaryText({ events, decisions, incidents, assumed }: ReplayReport): string {
  const counts = decisionKinds
    .map((kind) => ({ kind, count: decisions.filter(({ decision }) => decision === kind).length }))
    .filter(({ count }) => count > 0);
  const outcomes = [...new Set(incidents.map(({ outcome }) => outcome))].sort();
  const ended = outcomes.map((outcome) => `${incidents.filter((one) => one.outcome === outcome).length} ${outcome}`);
  return [
    ...(assumed.length > 0
      ? ['Assumed, since nothing recorded says it:', ...assumed.map((line) => `  ${line}`), '']
      : []),
    `${numbered(events, 'event')}: ${counts.map(({ kind, count }) => `${count} ${kind}`).join(', ') || 'none'}`,
    `${numbered(incidents.length, 'incident')}${ended.length > 0 ? `: ${ended.join(', ')}` : ''}`,
  ].join('\n');
}

/** `1 event`, `2 events`. */
export function numbered(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
