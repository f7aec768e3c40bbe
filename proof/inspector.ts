import type { Commit } from '../runtime/store/incident-store';
import { cover, type Coverage } from './coverage';
import type { Request } from './deployment/network';
import type { Sandbox } from './deployment/sandbox';
import { invariants } from './invariants';
import type { Violation } from './invariants/invariant';
import type { Journal } from './journal';
import type { Committed, Truth, Write } from './truth';

/** Watches what really happens, and holds it against the invariants, one event at a time. */
export class Inspector {
  readonly coverage: Coverage = new Map();
  violation: Violation | undefined;
  /** Revision that a process has written last of each incident. */
  readonly #written = new Map<string, number>();

  constructor(
    private readonly truth: Truth,
    private readonly journal: Journal,
  ) {}

  committed(sandbox: Sandbox | undefined, commit: Commit): void {
    const { truth, journal } = this;
    const { incident, entries } = commit;
    const by = sandbox?.id ?? 'nobody';
    const before = truth.incidents.get(incident.id)?.incident;
    const made: Committed = { at: truth.now(), sandbox: by, release: sandbox?.release ?? 0, commit, before };
    for (const { event, to } of entries) journal.note(by, `${incident.id} ${event.type} → ${to}${detailOf(event)}`);
    this.#judge((invariant) => invariant.onCommit?.(made, truth));
    truth.commit(made);
    this.#written.set(`${by}/${incident.id}`, incident.revision);
    cover(this.coverage, incident, entries);
  }

  /** Takes a write that reaches AWS; what it answers is to be called once AWS has done it. */
  sent(sandbox: Sandbox, { caller, service, operation, input }: Request): () => void {
    if (caller?.kind !== 'remediation') {
      this.violation ??= {
        invariant: 'I22',
        promise: 'only remediations change something',
        at: this.truth.now(),
        what: `${operation} is sent by nobody's role`,
      };
      return () => undefined;
    }
    const { incident, remediation, mode, touches } = caller;
    const revision = this.#written.get(`${sandbox.id}/${incident}`) ?? 0;
    const write: Write = {
      at: this.truth.now(),
      sandbox: sandbox.id,
      incident,
      remediation,
      mode,
      touches,
      service,
      operation,
      input,
      revision,
      isDone: false,
    };
    this.journal.note(sandbox.id, `${incident} ${service}:${operation} reaches AWS`);
    this.#judge((invariant) => invariant.onWrite?.(write, this.truth));
    this.truth.writes.push(write);
    return () => {
      write.isDone = true;
    };
  }

  end(): void {
    this.#judge((invariant) => invariant.atEnd?.(this.truth));
  }

  #judge(ask: (invariant: (typeof invariants)[number]) => string | undefined): void {
    for (const invariant of invariants) {
      const what = ask(invariant);
      if (what === undefined) continue;
      const { id, promise } = invariant;
      if (!this.violation) this.journal.note('invariant', `${id} is broken: ${what}`);
      this.violation ??= { invariant: id, promise, at: this.truth.now(), what };
    }
  }
}

function detailOf(event: Commit['entries'][number]['event']): string {
  if ('refusals' in event) return ` (${event.refusals.map(({ guard }) => guard).join(', ')})`;
  const detail =
    'detail' in event ? event.detail : 'reason' in event ? event.reason : 'summary' in event ? event.summary : '';
  return detail ? ` (${detail})` : '';
}
