import type { Calls } from '../aws';
import { everyItem } from '../pages';

/** A command that was sent to an instance. */
export interface SentCommand {
  readonly id: string;
  /** What its sender wrote on it. */
  readonly comment: string;
  readonly isUnderWay: boolean;
}

/** The actions of `readCommands` and `readInvocation`. */
export const commandReads = ['ssm:ListCommands', 'ssm:GetCommandInvocation'] as const;
type Reads = Calls<(typeof commandReads)[number]>;

/** Commands of a document that were sent to an instance in the last 30 days, the newest first; SSM keeps them no longer. */
export async function readCommands(document: string, instanceId: string, aws: Reads): Promise<readonly SentCommand[]> {
  const commands = await everyItem(
    (token) =>
      aws.ssm.listCommands({
        InstanceId: instanceId,
        Filters: [{ key: 'DocumentName', value: document }],
        ...token,
      }),
    (page) => page.Commands,
  );
  return commands.map(({ CommandId = '', Comment = '', Status = '' }) => ({
    id: CommandId,
    comment: Comment,
    isUnderWay: underWay.includes(Status),
  }));
}

const underWay = ['Pending', 'InProgress', 'Cancelling'];

/** What has come of a command on its instance. */
export interface Invocation {
  readonly outcome: 'succeeded' | 'failed' | 'under way';
  /** SSM's word for it, such as `ExecutionTimedOut`. What the command printed is not read: it may hold secrets. */
  readonly status: string;
}

const ended = ['Cancelled', 'TimedOut', 'Failed'];

/** Reads what came of a command; undefined while SSM doesn't show it, which lags its sending. */
export async function readInvocation(id: string, instanceId: string, aws: Reads): Promise<Invocation | undefined> {
  try {
    const { Status = '', StatusDetails } = await aws.ssm.getCommandInvocation({
      CommandId: id,
      InstanceId: instanceId,
    });
    const outcome = Status === 'Success' ? 'succeeded' : ended.includes(Status) ? 'failed' : 'under way';
    return { outcome, status: StatusDetails || Status || 'of unknown status' };
  } catch (error) {
    if (error instanceof Error && error.name === 'InvocationDoesNotExist') return undefined;
    throw error;
  }
}
