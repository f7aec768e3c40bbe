import { join } from 'node:path';
import { registerReport, reportOnRecordings, reportOnTable } from '../../cli/report';
import { UnreadableIncidentError, type IncidentStore } from '../../runtime/store/incident-store';
import type { Story } from '../../runtime/story/track-record/story';
import type { Rule } from '../../statemachines/rule';
import type { Happening } from '../statemachines/incident';
import { granted, Lived, planned, refusedBy, sick, well } from '../runtime/story/lived';
import { aDeployment, minute, start, storeOf, typed } from './deployed';
import { aFile, impaired, root } from './command';

const day = 24 * 60 * minute;
const now = start + 2 * day;
const recordings = join(root, 'test/recordings');

/** As if it had opened then, under an id of its own. */
function opened(id: string, at: number, { incident, history }: Story): Story {
  return {
    incident: { ...incident, id, openedAt: at },
    history: history.map((entry) => ({ ...entry, at: entry.at + at })),
  };
}

function storing(stories: readonly Story[], rest: Partial<IncidentStore> = {}): IncidentStore {
  return Object.assign(storeOf(stories.map(({ incident }) => incident)), {
    history: async (id: string) => stories.find(({ incident }) => incident.id === id)?.history ?? [],
    ...rest,
  });
}

const recovered = (
  minutes: number,
  rule: Partial<Rule> = {},
  others: Happening = { type: 'check.notStarted', detail: 'as before' },
): Lived =>
  new Lived({ mode: 'observe', ...rule })
    .happens(...planned(granted))
    .after(minutes)
    .happens(well, others);

/** Of one rule: eleven that recovered, two that others healed, one still sick, and three that were not its turn. */
function aMonth(): readonly Story[] {
  const done: Happening = { type: 'check.done', detail: 'it was rebooted' };
  const observed = { mode: 'observe' } as const;
  const lives = [
    ...Array.from({ length: 9 }, (_, index) => recovered(4 + index)),
    ...[13, 14].map((minutes) => recovered(minutes, {}, { type: 'check.pending', detail: 'it cannot be seen' })),
    ...Array.from({ length: 2 }, () =>
      new Lived(observed)
        .happens(...planned(granted))
        .after(60)
        .happens(well, done),
    ),
    new Lived(observed)
      .happens(...planned(granted))
      .after(24 * 60)
      .wakes(),
    new Lived(observed).happens(...planned(refusedBy('storm', 'many'))),
    new Lived({ ...observed, ladder: [] }).happens(sick),
    new Lived({ ...observed, waitSeconds: 600 }).happens(well).after(3).wakes().happens(well),
  ];
  return lives.map((life, index) => opened(`inc-${index}`, start + index * minute, life));
}

const jsonOf = ({ out }: { out: string }) =>
  JSON.parse(out) as {
    incidents: number;
    cut: boolean;
    unreadable: string[];
    rules: { rule: string; mode: string; watched?: { wouldHaveActed: { times: number } } }[];
    all: { mode: string }[];
    notKnown: string[];
  };

describe('homeostat report', () => {
  it('says what a rule would have done, how it went without, and what that speaks for', async () => {
    const { status, out } = await reportOnTable(storing(aMonth()), { days: 30 }, now);
    expect(status).toBe(0);
    expect(out.split('\n\n')[0]).toBe(`Rule web-tier in observe: 17 incidents
  In 30 days it would have acted 14 times; 11 recovered by themselves after 9m (median); 3 needed a
  person.
       9  recovered, and nobody did what it would have done
       2  recovered, and whether somebody did the same cannot be told
       2  recovered after people or AWS did what it would have done
       1  still sick a day later
  Beside these
       1  a guard would have held, at least at first: storm 1
       1  would have been left to people: nothing could be tried, or it could not be read
       1  recovered before it was their turn
  → The record speaks for mode approve: 3 of 14 did not recover by themselves.`);
  });

  it('says what is not known, also of a remediation that leaves no trace', async () => {
    const { out } = await reportOnTable(storing(aMonth()), { days: 30 }, now);
    expect(out).toMatch(
      /What is not known\n {2}In observe nothing is started: whether it would have helped is not known/,
    );
    expect(out).toContain('reboot-instance: EC2 shows no reboot');
  });

  it('fits 100 columns, whatever the names', async () => {
    const name = 'the-longest-name-of-a-rule-that-anybody-writes';
    const stories = [...aMonth(), opened('inc-x', start, recovered(5, { name }))];
    const { out } = await reportOnTable(storing(stories), { days: 30 }, now);
    expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it('says how people answered, and how it went when it acted', async () => {
    const asking = { ladder: [{ remediation: 'reboot-instance', approval: 'required', parameters: {} }] } as const;
    const asked = (): Lived => new Lived({ ...asking, mode: 'approve' }).happens(...planned(granted)).after(4);
    const yes = asked().happens({ type: 'approval.granted', by: 'alice@example.com', planHash: 'hash-1' });
    yes.happens(...planned(granted), { type: 'start.succeeded' }, { type: 'check.done', detail: 'it has booted' });
    yes.happens(well).after(3).wakes().happens(well);
    const no = asked().happens({ type: 'approval.denied', by: 'bob@example.com' });
    const held = new Lived({ ...asking, mode: 'approve' }).happens(...planned(refusedBy('lock', 'inc-2')));
    const stories = [yes, no, held].map((life, index) => opened(`inc-${index}`, start, life));
    const { out } = await reportOnTable(storing(stories), { days: 1 }, start + minute);
    expect(out).toBe(`Rule web-tier in approve: 3 incidents
  In 1 day people were asked 2 times; they agreed to 1 of the 2 that they answered, 50%, after 4m
  (median).
       1  approved
       1  denied
  In 1 day it acted once; of 1 that is over 1 helped.
       1  helped: the symptom went and stayed away
  The incidents
       1  resolved
       1  left to people
       1  open
       1  held by a guard for a time or for good: lock 1
  → The record says too little yet: 2 of at least 10 answers are known, so stay in approve.`);
  });

  it('has all rules together where there are several', async () => {
    const stories = [...aMonth(), opened('inc-db', start, recovered(5, { name: 'db' }))];
    const { out } = await reportOnTable(storing(stories), { days: 30 }, now);
    expect(out).toMatch(/^Rule db in observe: 1 incident$/m);
    expect(out).toMatch(/^All rules in observe: 18 incidents\n {2}In 30 days it would have acted 15 times;/m);
  });

  it('counts only what was opened in those days, and only the rule that is asked for', async () => {
    const stories = [
      opened('inc-old', now - 3 * day, recovered(5)),
      opened('inc-new', now - day, recovered(5)),
      opened('inc-db', now - day, recovered(5, { name: 'db' })),
    ];
    const { incidents, rules } = jsonOf(
      await reportOnTable(storing(stories), { days: 2, rule: 'db', json: true }, now),
    );
    expect([incidents, rules.map(({ rule }) => rule)]).toEqual([1, ['db']]);
    expect(jsonOf(await reportOnTable(storing(stories), { days: 2, json: true }, now)).incidents).toBe(2);
  });

  it('says so when there are more incidents than it looks at', async () => {
    const { out } = await reportOnTable(storing(aMonth()), { days: 30 }, now, 5);
    expect(out).toContain('Only the latest 5 incidents were looked at: there are more in these days.');
    expect(jsonOf(await reportOnTable(storing(aMonth()), { days: 30, json: true }, now, 5))).toMatchObject({
      incidents: 5,
      cut: true,
    });
    const older = aMonth().map((story, index) => opened(`inc-${index}`, index < 3 ? now - day : now - 9 * day, story));
    expect(jsonOf(await reportOnTable(storing(older), { days: 2, json: true }, now, 5)).cut).toBe(false);
  });

  it('leaves out what another version wrote, and says so', async () => {
    const [one, other, ...rest] = aMonth();
    const machine = { name: 'incident', version: 1 };
    const store = storing([one!, { ...other!, incident: { ...other!.incident, machine } }, ...rest]);
    const { read } = store;
    const reading = Object.assign(store, {
      read: async (id: string) => {
        if (id === one!.incident.id) throw new UnreadableIncidentError('schema 9 is not known');
        return read(id);
      },
    });
    const told = jsonOf(await reportOnTable(reading, { days: 30, json: true }, now));
    expect([told.incidents, told.unreadable.sort()]).toEqual([15, ['inc-0', 'inc-1']]);
    expect(told.notKnown[0]).toMatch(/^2 incidents of another version could not be read, and are not counted: inc-/);
  });

  it('fails when the table cannot be read, rather than to count what it could', async () => {
    const store = storing(aMonth(), {
      history: async () => {
        throw new Error('throttled');
      },
    });
    await expect(reportOnTable(store, { days: 30 }, now)).rejects.toThrow('throttled');
  });

  it('says that there was nothing', async () => {
    expect(await reportOnTable(storing([]), { days: 30, rule: 'web' }, now)).toEqual({
      status: 0,
      out: 'There was no incident of rule web in 30 days: there is nothing to report.',
      err: '',
    });
  });

  describe('on a recording', () => {
    const account = aFile(
      'account.yaml',
      `account: '111122223333'
region: eu-west-1
instances:
  - { id: i-0a1b2c3d4e5f60711, sick: { kind: instance }, tags: { 'homeostat:heal': 'yes' } }
`,
    );

    it('says what observe would have recorded of it', async () => {
      const { out, status } = await reportOnRecordings([join(recordings, 'instance-impaired-rebooted')], {
        mode: 'observe',
        account,
      });
      expect(status).toBe(0);
      expect(out).toMatch(/^Rule \S+ in observe: \d+ incidents?\n {2}In what was recorded it would have acted/);
      expect(out).toContain('The account is simulated');
    });

    it('says what it would have done in act, with --mode', async () => {
      const path = join(recordings, 'instance-impaired-rebooted');
      const { rules } = jsonOf(await reportOnRecordings([path], { mode: 'act', account, json: true }));
      expect(rules).toMatchObject([{ mode: 'act', acted: { starts: 1, helped: 1, resolved: 1 } }]);
    });

    it('ends with status 1 when some of it could not be read', async () => {
      const file = aFile('events.jsonl', `${JSON.stringify(impaired())}\nnot json\n`);
      const { status, out } = await reportOnRecordings([file], { mode: 'observe' });
      expect([status, out]).toEqual([1, expect.stringContaining('1 event could not be read')]);
    });
  });

  describe('as a command', () => {
    const register = (program: Parameters<typeof registerReport>[0]): void => {
      registerReport(program, () => aDeployment({}, storing([])));
    };

    it('reports on the deployment', async () => {
      const { status, out } = await typed(register, 'report', '--days', '7');
      expect([status, out]).toEqual([0, 'There was no incident in 7 days: there is nothing to report.\n']);
    });

    it.each([
      [['--days', '0'], 'it is a whole number from 1 to 400'],
      [['--days', '401'], 'it is a whole number from 1 to 400'],
      [['--days', 'ten'], 'it is a whole number from 1 to 400'],
      [['--replay', 'x', '--mode', 'bold'], 'Allowed choices are observe, approve, act'],
    ])('refuses %j as wrong usage', async (words, told) => {
      const { status, err } = await typed(register, 'report', ...words);
      expect(status).toBe(2);
      expect(err).toContain(told);
    });

    it('says that there is no such recording', async () => {
      const { status, err } = await typed(
        register,
        'report',
        '--replay',
        aFile('notes.txt', 'x').replace(/[^/]*$/, ''),
      );
      expect([status, err]).toEqual([1, expect.stringContaining('there are no recorded events under')]);
    });
  });
});
