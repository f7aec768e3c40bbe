import { replay } from '../../replay/replay';
import { remediations } from '../../remediations';
import { incidentsIn } from '../../runtime/incidents';
import { deadlineIn } from '../../runtime/lambda/deadline';
import { workOff } from '../../runtime/lambda/work';
import { stateChangeOf } from '../../runtime/state-events';
import { MemoryTickets } from '../../runtime/store/memory-tickets';
import type { Commit } from '../../runtime/store/incident-store';
import { timelineOf } from '../../runtime/story/timeline';
import type { World } from '../../simulator/world';
import { inMode } from '../../statemachines/policy';
import { vitals } from '../../vitals';
import { boldPolicy } from '../replay/replaying';
import { detailKept } from '../../cli/record/kept-fields';
import type { Kept } from '../../cli/record/kept-shape';
import { eventFiles, sampleEvent } from '../signals/event-files';
import { listening } from './lambda/lines';
import { scene } from './world';

const canary = 'CANARY-hunter2-4111111111111111';

/** Fields of events that are read: what they hold is meant to be kept or shown. Everything else is nobody's business. */
const read = new Set([
  ...['id', 'source', 'detail-type', 'account', 'region', 'time', 'resources', 'version', 'replay-name', 'arn', 'key'],
  // By their names alone the same text is read in several places.
  ...['execution-id', 'definition', 'namespace', 'name', 'dimensions', 'entityValue', 'backupEvent'],
  ...Object.values(detailKept).flatMap(names),
]);

/** Names of all fields that are kept, at any depth: those that a source reads. */
function names(kept: Kept): readonly string[] {
  if (typeof kept === 'string') return [];
  if (Array.isArray(kept)) return (kept as readonly Kept[]).flatMap(names);
  return Object.entries(kept as Readonly<Record<string, Kept>>).flatMap(([name, one]) => [name, ...names(one)]);
}

/** The event with a secret in every field that nothing reads, and beside all that there are. */
function tainted(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => tainted(one, key));
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' && !read.has(key) ? `${value}${canary}` : value;
  }
  // Names of dimensions are data, and theirs are read.
  if (key === 'dimensions' || key === 'attributes') return value;
  const fields = Object.entries(value).map(([name, one]) => [name, tainted(one, name)] as const);
  return { ...Object.fromEntries(fields), password: canary, [`x-${canary}`]: { nested: [canary] } };
}

/** All that leaves the program, or is kept, while these events are replayed. */
async function sinksOf(mode: 'act' | 'observe'): Promise<string> {
  const commits: Commit[] = [];
  const stories: string[] = [];
  let made: World | undefined;
  async function* recorded() {
    for (const name of eventFiles) yield { kind: 'event' as const, event: tainted(sampleEvent(name)), position: name };
  }
  const report = await replay(recorded(), {
    policy: inMode(mode, boldPolicy),
    remediations: new Map(remediations.map((one) => [one.name, one])),
    vitals: new Map(vitals.map((one) => [one.kind, one])),
    build: (world) => {
      made = world;
    },
    onCommit: (commit) => {
      commits.push(commit);
      stories.push(...timelineOf(commit.incident, commit.entries).map(({ text }) => text));
    },
  });
  const topics = Object.values(boldPolicy.contacts).flatMap((contact) => {
    const [, , , region = '', account = ''] = ('topic' in contact ? contact.topic : '').split(':');
    return made?.account(account, region).services.sns.published ?? [];
  });
  expect([commits.length > 20, topics.length > 0 || mode === 'observe']).toEqual([true, true]);
  const states = commits.map(stateChangeOf);
  return JSON.stringify({ commits, stories, report, topics, states });
}

describe('what an event holds beside the fields that are read', () => {
  it.each(['act', 'observe'] as const)(
    'reaches neither store, story, message, report nor bus in mode %s',
    async (mode) => {
      const all = await sinksOf(mode);
      const at = all.indexOf(canary);
      expect(at < 0 ? '' : all.slice(Math.max(0, at - 300), at + 50)).toBe('');
    },
  );

  it('reaches no log line either', async () => {
    const it = scene();
    it.now = Date.parse('2026-03-01T10:01:00Z');
    const lines = listening(() => it.now);
    const worker = {
      incidents: incidentsIn(it.world),
      world: it.world,
      tickets: new MemoryTickets(),
      pageRole: 'AROAPAGE',
      maxEventAge: Infinity,
      telemetry: lines.telemetry,
      flush: async () => undefined,
      deadlineIn,
    };
    const bodies = [
      ...eventFiles.map((name) => JSON.stringify(tainted(sampleEvent(name)))),
      canary,
      `{"wake":"${canary}"}`,
    ];
    const Records = bodies.map((body, index) => ({
      messageId: `m${index}`,
      body,
      attributes: { ApproximateReceiveCount: '1', SenderId: 'AIDA' },
    }));
    await workOff({ Records } as never, worker, () => 60_000);
    expect(lines.logged().length).toBeGreaterThan(eventFiles.length);
    expect(JSON.stringify(lines.logged())).not.toContain(canary);
  });

  it('would be found: a field that is read is in all of these', async () => {
    expect(await sinksOf('act')).toContain('web-1 status');
  });
});
