import type { ConditionMapping } from '../../signals/condition-mapping';
import { beginning, type Checkpoint, type Mark, writeCheckpoint } from './checkpoint';
import { type Batch, type EventSource, StalePlaceError } from './event-source';
import { RecordingFolder } from './folder';
import { type Home, namedIn } from './named-in-events';
import type { NamedByPolicy } from './named-by-policy';
import type { Redaction } from './redaction';
import { State, type Written } from './state';
import type { DescribingAws, Named } from './describe/describer';

/** What a recording is made of and with. */
export interface Recording {
  readonly folder: string;
  readonly home: Home;
  readonly source: EventSource;
  readonly aws: DescribingAws;
  readonly redaction: Redaction;
  readonly byPolicy: NamedByPolicy;
  readonly mappings: readonly ConditionMapping[];
  /** Runbooks that the policy may start, and whatever else is described though no event names it. */
  readonly alsoDescribed: readonly Named[];
  /** Is told after each batch. */
  readonly onProgress: (progress: Progress) => void;
}

export interface Progress {
  readonly reached: string;
  readonly events: number;
  readonly described: number;
}

/** What a recording holds when all its events are there. */
export interface Collected {
  readonly folder: RecordingFolder;
  readonly written: readonly Written[];
  readonly checkpoint: Checkpoint;
}

/**
 * Reads events on from a checkpoint, writes them redacted, describes what they name, and writes a checkpoint after each
 * batch: whenever it ends, going on neither loses nor doubles anything. Throws what AWS answers.
 */
export async function collect(recording: Recording, from: Checkpoint): Promise<Collected> {
  let run = await Run.at(recording, from.mark ?? beginning);
  let checkpoint = from;
  try {
    if (checkpoint.mark === undefined) await run.describe(recording.alsoDescribed);
    while (checkpoint.stage === 'events') {
      const batch = await read(recording.source, run.place);
      if (batch === 'stale') {
        // AWS knows a place for a day only, and the recording was left for longer.
        const back = checkpoint.lasting ?? beginning;
        if (run.place === back.place) throw new Error(`AWS does not find its place in ${recording.source.name} again`);
        await run.close();
        run = await Run.at(recording, back);
        continue;
      }
      const mark = await run.take(batch);
      const stage = batch.next === undefined ? 'account' : 'events';
      checkpoint = { ...checkpoint, stage, mark, ...(batch.lasting && { lasting: mark }) };
      await writeCheckpoint(recording.folder, checkpoint);
      recording.onProgress({ reached: batch.reached, events: mark.tally.events, described: run.described });
    }
    return { folder: run.folder, written: await run.written(), checkpoint };
  } catch (error) {
    await run.close();
    throw error;
  }
}

async function read(source: EventSource, place: string | undefined): Promise<Batch | 'stale'> {
  try {
    return await source.read(place);
  } catch (error) {
    if (error instanceof StalePlaceError) return 'stale';
    throw error;
  }
}

/** One going over a source, from a mark on. */
class Run {
  private constructor(
    private readonly recording: Recording,
    readonly folder: RecordingFolder,
    private readonly state: State,
    private count: { events: number; unread: Record<string, number>; unreadable: number; elsewhere: number },
    public place: string | undefined,
  ) {}

  static async at(recording: Recording, { tally, place, ...sizes }: Mark): Promise<Run> {
    const folder = await RecordingFolder.at(recording.folder, sizes);
    const { aws, redaction, home, byPolicy } = recording;
    const state = new State({ aws, redaction, home, byPolicy }, (written) => folder.appendDescribed(written));
    state.remember((await folder.described()) as readonly Written[]);
    return new Run(recording, folder, state, { ...tally, unread: { ...tally.unread } }, place);
  }

  get described(): number {
    return this.state.count;
  }

  async describe(named: readonly Named[]): Promise<void> {
    await this.state.describe(named);
  }

  /** Writes what a batch holds and describes what that names; answers with the mark of it. */
  async take(batch: Batch): Promise<Mark> {
    const { home, redaction, mappings } = this.recording;
    const named: Named[] = [];
    for await (const found of batch.found) {
      if (found.kind === 'unreadable') {
        this.count.unreadable += 1;
        continue;
      }
      const kept = redaction.event(found.envelope.raw);
      if (kept === undefined) {
        this.leaveOut(redaction.standIns.text(`${found.envelope.source} ${found.envelope.detailType}`));
        continue;
      }
      await this.folder.appendEvent(found.day, kept);
      this.count.events += 1;
      const names = namedIn(found.envelope, home, mappings);
      if (names.elsewhere) this.count.elsewhere += 1;
      named.push(...names.named);
    }
    await this.state.describe(named);
    this.place = batch.next;
    return {
      ...(batch.next !== undefined && { place: batch.next }),
      ...(await this.folder.sizes()),
      tally: { ...this.count, unread: { ...this.count.unread } },
    };
  }

  async written(): Promise<readonly Written[]> {
    return (await this.folder.described()) as readonly Written[];
  }

  async close(): Promise<void> {
    await this.folder.close();
  }

  /** Kinds beyond the first few are counted together. */
  private leaveOut(kind: string): void {
    const { unread } = this.count;
    const known = kind in unread || Object.keys(unread).length < kindsAtMost ? kind : others;
    unread[known] = (unread[known] ?? 0) + 1;
  }
}

const kindsAtMost = 20;
const others = 'of other kinds';
