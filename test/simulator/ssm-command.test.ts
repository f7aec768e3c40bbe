import { SSM } from '@aws-sdk/client-ssm';
import { VirtualClock } from '../../simulator/clock';
import { connect } from '../../simulator/connect';
import type { BusEvent } from '../../simulator/event-bus';
import type { RunbookDescription } from '../../simulator/ssm/document';
import { World } from '../../simulator/world';

const start = Date.parse('2026-11-21T02:00:00Z');
const instance = 'i-0aaaaaaaaaaaaaaaa';

function room(document: Partial<RunbookDescription> = {}, described: object = {}) {
  const clock = new VirtualClock(start);
  const account = new World(clock).account('123456789012', 'us-east-1');
  const parameters = [{ name: 'ServiceName', allowedValues: ['redis'] }];
  account.services.ssm.addDocument({ name: 'Restart', type: 'Command', parameters, runsForSeconds: 10, ...document });
  account.services.ec2.addInstance({ id: instance, sick: { kind: 'process' }, ...described });
  const ssm = new SSM({ region: 'us-east-1' });
  connect(ssm, 'ssm', account);
  const events: BusEvent[] = [];
  account.bus.subscribe((event) => void events.push(event));
  const send = async (more: object = {}) => {
    const Parameters = { ServiceName: ['redis'] };
    const sent = await ssm.sendCommand({ DocumentName: 'Restart', InstanceIds: [instance], Parameters, ...more });
    return sent.Command?.CommandId ?? '';
  };
  const statusOf = async (CommandId: string) =>
    (await ssm.getCommandInvocation({ CommandId, InstanceId: instance })).Status;
  return {
    account,
    clock,
    ssm,
    events,
    send,
    statusOf,
    sick: () => account.services.ec2.instance(instance)?.sicknesses,
  };
}

test('a command runs, ends, heals the process and is told on the bus', async () => {
  const { clock, send, statusOf, sick, events } = room();
  const id = await send();
  expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(await statusOf(id)).toBe('InProgress');
  await clock.runUntil(start + 15_000);
  expect(await statusOf(id)).toBe('Success');
  expect(sick()?.size).toBe(0);
  const told = events.filter((event) => event['detail-type'] === 'EC2 Command Invocation Status-change Notification');
  expect(told.map(({ detail }) => detail)).toMatchObject([{ status: 'InProgress' }, { status: 'Success' }]);
});

test('a command that fails heals nothing', async () => {
  const { clock, send, statusOf, sick } = room({ ends: 'Failed' });
  const id = await send();
  await clock.runUntil(start + 15_000);
  expect([await statusOf(id), sick()?.size]).toEqual(['Failed', 1]);
});

test('a command does not get to an instance whose agent is lost', async () => {
  const { clock, send, statusOf } = room({}, { agent: 'lost' });
  const id = await send();
  await clock.runUntil(start + 15_000);
  expect(await statusOf(id)).toBe('TimedOut');
});

test('commands are found by document and instance, with what was written on them, the newest first', async () => {
  const { ssm, send } = room();
  await send({ Comment: 'first' });
  await send({ Comment: 'second' });
  const list = async (InstanceId: string, value: string) =>
    (await ssm.listCommands({ InstanceId, Filters: [{ key: 'DocumentName', value }] })).Commands?.map(
      ({ Comment }) => Comment,
    );
  expect(await list(instance, 'Restart')).toEqual(['second', 'first']);
  expect(await list(instance, 'Other')).toEqual([]);
  expect(await list('i-0bbbbbbbbbbbbbbbb', 'Restart')).toEqual([]);
});

test.each<[string, object, string]>([
  ['a document that there is not', { DocumentName: 'Other' }, 'InvalidDocument'],
  ['a version that there is not', { DocumentVersion: '7' }, 'InvalidDocumentVersion'],
  ['the hash of another text', { DocumentHash: '0'.repeat(64) }, 'InvalidDocument'],
  ['a value that the document does not allow', { Parameters: { ServiceName: ['sshd'] } }, 'InvalidParameters'],
  ['no value that the document needs', { Parameters: {} }, 'InvalidParameters'],
  ['an instance that there is not', { InstanceIds: ['i-0bbbbbbbbbbbbbbbb'] }, 'InvalidInstanceId'],
  ['a comment of more than 100 characters', { Comment: 'x'.repeat(101) }, 'ValidationException'],
])('a command with %s is refused', async (_, more, name) => {
  await expect(room().send(more)).rejects.toMatchObject({ name });
});

test('a runbook is no command, and a command no runbook', async () => {
  const { ssm, send } = room({ type: 'Automation', parameters: [] });
  await expect(send({ Parameters: {} })).rejects.toMatchObject({ name: 'InvalidDocument' });
  const command = room();
  await expect(command.ssm.startAutomationExecution({ DocumentName: 'Restart' })).rejects.toMatchObject({
    name: 'AutomationDefinitionNotFoundException',
  });
  expect((await ssm.listDocuments({})).DocumentIdentifiers).toMatchObject([{ DocumentType: 'Automation' }]);
});

test('what came of a command that there is not is an error', async () => {
  await expect(room().statusOf('11112222-3333-4444-5555-666677778888')).rejects.toMatchObject({
    name: 'InvocationDoesNotExist',
  });
});
