import { remediations } from '../../remediations';
import { snapshotFirst } from '../../remediations/snapshot-first';
import { excuses, untold, wrongDeclarations } from './consent';
import { knownResourceType, knowsTags } from './iam-facts';
import { operationsInRuntime, otherClientsInRuntime, ownCalls, pageCalls, writesInTransactions } from './own-calls';
import { requestsIn } from './proof';
import { byIamName, requestsOf } from './requests';
import { reader, type SeenCall, seenCalls } from './seen-calls';

const call = (action: string, input: object): SeenCall => ({
  by: reader,
  action,
  access: 'write',
  keeps: false,
  input,
  touches: [],
  groups: {},
});

test('the scenarios make every write that is declared, and lead to every leave that is implied', async () => {
  const seen = await requestsIn(await seenCalls());
  const made = await Promise.all(
    seen.map(async ({ by, request }) => `${by}: ${request.action} ${String(await typeOf(request))}`),
  );
  const declared = remediations
    .map(snapshotFirst)
    .flatMap(({ name, permissions: { write, implied = [] } }) =>
      byIamName([...write, ...implied]).map(
        async ({ action, on }) => `${name}: ${action} ${String(await typeOf({ action, resource: on }))}`,
      ),
    );
  expect((await Promise.all(declared)).filter((one) => !made.includes(one))).toEqual([]);
});

const typeOf = ({ action, resource }: { action: string; resource: string }) => knownResourceType(action, resource);

test('every write is made as a remediation, and what looks is mostly the reader', async () => {
  const seen = await seenCalls();
  expect(seen.filter(({ by, access }) => by === reader && access === 'write')).toEqual([]);
  expect(seen.filter(({ by }) => by === reader).length).toBeGreaterThan(20);
});

test('an operation whose resources nobody has told fails by its name', async () => {
  await expect(requestsOf(call('ec2:TerminateInstances', { InstanceIds: ['i-1'] }))).rejects.toThrow(
    /^ec2:TerminateInstances has no line in test.permissions.resources/,
  );
});

test('an input that names no resource is not taken for one that needs no leave', async () => {
  await expect(requestsOf(call('ec2:RebootInstances', {}))).rejects.toThrow('ec2:RebootInstances names no resource');
});

test('an ARN that AWS does not know for the action is not asked about', async () => {
  await expect(knownResourceType('ec2:RebootInstances', 'arn:aws:rds:eu-central-1:111122223333:db:a')).rejects.toThrow(
    'AWS knows no resource',
  );
});

test.each([
  ['ec2:RebootInstances', 'arn:aws:ec2:eu-central-1:111122223333:instance/i-1', true],
  ['ec2:DescribeInstances', '*', false],
  ['ssm:StartAutomationExecution', 'arn:aws:ssm:eu-central-1:111122223333:automation-definition/A:1', false],
  ['iam:PassRole', 'arn:aws:iam::111122223333:role/a', false],
])('whether AWS tells %s the tags of %s: %s', async (action, resource, told) => {
  expect(await knowsTags(action, resource)).toBe(told);
});

test('a permission asks for the opt-in tag exactly where AWS tells it, or has an excuse', async () => {
  expect(await wrongDeclarations()).toEqual([]);
});

test('no excuse is left of a permission that there is no more', async () => {
  const declared = remediations
    .map(snapshotFirst)
    .flatMap(({ permissions: { write, implied = [] } }) => byIamName([...write, ...implied]));
  const unasked = await Promise.all(
    declared
      .filter(({ tagged }) => !tagged)
      .map(async ({ action, on }) => `${action} ${String(await knownResourceType(action, on))}`),
  );
  const excused = [...excuses.map(({ action, type }) => `${action} ${type}`), ...Object.keys(untold)];
  expect(excused.sort()).toEqual([...new Set(unasked)].sort());
});

describe('what the functions call as themselves', () => {
  test('is told for each operation that the runtime can send', () => {
    const byOtherClients = /^(sns|cloudwatch):/;
    const told = Object.keys({ ...ownCalls, ...pageCalls }).filter((operation) => !byOtherClients.test(operation));
    expect(operationsInRuntime()).toEqual(told.sort());
    expect(otherClientsInRuntime()).toEqual([
      'escalation/sns-publisher.ts client-sns',
      'escalation/topic-look.ts client-sns',
      'escalation/topic-look.ts client-cloudwatch',
    ]);
  });

  test('of a transaction is each kind of write that the store puts into one', () => {
    const told = ownCalls['dynamodb:TransactWriteItems']?.map(({ action }) => action) ?? [];
    expect(writesInTransactions()).toEqual([...told].sort());
  });
});
