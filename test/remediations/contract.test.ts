import { z } from 'zod';
import { remediations } from '../../remediations';
import { anyCondition, type Remediation } from '../../remediations/remediation';
import { snapshotKinds } from '../../remediations/snapshot-kinds';
import { conditions } from '../../signals/conditions';
import { resourceKinds } from '../../signals/signal';
import { bench } from './account';
import { fileOf, remediationFiles, undecidedIn } from './files';
import { reach } from './reach';
import { recordingsOf } from './recordings';
import { scenarios } from './scenarios';
import { lead, nameOf, planned, trial } from './trial';

const scenariosOf = ({ name }: Remediation) => scenarios.filter((scenario) => scenario.remediation === name);

/** Every text in a call's input, with the name of the field that it stands in. */
function textsIn(value: unknown, field = ''): { field: string; text: string }[] {
  if (typeof value === 'string') return [{ field, text: value }];
  if (Array.isArray(value)) return value.flatMap((each) => textsIn(each, field));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [{ field: 'a key', text: key }, ...textsIn(each, key)]);
}

const control = /\p{Cc}/u;
const payloads = [
  `'; DROP TABLE incidents; --`,
  '"quoted"',
  '$(reboot)',
  '`reboot`',
  '{{ssm:secret}}',
  'two\nlines',
  '\u001b[31mred\u001b[0m',
  '../../etc',
  '*',
  '',
  '__proto__',
  'constructor',
  'ü\u202Eni\u0000',
  'a'.repeat(255),
];

test('every file of the folder is a registered remediation, and every remediation has its file', () => {
  expect(remediationFiles.map(({ name }) => name).sort()).toEqual(remediations.map(({ name }) => name).sort());
});

test('every scenario is of a remediation that there is', () => {
  const names = remediations.map(({ name }) => name);
  expect(scenarios.map(({ remediation }) => remediation).filter((name) => !names.includes(name))).toEqual([]);
});

describe.each(remediations.map((remediation) => [remediation.name, remediation] as const))(
  '%s',
  (name, remediation) => {
    const { permissions } = remediation;
    const declared = new Set<string>([...permissions.read, ...permissions.write.map(({ action }) => action)]);
    const own = scenariosOf(remediation).map((scenario, place) => [`scenario ${place + 1}`, scenario] as const);

    test('stands in the file of its name', async () => {
      const file = (await import(fileOf(name).path)) as Record<string, unknown>;
      expect(Object.values(file)).toContain(remediation);
    });

    test('has a scenario in which it has something to do', () => {
      const file = `test/remediations/${fileOf(name).system}/${name}.scenario.ts`;
      expect(own.length > 0 ? [] : [`write ${file}: an account in which it has something to do`]).toEqual([]);
    });

    test('has a recording in which it heals, and one in which it refuses', () => {
      const { heals, refuses } = recordingsOf(name);
      expect([
        ...(heals.length > 0 ? [] : [`no test/recordings/*/expected.txt resolves after "started ${name}"`]),
        ...(refuses.length > 0 ? [] : [`no test/recordings/*/expected.txt has a line "${name} refused: …"`]),
      ]).toEqual([]);
    });

    test('leaves nothing for its author to decide', () => {
      expect(undecidedIn(name)).toEqual([]);
    });

    test('says in sentences when to use it and when not', () => {
      expect(remediation.title).toMatch(/^[A-Z].{5,79}[^.]$/);
      expect(remediation.when).toMatch(/^[A-Z].{20,}\.$/);
      expect(remediation.whenNot).toMatch(/^[A-Z].{20,}\.$/);
    });

    test('heals conditions that exist, of the kinds that it takes', () => {
      expect(remediation.takes.filter((kind) => !resourceKinds.includes(kind))).toEqual([]);
      expect(remediation.takes).not.toEqual([]);
      expect(remediation.heals).not.toEqual([]);
      const fitting = conditions.filter(({ of }) => of.some((kind) => remediation.takes.includes(kind)));
      const known = fitting.map((condition): string => condition.name);
      const any = remediation.heals.length === 1 ? [anyCondition] : [];
      expect(remediation.heals.filter((condition) => ![...known, ...any].includes(condition))).toEqual([]);
    });

    test('is patient for longer than one check', () => {
      expect(remediation.patience.checkEvery).toBeGreaterThan(0);
      expect(remediation.patience.giveUpAfter).toBeGreaterThan(remediation.patience.checkEvery);
    });

    test('has parameters that a JSON Schema can tell', () => {
      expect(z.toJSONSchema(remediation.parameters, { io: 'input' })).toMatchObject({ type: 'object' });
    });

    test('names exact actions, and what each may write to', () => {
      const { read, write, implied = [] } = permissions;
      const exact = /^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$/;
      expect(
        [...read, ...[...write, ...implied].map(({ action }) => action)].filter((action) => !exact.test(action)),
      ).toEqual([]);
      // What has no type in its ARN, such as a bucket, has no name that could be told beforehand either.
      const arn = /^arn:(aws|\*):[a-z0-9-]+:[^:]*:[^:]*:([a-zA-Z]|\*$)/;
      expect([...write, ...implied].filter(({ on }) => !arn.test(on))).toEqual([]);
      expect(read.filter((action) => !/^[a-z0-9-]+:(Describe|Get|List)/.test(action))).toEqual([]);
      expect(new Set(read).size).toBe(read.length);
    });

    test('is permitted the calls that it makes, and no others', async () => {
      const called = new Set(reach(fileOf(name).path));
      for (const [, scenario] of own) {
        const on = trial(remediation, scenario);
        await lead(remediation, on, scenario);
        for (const call of on.calls) called.add(nameOf(call));
      }
      expect({
        undeclared: [...called].filter((action) => !declared.has(action)),
        unused: [...declared].filter((action) => !called.has(action)),
      }).toEqual({ undeclared: [], unused: [] });
    });

    test('says what data it could lose, and of what a snapshot would keep it', () => {
      const { snapshots } = remediation;
      const isUndecided = snapshots === undefined;
      const losing = snapshots === 'losesNoData' ? own.filter(([, { loses }]) => loses) : [];
      const kinds = typeof snapshots === 'object' ? snapshots.kinds : undefined;
      expect([
        ...(isUndecided ? ["say by `snapshots`: 'losesNoData', 'noneCanBeMade', or of what one can be made"] : []),
        ...losing.map(([ground]) => `it loses data in ${ground}, and says that it loses none`),
        ...(kinds?.length === 0 ? ['it names no kind that a snapshot is made of'] : []),
        ...(kinds ?? []).filter((kind) => !snapshotKinds.has(kind)),
      ]).toEqual([]);
    });

    test('takes nothing for a plan that is none of its own', async () => {
      const { aws, calls } = bench();
      await expect(remediation.start({ someone: "else's" }, aws)).rejects.toThrow();
      await expect(remediation.check(null, undefined, aws)).rejects.toThrow();
      expect(calls).toEqual([]);
    });

    for (const [ground, scenario] of own)
      describe(`in ${ground}`, () => {
        test('plans something, and says what it touches', async () => {
          const planning = await trial(remediation, scenario).plan();
          expect(planning).toMatchObject({
            kind: 'planned',
            summary: expect.stringMatching(/^[a-z].{5,}[^.]$/) as string,
          });
          if (planning.kind !== 'planned') return;
          expect(planning.touches).not.toEqual([]);
          expect(JSON.parse(JSON.stringify(planning.plan))).toEqual(planning.plan);
        });

        test('plans the same when it is asked again a minute later, so that what people agreed to is what is done', async () => {
          const on = trial(remediation, scenario);
          const plan = await planned(on);
          await on.pass(60);
          expect(await planned(on)).toEqual(plan);
        });

        test('says what would be lost for good, and nothing where nothing is', async () => {
          const planning = await trial(remediation, scenario).plan();
          const destroys = planning.kind === 'planned' ? (planning.destroys ?? []) : ['no plan'];
          expect(destroys.map((line) => scenario.loses?.test(line))).toEqual(scenario.loses ? [true] : []);
        });

        test('ends done, and only start has written', async () => {
          const on = trial(remediation, scenario);
          const plan = await planned(on);
          await remediation.check(plan, undefined, on.aws);
          expect(on.writes()).toEqual([]);
          expect(await lead(remediation, on, scenario)).toMatchObject({ kind: 'done' });
          const written = on.writes();
          expect(written).not.toEqual([]);
          await remediation.check(plan, undefined, on.aws);
          await on.plan();
          expect(on.writes()).toEqual(written);
        });

        test('writes once though every start is called twice, and nothing when it is done', async () => {
          const once = trial(remediation, scenario);
          await lead(remediation, once, scenario);
          const twice = trial(remediation, scenario);
          const plan = await planned(twice);
          expect(await lead(remediation, twice, scenario, true)).toMatchObject({ kind: 'done' });
          expect(twice.writes().map(nameOf)).toEqual(once.writes().map(nameOf));
          await remediation.start(plan, twice.aws).catch(() => undefined);
          expect(twice.writes().map(nameOf)).toEqual(once.writes().map(nameOf));
        });

        test('finds out by check that a start whose answer was lost has happened', async () => {
          const plain = trial(remediation, scenario);
          await lead(remediation, plain, scenario);
          for (const write of new Set(plain.writes().map(nameOf))) {
            const on = trial(remediation, scenario);
            const [service = '', operation = ''] = write.split(':');
            on.account.faults.plant(service, operation, 'lostAnswer');
            expect(await lead(remediation, on, scenario)).toMatchObject({ kind: 'done' });
            expect(on.writes().map(nameOf)).toEqual(plain.writes().map(nameOf));
          }
        });

        test('never takes a start that AWS did not get for done', async () => {
          const plain = trial(remediation, scenario);
          await lead(remediation, plain, scenario);
          const [first] = plain.writes();
          const on = trial(remediation, scenario);
          const plan = await planned(on);
          on.account.faults.plant(first?.service ?? '', first?.operation ?? '', 'lostRequest');
          await expect(remediation.start(plan, on.aws)).rejects.toThrow('socket hang up');
          for (const seconds of [0, 5, scenario.takes]) {
            await on.pass(seconds);
            const { kind } = await remediation.check(plan, undefined, on.aws);
            expect(['notStarted', 'pending', 'failed']).toContain(kind);
          }
        });

        test.each(['denied', 'throttled', 'unavailable'] as const)(
          'plans nothing on a read that is %s',
          async (fault) => {
            const plain = trial(remediation, scenario);
            await plain.plan();
            for (const read of new Set(plain.calls.map(nameOf))) {
              const on = trial(remediation, scenario);
              const [service = '', operation = ''] = read.split(':');
              on.account.faults.plant(service, operation, fault, 1_000);
              const outcome = await on.plan().then(
                ({ kind }) => kind,
                (error: unknown) => (error instanceof Error && '$fault' in error ? 'refused' : error),
              );
              expect([read, outcome]).toEqual([read, 'refused']);
              expect(on.writes()).toEqual([]);
            }
          },
        );

        test('plans nothing for what is not there, but where that is the sickness', async () => {
          const { target } = trial(remediation, scenario);
          const empty = bench();
          const outcome = await remediation.plan(target, scenario.parameters ?? {}, empty.aws).then(
            ({ kind }) => kind,
            (error: unknown) => (error instanceof Error && '$fault' in error ? 'refused' : error),
          );
          expect(['refused', 'notNeeded', ...(scenario.isAbsence ? ['planned'] : [])]).toContain(outcome);
          expect(empty.writes()).toEqual([]);
        });

        const { putToWork } = scenario;
        if (putToWork) {
          test('asks again later while AWS or people are at work there, and starts nothing', async () => {
            const on = trial(remediation, scenario);
            const plan = await planned(on);
            putToWork(on, on.target.resource);
            const before = on.writes().length;
            const planning = await on.plan();
            expect(planning).toEqual({ kind: 'busy', reason: expect.stringMatching(/^[^\p{Cc}]{10,200}$/u) as string });
            expect(await remediation.start(plan, on.aws)).toMatchObject({ kind: 'refused' });
            expect(on.writes()).toHaveLength(before);
          });
        }

        const { recover } = scenario;
        if (recover) {
          test('plans nothing once it is well', async () => {
            const on = trial(remediation, scenario);
            recover(on, on.target.resource);
            await on.pass(600);
            const { kind } = await on.plan();
            expect(['refused', 'notNeeded']).toContain(kind);
            expect(on.writes()).toEqual([]);
          });
        }

        test.each(payloads.map((payload) => [JSON.stringify(payload), payload]))(
          'takes the id %s for data',
          async (__, payload) => {
            const real = trial(remediation, scenario).target.resource.id;
            for (const id of [payload, `${real}${payload}`].filter((each) => each !== real)) {
              const on = trial(remediation, scenario);
              const target = { ...on.target, resource: { ...on.target.resource, id } };
              const outcome = await remediation
                .plan(target, scenario.parameters ?? {}, on.aws)
                .catch((error: unknown) => {
                  if (!(error instanceof Error && '$fault' in error)) throw error;
                  return { kind: 'refused' as const, reason: 'by AWS' };
                });
              expect(on.writes()).toEqual([]);
              expect(outcome.kind === 'planned' ? '' : outcome.reason).not.toMatch(control);
              const elsewhere = on.calls
                .flatMap(({ input }) => textsIn(input))
                .filter(
                  ({ field, text }) =>
                    id.length > 1 &&
                    text.includes(id) &&
                    !(text === id && /(Bucket|Id|Name|Arn|Identifier|Value)s?$/i.test(field)) &&
                    // A plain name may end the ARN of what is named by it.
                    !(/Arn$/.test(field) && /^[\w-]+$/.test(id) && text.endsWith(`:${id}`)),
                );
              expect(elsewhere).toEqual([]);
            }
          },
        );
      });
  },
);
