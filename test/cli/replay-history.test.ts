import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { showIncident } from '../../cli/incident';
import { historyIn, printedHistory } from '../../cli/incident-history';
import { registerReplay } from '../../cli/replay';
import { release } from '../../cli/release';
import { historyOf, type History } from '../../replay/history';
import { UnreadableIncidentError, type HistoryEntry, type IncidentStore } from '../../runtime/store/incident-store';
import type { Incident } from '../../statemachines/incident';
import { aFile, homeostat, impaired } from './command';
import { aDeployment, awsError, storeOf, typed } from './deployed';
import { anIncident, planMade } from '../statemachines/incident';
import { step, committed } from '../../statemachines/step';

/** An incident that has just started a reboot, as a store tells of it. */
function stored(): { incident: Incident; entries: HistoryEntry[] } {
  const events = [
    { type: 'incident.opened', detail: 'alarm' },
    { type: 'symptom.present', detail: 'impaired' },
    planMade,
    { type: 'admission.granted' },
  ] as const;
  const entries: HistoryEntry[] = [];
  let incident: Incident = { ...anIncident(), id: 'inc-0abc' };
  for (const happening of events) {
    const event = { ...happening, at: 1_000 } as HistoryEntry['event'];
    const { state: from, memory } = incident;
    incident = step(incident, event).incident;
    const remediation = (incident.memory.planned ?? memory.planned)?.remediation;
    entries.push({ at: 1_000, event, from, to: incident.state, ...(remediation && { remediation }), calls: [] });
  }
  return { incident: committed(incident), entries };
}

const storing = ({ incident, entries }: ReturnType<typeof stored>): IncidentStore =>
  Object.assign(storeOf([]), { read: async () => incident, history: async () => entries });

const ofStore =
  (store: IncidentStore) =>
  (...words: string[]) =>
    typed(
      (program) => {
        registerReplay(program, () => aDeployment({}, store));
      },
      'replay',
      ...words,
    );

const ask = ofStore(storeOf([]));
const write = (history: unknown): string => aFile('history.json', JSON.stringify(history));
const good = (): History => historyOf(stored().incident, stored().entries, '0.0.1');

describe('homeostat replay --history', () => {
  it('ends with 0 and says so where a file is decided the same: one history, an array, lines, packed', async () => {
    const lines = `${JSON.stringify(good())}\n${JSON.stringify(good())}\n`;
    const packed = aFile('two.jsonl.gz', '');
    writeFileSync(packed, gzipSync(lines));
    for (const file of [write(good()), write([good(), good()]), aFile('two.jsonl', lines), packed]) {
      const { status, out } = await ask('--history', file);
      expect([status, out]).toEqual([
        0,
        expect.stringMatching(/^inc-0abc {2}SAME {2}.*\n {2}recorded by homeostat 0\.0\.1/),
      ]);
    }
  });

  it('reads an incident of a deployment by its id, as incident --history prints it', async () => {
    const store = storing(stored());
    const { status, out } = await ofStore(store)('--history', 'inc-0abc');
    expect([status, out]).toEqual([0, expect.stringContaining('4 decisions, and what they came to, are the same')]);
    const printed = await printedHistory(store, 'inc-0abc');
    expect(JSON.parse(printed.out)).toMatchObject({ format: 1, release: release(), opened: { id: 'inc-0abc' } });
    expect(await ask('--history', aFile('history.json', printed.out))).toMatchObject({ status: 0 });
  });

  it('names the first decision that differs, in words and as JSON, and ends with 1', async () => {
    const history = good();
    const entries = history.entries.map((entry) =>
      entry.to === 'admitting' ? { ...entry, to: 'awaitingApproval' } : entry,
    );
    const file = write({
      ...history,
      entries: entries.map((entry) => (entry.from === 'admitting' ? { ...entry, from: 'awaitingApproval' } : entry)),
    });
    const { status, out, err } = await ask('--history', file);
    expect([status, err]).toEqual([1, '']);
    expect(out.split('\n').slice(2, 6)).toEqual([
      '  the first decision that differs is entry 3 of 4: plan.made in state planning, 1970-01-01T00:00:01Z',
      '    then   state awaitingApproval, remediation reboot-instance, asks for admit reboot-instance',
      '    today  state admitting, remediation reboot-instance, asks for admit reboot-instance',
      "    why    then it went to awaitingApproval; today's machine goes to admitting",
    ]);
    const told = JSON.parse((await ask('--history', file, '--json')).out) as { same: boolean; histories: object[] };
    expect(told).toMatchObject({
      same: false,
      histories: [{ incident: 'inc-0abc', release: '0.0.1', decisions: 4, difference: { entry: 3, from: 'planning' } }],
    });
  });

  it('says of an incident of another machine version that it is', async () => {
    const history = good();
    const file = write({ ...history, opened: { ...history.opened, machine: { name: 'incident', version: 1 } } });
    const { status, out } = await ask('--history', file);
    expect([status, out]).toEqual([
      0,
      expect.stringContaining('decided by machine incident 1; this program has version 2'),
    ]);
  });

  const without = (missing: keyof History['opened']): unknown => {
    const history = good();
    return {
      ...history,
      opened: Object.fromEntries(Object.entries(history.opened).filter(([name]) => name !== missing)),
    };
  };
  it.each<[string, unknown, RegExp]>([
    ['an event', impaired(), /history\.json: it is not a history: homeostat incident ID --history writes one$/],
    ['nothing', null, /it is not a history/],
    ['a later format', { ...good(), format: 2 }, /it is written in format 2, and this program knows 1/],
    ['a missing part', without('rule'), /it cannot be read\. opened\.rule: Invalid input: expected object/],
    [
      'a gap',
      { ...good(), entries: good().entries.filter((_, index) => index !== 1) },
      /entries\[1\] begins in planning, and the one before ended in confirming: entries are missing/,
    ],
    ['a missing beginning', { ...good(), entries: good().entries.slice(1) }, /entries\[0\] is not incident\.opened/],
    [
      'a missing end',
      { ...good(), entries: good().entries.slice(0, 3) },
      /it ended in starting, and its last entry in admitting/,
    ],
    [
      'an unknown event of another machine',
      {
        ...good(),
        opened: { ...good().opened, machine: { name: 'incident', version: 9 } },
        entries: [{ ...good().entries[0], event: { type: 'moon.rose' } }],
      },
      /entries\[0\]\.event\.type: .*Machine incident 9 decided it, and this program has incident 2: use the release that wrote it/,
    ],
    [
      'another machine altogether',
      { ...good(), opened: { ...good().opened, machine: { name: 'thermostat', version: 1 } } },
      /machine thermostat decided it, and this program has incident$/,
    ],
    ['no history at all', [], /holds no history/],
  ])('tells of %s in one line, and ends with 1', async (_what, content, told) => {
    const { status, err } = await ask('--history', write(content));
    expect(status).toBe(1);
    expect(err.trim()).toMatch(told);
    expect(err.trim()).not.toContain('\n');
  });

  it('goes on after a history that cannot be read, and names its line', async () => {
    const file = aFile('some.jsonl', `{"format":1\n${JSON.stringify(good())}\n`);
    const { status, out, err } = await ask('--history', file);
    expect([status, err]).toEqual([1, expect.stringContaining(`${file}:1:12: it is not JSON`)]);
    expect(out).toContain('inc-0abc  SAME');
    expect(out).toContain('2 histories: 1 the same, 1 unreadable');
  });

  it.each<[string[], string]>([
    [['--history', 'a.json', 'events/'], '--history takes the place of a path'],
    [['--history', 'a.json', '--mode', 'act'], "cannot be used with option '--mode <mode>'"],
    [['--history', 'a.json', '--policy', 'p.yaml'], "cannot be used with option '--policy <file>'"],
    [['events/', '--region', 'eu-west-1'], "option '--region' is of --history ID"],
    [[], "missing required argument 'path'"],
  ])('%j is wrong usage', async (words, told) => {
    const { status, err } = await ask(...words);
    expect([status, err]).toEqual([2, expect.stringContaining(told)]);
  });

  it('tells of a file that is not there as every command does, without a stack trace', async () => {
    const { status, err } = await homeostat('replay', '--history', '/no/such/history.json');
    expect([status, err]).toEqual([2, 'homeostat: there is no file or folder /no/such/history.json\n']);
  });

  it('says what AWS refuses in one line', async () => {
    const store = Object.assign(storeOf([]), { read: () => Promise.reject(awsError('AccessDeniedException')) });
    const { status, err } = await ofStore(store)('--history', 'inc-0abc');
    expect([status, err]).toEqual([1, expect.stringContaining('you may not do this')]);
  });
});

describe('homeostat incident --history', () => {
  it('reads again what moves while it is read, and gives up where it never rests', async () => {
    const { incident, entries } = stored();
    let reads = 0;
    const moving = (until: number): IncidentStore =>
      Object.assign(storing({ incident, entries }), {
        read: async () => ({ ...incident, revision: incident.revision + Math.min(reads++, until) }),
      });
    expect(await historyIn(moving(3), 'inc-0abc')).toMatchObject({ ended: { revision: incident.revision + 3 } });
    reads = 0;
    expect(await historyIn(moving(1_000), 'inc-0abc')).toMatch(/moved on each time/);
  });

  it('says why there is none', async () => {
    expect(await printedHistory(storeOf([]), 'inc-none')).toEqual({
      status: 1,
      out: '',
      err: expect.stringContaining('there is no incident inc-none') as string,
    });
    const unreadable = Object.assign(storeOf([]), {
      read: () => Promise.reject(new UnreadableIncidentError('schema 9 is not known')),
    });
    expect((await printedHistory(unreadable, 'inc-9')).err).toContain('schema 9 is not known; use the version');
    expect((await showIncident(unreadable, 'inc-9', {})).status).toBe(1);
  });
});

describe('homeostat replay --keep-histories', () => {
  it('writes what --history decides the same, and leaves a file that is there alone', async () => {
    const event = aFile('event.json', JSON.stringify(impaired()));
    const file = join(event, '..', 'kept.jsonl');
    const { status, out } = await homeostat('replay', event, '--keep-histories', file);
    expect([status, out]).toEqual([0, expect.stringContaining('1 incident: 1 resolved')]);
    expect(await homeostat('replay', '--history', file)).toMatchObject({ status: 0, err: '' });
    const text = readFileSync(file, 'utf8');
    expect(await homeostat('replay', event, '--keep-histories', file)).toMatchObject({
      status: 1,
      err: expect.stringContaining('is there already') as string,
    });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
