import { modes, type Mode } from '../../statemachines/rule';
import { actedIn, type Acted } from './track-record/acted';
import { approvalsIn, type Approvals } from './track-record/approvals';
import { verdictOn } from './track-record/verdict';
import { watchedIn, type Watched } from './track-record/watched';
import type { Story } from './track-record/story';

/** How it went in one mode, under one rule or under all. */
export type ModeRecord =
  | { readonly mode: 'observe'; readonly incidents: number; readonly watched: Watched }
  | {
      readonly mode: 'approve' | 'act';
      readonly incidents: number;
      readonly approvals: Approvals;
      readonly acted: Acted;
    };

/** How one rule did in one mode. A rule stays with its incident as it was: one that was let go further has several of these. */
export type RuleRecord = ModeRecord & {
  readonly rule: string;
  /** What the record speaks for, in one line. */
  readonly verdict: string;
};

/** What is to be known of rules before they are let go further, or held back. */
export interface TrackRecord {
  /** By name, the strictest mode first. */
  readonly rules: readonly RuleRecord[];
  /** All rules together, the strictest mode first. */
  readonly all: readonly ModeRecord[];
}

/** Reckons up what incidents, ended or open, say of their rules. */
export function trackRecordOf(stories: readonly Story[]): TrackRecord {
  const names = [...new Set(stories.map(({ incident }) => incident.rule.name))].sort();
  return {
    rules: names.flatMap((rule) =>
      byMode(stories.filter(({ incident }) => incident.rule.name === rule)).map((record) => ({
        rule,
        ...record,
        verdict: verdictOn(record),
      })),
    ),
    all: byMode(stories),
  };
}

function byMode(stories: readonly Story[]): readonly ModeRecord[] {
  return modes.flatMap((mode) => {
    const inMode = stories.filter(({ incident }) => incident.rule.mode === mode);
    return inMode.length > 0 ? [recordOf(mode, inMode)] : [];
  });
}

function recordOf(mode: Mode, stories: readonly Story[]): ModeRecord {
  const incidents = stories.length;
  return mode === 'observe'
    ? { mode, incidents, watched: watchedIn(stories) }
    : { mode, incidents, approvals: approvalsIn(stories), acted: actedIn(stories) };
}
