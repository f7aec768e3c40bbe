import { casesOf, refusal } from './case';
import type { Place } from './place';

const missing = '11112222-3333-4444-5555-666677778888';

async function send(place: Place): Promise<{ readonly id: string; readonly instance: string }> {
  await place.add.command('restart');
  const instance = await place.add.instance();
  await place.settle();
  const { Command } = await place.ssm.sendCommand({
    DocumentName: 'restart',
    InstanceIds: [instance],
    Parameters: { ServiceName: ['redis'] },
    Comment: 'one',
  });
  return { id: Command?.CommandId ?? 'none', instance };
}

export const commandCases = casesOf([
  {
    operation: 'ssm:SendCommand',
    name: 'a command has an id',
    agreed: true,
    seen: async (place) => /^[0-9a-f-]{36}$/.test((await send(place)).id),
  },
  {
    operation: 'ssm:SendCommand',
    name: 'a document that does not exist is an error',
    agreed: { refused: 'InvalidDocument' },
    seen: async ({ ssm, add }) =>
      refusal(ssm.sendCommand({ DocumentName: 'none', InstanceIds: [await add.instance()] })),
  },
  {
    operation: 'ssm:SendCommand',
    name: 'a value that the document does not take is refused',
    agreed: { refused: 'InvalidParameters' },
    seen: async ({ ssm, add }) => {
      await add.command('restart');
      const InstanceIds = [await add.instance()];
      return refusal(ssm.sendCommand({ DocumentName: 'restart', InstanceIds, Parameters: { Other: ['x'] } }));
    },
  },
  {
    operation: 'ssm:ListCommands',
    name: 'those of a document on an instance are found, with what was written on them',
    agreed: { comments: ['one'], others: 0 },
    seen: async (place) => {
      const { instance } = await send(place);
      const list = async (value: string) => {
        const Filters = [{ key: 'DocumentName' as const, value }];
        return (await place.ssm.listCommands({ InstanceId: instance, Filters })).Commands ?? [];
      };
      const comments = (await list('restart')).map(({ Comment }) => Comment);
      return { comments, others: (await list('another')).length };
    },
  },
  {
    operation: 'ssm:GetCommandInvocation',
    name: 'a command ends in success',
    agreed: 'Success',
    seen: async (place) => {
      const { id, instance } = await send(place);
      await place.settle();
      return (await place.ssm.getCommandInvocation({ CommandId: id, InstanceId: instance })).Status;
    },
  },
  {
    operation: 'ssm:GetCommandInvocation',
    name: 'a command that does not exist is an error',
    agreed: { refused: 'InvocationDoesNotExist' },
    seen: async ({ ssm, add }) =>
      refusal(ssm.getCommandInvocation({ CommandId: missing, InstanceId: await add.instance() })),
  },
  {
    operation: 'ssm:DescribeInstanceInformation',
    name: 'an instance that nothing is known of is not in the list',
    agreed: 0,
    seen: async ({ ssm }) => {
      const Filters = [{ Key: 'InstanceIds', Values: ['i-0123456789abcdef0'] }];
      return (await ssm.describeInstanceInformation({ Filters })).InstanceInformationList?.length;
    },
  },
]);
