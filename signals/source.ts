import type { z } from 'zod';
import type { Envelope } from './envelope';
import type { Fields } from './event-pattern/refusal';
import { plainText } from './plain-text';
import { schemaProblem } from './schema-problem';
import type { Reading } from './signal';

/** EventBridge pattern of a source, as the rule is deployed with it; the accounts and regions are added there. */
interface SourcePattern {
  readonly source: readonly [string, ...string[]];
  readonly 'detail-type': readonly [string, ...string[]];
}

/** One kind of event that is understood. */
export interface Source {
  /** Equals the file's name, and `Signal.source`. */
  readonly name: string;
  /** Events that match it are this source's, and no other's. */
  readonly pattern: SourcePattern;
  /**
   * Whether its events may tell of other accounts and regions than the one that delivered them. Then not the envelope's
   * region but the resource's is held against the operator's list.
   */
  readonly tellsOf: 'own' | 'others';
  /** Every condition that its events may tell of, or `any` where the operator's own names may be among them. */
  readonly tells: readonly string[] | 'any';
  /** Whether its events may tell of progress. */
  readonly tellsProgress: boolean;
  /** What a rule may ask of the detail, as an event pattern does, and yet miss no event that tells something. */
  readonly worthwhile?: Fields;
  readonly read: (event: Envelope) => Reading;
}

interface SourceSpec<Detail> {
  readonly name: string;
  readonly pattern: SourcePattern;
  readonly tellsOf?: Source['tellsOf'];
  readonly tells: Source['tells'];
  /** Absent: they don't. */
  readonly tellsProgress?: true;
  readonly worthwhile?: Fields;
  /** What is read of the event's detail: strict about that, open to fields that AWS adds. */
  readonly detail: z.ZodType<Detail>;
  readonly read: (detail: Detail, event: Envelope) => Reading;
}

/** Declares a source. A detail that its schema does not take is an invalid event, and `read` does not see it. */
export function defineSource<Detail>(spec: SourceSpec<Detail>): Source {
  return {
    name: spec.name,
    pattern: spec.pattern,
    tellsOf: spec.tellsOf ?? 'own',
    tells: spec.tells,
    tellsProgress: spec.tellsProgress ?? false,
    ...(spec.worthwhile && { worthwhile: spec.worthwhile }),
    read: (event) => {
      const detail = spec.detail.safeParse(event.detail);
      if (detail.success) return spec.read(detail.data, event);
      return {
        kind: 'invalid',
        reason: `not as AWS sends ${event.detailType}: detail.${schemaProblem(detail.error)}`,
      };
    },
  };
}

/** A sound event that asks nothing of us, and why; at most 200 characters are kept. */
export function ignored(reason: string): Reading {
  return { kind: 'ignored', reason: plainText(reason) };
}
