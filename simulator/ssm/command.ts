import type {
  Command as SdkCommand,
  CommandFilter,
  CommandStatus,
  GetCommandInvocationRequest,
  GetCommandInvocationResult,
  ListCommandsRequest,
  ListCommandsResult,
  SendCommandRequest,
} from '@aws-sdk/client-ssm';
import { fillParameters, hashOf, type Runbook } from './document';
import { isReached } from './inventory';
import { page } from '../page';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';

interface Command {
  readonly id: string;
  readonly document: Runbook;
  readonly instance: string;
  readonly parameters: Record<string, string[]>;
  readonly comment: string;
  readonly sentAt: number;
  status: Extract<CommandStatus, 'InProgress' | 'Success' | 'Failed' | 'TimedOut'>;
}

/** Commands that were sent to instances of one account. */
export class Commands {
  /** The newest last. */
  readonly #commands: Command[] = [];

  constructor(private readonly account: SimulatedAccount) {}

  /** Sends a command to one instance. Refuses a document that is none of Run Command, and an instance that is not managed. */
  send(document: Runbook, input: SendCommandRequest): { readonly Command: SdkCommand } {
    const { InstanceIds: [instance = '', ...more] = [], Comment: comment = '', Parameters: given = {} } = input;
    if (more.length > 0 || input.Targets?.length) {
      throw new Refusal('NotSimulated', 'The simulated SendCommand knows one instance at a time.', 501);
    }
    if (document.type !== 'Command') throw new Refusal('InvalidDocument', `${document.name} is no Command document.`);
    if (input.DocumentHash !== undefined && input.DocumentHash !== hashOf(document)) {
      throw new Refusal('InvalidDocument', `The hash is not that of ${document.name}.`);
    }
    const { ec2 } = this.account.services;
    // AWS takes a command for whoever is registered; one that is down gets it when it is back, or never.
    if (ec2.instance(instance)?.power !== 'running') {
      throw new Refusal('InvalidInstanceId', `Instances [[${instance}]] not in a valid state for account`);
    }
    if (comment.length > 100) throw new Refusal('ValidationException', 'Comment has 100 characters at most');
    const command: Command = {
      id: this.account.newId('', 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
      document,
      instance,
      parameters: fillParameters(document, given, 'InvalidParameters'),
      comment,
      sentAt: this.account.clock.now(),
      status: 'InProgress',
    };
    this.#commands.push(command);
    this.#tell(command);
    this.account.clock.after(document.runsForSeconds * 1_000, () => {
      this.#end(command);
    });
    return { Command: shown(command) };
  }

  /** What came of a command on its instance. */
  invocation({ CommandId, InstanceId }: GetCommandInvocationRequest): GetCommandInvocationResult {
    const command = this.#commands.find(({ id, instance }) => id === CommandId && instance === InstanceId);
    if (!command) throw new Refusal('InvocationDoesNotExist', 'An error occurred: the invocation does not exist.');
    const { document, status } = command;
    return {
      CommandId,
      InstanceId,
      Comment: command.comment,
      DocumentName: document.name,
      DocumentVersion: document.version,
      Status: status,
      StatusDetails: status === 'TimedOut' ? 'ExecutionTimedOut' : status,
      ResponseCode: status === 'InProgress' ? -1 : status === 'Success' ? 0 : 1,
      StandardOutputContent: '',
      StandardErrorContent: '',
    };
  }

  /** The newest first, as SSM lists them. */
  list(input: ListCommandsRequest): ListCommandsResult {
    const found = this.#commands
      .toReversed()
      .filter(({ id }) => input.CommandId === undefined || id === input.CommandId)
      .filter(({ instance }) => input.InstanceId === undefined || instance === input.InstanceId)
      .filter((command) => (input.Filters ?? []).every((filter) => fits(command, filter)));
    const limit = Math.min(this.account.pageSize, input.MaxResults ?? 50);
    const { items, next } = page(found, limit, input.NextToken, 'InvalidNextToken');
    return { Commands: items.map(shown), ...(next !== undefined && { NextToken: next }) };
  }

  #end(command: Command): void {
    const { document, instance: id } = command;
    const { ec2 } = this.account.services;
    const instance = ec2.instance(id);
    command.status = instance && isReached(instance) ? document.ends : 'TimedOut';
    if (command.status === 'Success' && document.cures) {
      ec2.volumes.growFilesystems(id);
      ec2.applyCure(id, 'command');
    }
    this.#tell(command);
  }

  #tell({ id, document, instance, status, sentAt }: Command): void {
    const { account } = this;
    account.bus.emit(
      'aws.ssm',
      'EC2 Command Invocation Status-change Notification',
      [account.arn('ec2', `instance/${instance}`)],
      {
        'command-id': id,
        'document-name': document.name,
        'instance-id': instance,
        'requested-date-time': new Date(sentAt).toISOString(),
        status,
      },
    );
  }
}

/** A command as lists show it. */
function shown({ id, document, instance, parameters, comment, sentAt, status }: Command): SdkCommand {
  return {
    CommandId: id,
    DocumentName: document.name,
    DocumentVersion: document.version,
    Comment: comment,
    Parameters: parameters,
    InstanceIds: [instance],
    RequestedDateTime: new Date(sentAt),
    Status: status,
    StatusDetails: status,
    TargetCount: 1,
    CompletedCount: status === 'InProgress' ? 0 : 1,
  };
}

function fits({ document, status, sentAt }: Command, { key, value = '' }: CommandFilter): boolean {
  switch (key) {
    case 'DocumentName':
      return document.name === value;
    case 'Status':
      return status === value;
    case 'InvokedAfter':
      return sentAt >= Date.parse(value);
    // A filter that isn't known must not be taken for one that lets all pass.
    default:
      throw new Refusal('InvalidFilterKey', `The filter key ${key ?? ''} is not simulated.`);
  }
}
