import { decisionKinds, type Decision } from '../../runtime/intake';
import { readPolicyFrom } from '../../runtime/policy-file';
import type { EpochMillis } from '../../signals/signal';
import { inMode } from '../../statemachines/policy';
import type { Mode } from '../../statemachines/rule';
import { readRecorded, timeOf, type Recorded } from '../recorded-events';
import type { Recording } from '../recording';
import { settingFor } from '../recording-replay';
import { play } from '../replay';
import { ignoredFor, plainReason, whyIgnored, type Heard, type IgnoredFor } from './heard';
import { sideIncidentOf, type SideIncident } from './side-incident';

/** What one side of a backtest is played with; plain data, so that it can be handed to a thread. */
export interface SideSetting {
  readonly recordings: readonly Recording[];
  /** Text of the policy, and the file that it is of. */
  readonly policy: { readonly file: string; readonly text: string };
  readonly mode: Mode;
  /** Goes before the recordings' own. */
  readonly accountFile: string | undefined;
  readonly peopleApprove: boolean;
}

/** All that became of a recording under one policy. */
export interface Side {
  readonly events: number;
  /** What could not be read, with its place. */
  readonly invalid: readonly string[];
  readonly decisions: Readonly<Record<Decision['decision'], number>>;
  readonly ignored: Readonly<Record<IgnoredFor, number>>;
  /** Signals that no rule took, by the reason. */
  readonly skipped: ReadonlyMap<string, number>;
  /** By `signalKey`: signals that opened an incident, joined one, were refused, or that no rule took. */
  readonly heard: ReadonlyMap<string, Heard>;
  readonly incidents: readonly SideIncident[];
  /** Times of the first event and the last one; null where none has a time. */
  readonly period: { readonly from: EpochMillis; readonly to: EpochMillis } | null;
  readonly assumed: readonly string[];
}

/** Plays the recordings under a policy that has been found good, each in a world of its own. */
export async function playSide(
  { recordings, policy, mode, accountFile, peopleApprove }: SideSetting,
  onProgress: (events: number) => void = () => undefined,
): Promise<Side> {
  const read = readPolicyFrom(policy.text, policy.file);
  if (read.kind === 'errors') throw new Error(`${policy.file} cannot be used: ${read.errors[0].message}`);
  const book = new SideBook(onProgress);
  const assumed = new Set<string>();
  for (const [world, recording] of recordings.entries()) {
    const setting = await settingFor(inMode(mode, read.policy), accountFile ?? recording.accountFile);
    const played = await play(
      book.countedIn(readRecorded(recording.files)),
      { ...setting, peopleApprove },
      {
        onDecision: (decision) => {
          book.decide(world, decision);
        },
        onHistory: (incident, history) => {
          book.incidents.push(sideIncidentOf(world, incident, history));
        },
      },
    );
    for (const line of played.assumed) assumed.add(line);
  }
  return { ...book.closed(), assumed: [...assumed] };
}

/** Names the place of a signal: two sides that play the same recordings name it alike. */
const signalKey = (world: number, eventId: string, turn: number): string => `${world}/${eventId}/${turn}`;

/** What is noted while a side is played: counts, and as little as can be of anything else. */
class SideBook {
  readonly incidents: SideIncident[] = [];
  readonly #invalid: string[] = [];
  readonly #decisions = zeroes(decisionKinds);
  readonly #ignored = zeroes(ignoredFor);
  readonly #skipped = new Map<string, number>();
  readonly #heard = new Map<string, Heard>();
  #events = 0;
  #period: Side['period'] = null;
  /** The event whose signals are being decided, and how many of them have been. */
  #turn = { eventId: '', of: 0 };

  constructor(private readonly onProgress: (events: number) => void) {}

  async *countedIn(recorded: AsyncIterable<Recorded>): AsyncGenerator<Recorded> {
    for await (const one of recorded) {
      this.#events += 1;
      const time = timeOf(one);
      if (Number.isFinite(time)) {
        const { from, to } = this.#period ?? { from: time, to: time };
        this.#period = { from: Math.min(from, time), to: Math.max(to, time) };
      }
      yield one;
      if (this.#events % 1_000 === 0) this.onProgress(this.#events);
    }
  }

  decide(world: number, decision: Decision): void {
    const { eventId, decision: kind, reason = '' } = decision;
    this.#turn = { eventId, of: this.#turn.eventId === eventId ? this.#turn.of + 1 : 0 };
    this.#decisions[kind] += 1;
    if (kind === 'invalid') this.#invalid.push(reason);
    const why = kind === 'ignored' ? whyIgnored(decision) : undefined;
    if (why) this.#ignored[why] += 1;
    if (why === 'noRule') {
      const plain = plainReason(decision);
      this.#skipped.set(plain, (this.#skipped.get(plain) ?? 0) + 1);
    }
    if (why === 'noRule' || kind === 'opened' || kind === 'joined' || kind === 'refused') this.#hear(world, decision);
  }

  #hear(world: number, { eventId, decision, incident, reason }: Decision): void {
    const key = signalKey(world, eventId, this.#turn.of);
    // Delivered again, it is a duplicate: the first time counts.
    if (this.#heard.has(key)) return;
    this.#heard.set(key, {
      decision,
      ...(incident !== undefined && { incident }),
      ...(reason !== undefined && { reason }),
    });
  }

  closed(): Omit<Side, 'assumed'> {
    return {
      events: this.#events,
      invalid: this.#invalid,
      decisions: this.#decisions,
      ignored: this.#ignored,
      skipped: this.#skipped,
      heard: this.#heard,
      incidents: this.incidents,
      period: this.#period,
    };
  }
}

function zeroes<K extends string>(names: readonly K[]): Record<K, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<K, number>;
}
