import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { laced, secret } from './laced';
import { newFolder, RecordedAccount, recordFrom, trueAccount } from './recorded-account';

const events = join(__dirname, '../../events');
const samples = readdirSync(events).flatMap((service) =>
  readdirSync(join(events, service)).map((name) => join(events, service, name)),
);
const instance = 'i-0a1b2c3d4e5f60718';

function everythingIn(folder: string): string {
  if (!existsSync(folder)) return '';
  return readdirSync(folder)
    .map((name) => `${name}\n${readFileSync(join(folder, name), 'utf8')}`)
    .join('\n');
}

/** An account in which somebody has put the secret wherever people can put something. */
function accountWith(canary: string, event: object): RecordedAccount {
  const tags = { 'homeostat:heal': 'yes', 'homeostat:protect': canary, owner: canary, [canary]: canary };
  const name = `web ${canary}`;
  return new RecordedAccount({
    instances: [{ id: instance, group: name, tags }],
    groups: [
      { name, tags, policies: [{ name: canary, type: 'StepScaling' }], hooks: [{ name: canary, on: 'launch' }] },
    ],
    databases: [{ id: 'orders', tags }],
    alarms: [
      {
        name: `for ${canary}`,
        metric: { namespace: canary, name: canary, dimensions: { InstanceId: instance, [canary]: canary } },
        above: 1,
        description: canary,
        tags,
      },
    ],
  }).logs(event, named(event, `for ${canary}`));
}

/** An alarm of that name, whatever the other event is. */
function named(event: object, alarmName: string): object {
  return {
    ...event,
    id: 'event-of-alarm',
    source: 'aws.cloudwatch',
    'detail-type': 'CloudWatch Alarm State Change',
    resources: [],
    detail: {
      alarmName,
      state: { value: 'ALARM', timestamp: '2026-03-01T09:59:58.120+0000', reason: alarmName, reasonData: alarmName },
      configuration: {
        metrics: [{ metricStat: { metric: { name: alarmName, dimensions: { InstanceId: instance } } } }],
      },
    },
  };
}

test('a secret never reaches the folder, neither while it is filled nor when it is done', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...samples),
      secret,
      fc.nat({ max: 12 }),
      fc.boolean(),
      async (sample, canary, calls, pseudonyms) => {
        const event = JSON.parse(readFileSync(sample, 'utf8').replaceAll('111122223333', trueAccount)) as object;
        const account = accountWith(canary, laced(event, canary) as object);
        const out = newFolder();
        const options = { out, ...(pseudonyms && { pseudonyms: true as const }) };
        account.before = (_operation, before) => {
          if (before === calls) throw new Error('the plug was pulled');
        };
        await recordFrom(account, options).catch(() => undefined);
        const meanwhile = everythingIn(out);
        account.before = () => undefined;
        await recordFrom(account, options);
        for (const everything of [meanwhile, everythingIn(out)]) {
          expect(everything).not.toContain(canary);
          expect(everything).not.toContain(trueAccount);
          expect(everything).not.toContain('hunter2');
        }
      },
    ),
    { numRuns: 30 },
  );
}, 60_000);
