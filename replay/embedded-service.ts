import { linesOf } from '../runtime/story/timeline';
import type { PageRequest } from '../runtime/answers/answer-page';
import type { PageResponse } from '../runtime/answers/page-layout';
import type { Decision } from '../runtime/intake';
import type { Commit } from '../runtime/store/incident-store';
import type { EpochMillis } from '../signals/signal';
import { embeddedAnswers, type PageSetting } from './embedded-answers';
import { timeOf, type Recorded } from './recorded-events';
import { setStage, type StageSetting } from './stage';

/** A line of somebody's story, as it happens. */
export type Narrate = (line: { readonly at: EpochMillis; readonly incident: string; readonly text: string }) => void;

/** Homeostat on an account in this process: what is sent to it happens there, in virtual time that leaps ahead. */
export interface EmbeddedService {
  /** Takes one event and answers what was decided; what follows from it goes on afterwards. */
  take(event: unknown): Promise<readonly Decision[]>;
  /** Answers a browser that follows a link to approve or deny; what follows from it goes on afterwards. */
  answer(request: PageRequest): Promise<PageResponse>;
  /** Runs on until nothing is under way, or somebody is asked: for people, time stands still. */
  settle(): Promise<void>;
}

/** Starts at `startsAt`; every line of every incident is narrated as soon as it is committed. */
export function embeddedService(
  startsAt: EpochMillis,
  setting: Omit<StageSetting, 'onCommit' | 'onEnd'>,
  page: PageSetting,
  narrate: Narrate,
): EmbeddedService {
  const answers = embeddedAnswers(page, setting);
  const asking = new Set<string>();
  const asked: Promise<void>[] = [];
  const ask = async ({ incident }: Commit, at: EpochMillis): Promise<void> => {
    const link = await answers.links.for('approval', incident.rule.escalate[0].contact, incident, at);
    if (link) narrate({ at, incident: incident.id, text: `${link.label}: ${link.url}` });
  };
  const stage = setStage(startsAt, {
    ...setting,
    onCommit: (commit) => {
      const { incident, entries } = commit;
      for (const entry of entries) {
        for (const text of linesOf(entry, incident)) narrate({ at: entry.at, incident: incident.id, text });
        if (entry.to === 'awaitingApproval' && entry.from !== entry.to) asked.push(ask(commit, entry.at));
      }
      if (incident.state === 'awaitingApproval') asking.add(incident.id);
      else asking.delete(incident.id);
    },
  });
  // One thing at a time: an event that comes while the clock runs waits for its turn.
  let busy: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = busy.then(work);
    busy = done.catch(() => undefined);
    return done;
  };
  return {
    take: (event) =>
      inTurn(async () => {
        const recorded: Recorded = { kind: 'event', event, position: '' };
        const time = timeOf(recorded);
        if (Number.isFinite(time)) await stage.clock.runUntil(time);
        return stage.play(event);
      }),
    answer: (request) => inTurn(() => answers.answer(request, stage)),
    settle: () =>
      inTurn(async () => {
        while (asking.size === 0 && (await stage.clock.step())) {
          // Each step may make more to do.
        }
        await Promise.all(asked.splice(0));
      }),
  };
}
