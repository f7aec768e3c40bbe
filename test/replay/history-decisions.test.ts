import { join } from 'node:path';
import { defaultPolicyFile, policyFrom } from '../../cli/policy-option';
import { historyOf, HistoryRecorder, type History } from '../../replay/history';
import { firstDifference, type Decide } from '../../replay/history-decisions';
import { readHistory } from '../../replay/history-file';
import { findRecordings } from '../../replay/recording';
import { replayRecording } from '../../replay/recording-replay';
import { advance } from '../../runtime/advance';
import type { HistoryEntry } from '../../runtime/store/incident-store';
import type { Incident } from '../../statemachines/incident';
import { inMode } from '../../statemachines/policy';
import { step } from '../../statemachines/step';
import { aRemediation, scene, second, type Scene } from '../runtime/world';
import { anIncident } from '../statemachines/incident';

const asJson = (history: History): History => readHistory(JSON.parse(JSON.stringify(history)));

/** The only incident of one of the project's recordings, as a replay writes it. */
async function recorded(name: string): Promise<History> {
  const [recording] = await findRecordings([join(__dirname, '../recordings', name)]);
  const recorder = new HistoryRecorder('0.0.1');
  const histories: History[] = [];
  const policy = inMode('act', policyFrom(recording!.policyFile ?? defaultPolicyFile));
  await replayRecording(recording!, policy, undefined, {
    onCommit: recorder.onCommit,
    onHistory: (incident, history) => histories.push(recorder.historyOf(incident, history)),
  });
  return asJson(histories[0]!);
}

/** Step, but for what `change` makes of one kind of event in one state. */
const altered =
  (type: string, state: string, change: (made: ReturnType<Decide>) => ReturnType<Decide>): Decide =>
  (incident, event) => {
    const made = step(incident, event);
    return event.type === type && incident.state === state ? change(made) : made;
  };

describe('a recorded incident', () => {
  it('is decided the same by the machine that decided it', async () => {
    expect(firstDifference(await recorded('host-failing-stop-start'))).toBeUndefined();
  });

  it('names the first decision that goes elsewhere, with the state of then and of today', async () => {
    const history = await recorded('instance-impaired-rebooted');
    const toVerifying = altered('symptom.present', 'confirming', (made) => ({
      ...made,
      incident: { ...made.incident, state: 'verifying' },
    }));
    const index = history.entries.findIndex(({ event }) => event.type === 'symptom.present');
    expect(firstDifference(history, toVerifying)).toMatchObject({
      entry: index + 1,
      event: 'symptom.present',
      from: 'confirming',
      then: { state: 'planning', asks: 'plan reboot-instance' },
      today: { state: 'verifying' },
      why: expect.stringMatching(/^then it went to planning; today's machine goes to verifying/) as string,
    });
  });

  it('names the decision that asks for something else, though the state is the same', async () => {
    const history = await recorded('instance-impaired-rebooted');
    const planning = history.entries.findIndex(({ event }) => event.type === 'symptom.present');
    const asksNothing = altered('symptom.present', 'confirming', (made) => ({ ...made, effects: [] }));
    expect(firstDifference(history, asksNothing)).toMatchObject({
      entry: planning + 1,
      why: "then plan reboot-instance was asked for; today's machine asks for nothing",
    });
    const asksForMore = altered('start.succeeded', 'starting', (made) => ({
      ...made,
      effects: [...made.effects, { type: 'notify', kind: 'held', contact: 'oncall', ofMany: false }],
    }));
    expect(firstDifference(history, asksForMore)).toMatchObject({
      event: 'start.succeeded',
      why: "then nothing more was asked for; today's machine asks for notify oncall",
    });
  });

  it('names the decision that waits longer, or for nothing', async () => {
    const history = await recorded('instance-impaired-rebooted');
    const later = altered('incident.opened', 'opening', (made) => ({
      ...made,
      incident: { ...made.incident, wake: { ...made.incident.wake!, at: made.incident.wake!.at + second } },
    }));
    expect(firstDifference(history, later)).toMatchObject({
      entry: 1,
      why: "then it is woken at 2026-03-01T03:00:12.000Z; with today's machine it is woken at 2026-03-01T03:00:13.000Z",
    });
  });

  it('names an event that today is ignored, or cannot be taken at all', async () => {
    const history = await recorded('instance-impaired-rebooted');
    const ignores = altered('timer.fired', 'waiting', (made) => ({ ...made, ignored: 'it is late' }));
    expect(firstDifference(history, ignores)?.why).toBe("today's machine ignores it: it is late");
    const throws = altered('timer.fired', 'waiting', () => {
      throw new Error('there is no such guard');
    });
    expect(firstDifference(history, throws)).toMatchObject({
      today: null,
      why: "today's machine cannot take it: there is no such guard",
    });
  });

  it('whose end alone is another is told by what it remembers', async () => {
    const history = await recorded('instance-impaired-rebooted');
    const memory = { ...history.ended.memory, starts: 2 };
    expect(firstDifference({ ...history, ended: { ...history.ended, memory } })).toMatchObject({
      entry: history.entries.length,
      why: 'every decision is the same, and what it came to is not: memory.starts was 2, is 1',
    });
  });
});

describe('an incident of workers that die and overtake each other', () => {
  const open = (it: Scene): Promise<unknown> =>
    advance(anIncident(), { type: 'incident.opened', at: it.now, detail: 'alarm' }, ['one'], it.world);

  it('is decided the same where a worker died between its intent and what came of it', async () => {
    const it = scene();
    const kept = keeping(it);
    it.beforeCommit = ({ incident }) => {
      if (incident.revision === 2) throw new Error('the worker is gone');
    };
    await expect(open(it)).rejects.toThrow('the worker is gone');
    it.beforeCommit = () => undefined;
    await it.wakes();
    it.health = { kind: 'healthy', detail: 'well' };
    while (it.armed.size > 0) await it.wakes();
    expect(kept.entries.map(({ event }) => event.type)).not.toContain('start.succeeded');
    expect(kept.incident?.state).toBe('resolved');
    expect(firstDifference(asJson(historyOf(kept.incident!, kept.entries, '0.0.1')))).toBeUndefined();
  });

  it('is decided the same where another event was taken while it started', async () => {
    const it: Scene = scene({
      remediations: [
        aRemediation({
          start: async () => {
            const now = await it.store.read('inc-1');
            await advance(now!, { type: 'signal.echoed', at: it.now, detail: 'well', ...elsewhere }, ['two'], it.world);
            return { kind: 'started' };
          },
        }),
      ],
    });
    const kept = keeping(it);
    await open(it);
    it.health = { kind: 'healthy', detail: 'well' };
    while (it.armed.size > 0) await it.wakes();
    const types = kept.entries.map(({ event }) => event.type);
    expect(types.indexOf('start.succeeded') - types.indexOf('signal.echoed')).toBe(1);
    expect(firstDifference(asJson(historyOf(kept.incident!, kept.entries, '0.0.1')))).toBeUndefined();
  });
});

const elsewhere = {
  resource: { kind: 'ec2-instance', id: 'i-0def', account: '111122223333', region: 'eu-central-1' },
  condition: 'ec2-instance-impaired',
} as const;

/** What of a scene's commits was written. */
function keeping({ store }: Scene): { incident: Incident | undefined; entries: HistoryEntry[] } {
  const kept: ReturnType<typeof keeping> = { incident: undefined, entries: [] };
  const commit = store.commit.bind(store);
  store.commit = async (one) => {
    const result = await commit(one);
    if (result.kind === 'committed') {
      kept.incident = one.incident;
      kept.entries.push(...one.entries);
    }
    return result;
  };
  return kept;
}
