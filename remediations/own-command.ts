import { z } from 'zod';
import { agentReads, objectionToAgent } from '../vitals/systems-manager/agent';
import type { Calls } from '../vitals/aws';
import { commandReads, readCommands, readInvocation } from '../vitals/systems-manager/command';
import { documentReads, objectionToDocument, readDocument, versionText } from '../vitals/systems-manager/ssm-document';
import { clientToken } from './client-token';
import type { Check, Start, WritePermission } from './remediation';

/** A command of the operator's own, sent to one instance; part of a plan. */
export const ownCommand = z.object({
  document: z.string(),
  version: z.string(),
  /** AWS's hash of the document that was looked at: SSM refuses to send another text. */
  hash: z.string(),
  instance: z.string(),
  inputs: z.record(z.string(), z.array(z.string())),
  /** Written on the command, so that it is found again: SendCommand takes no token. */
  mark: z.string(),
});
export type OwnCommand = z.infer<typeof ownCommand>;

export const ownCommandReads = [...documentReads, ...agentReads, ...commandReads] as const;
type Reads = Calls<(typeof ownCommandReads)[number]>;

/** The document is named by the policy, and the role by that name; the instance's owner must have opted in. */
export const ownCommandWrites: readonly WritePermission<'ssm:SendCommand'>[] = [
  { action: 'ssm:SendCommand', on: 'arn:*:ssm:*:*:document/*', tagged: false },
  { action: 'ssm:SendCommand', on: 'arn:*:ec2:*:*:instance/*', tagged: true },
];

/** How long SSM tries to get the command to the agent, in seconds: one that comes late finds another world. */
const deliverWithin = 300;

/**
 * The command of an attempt, by the document as it is now. Of `inputs` it is given those that the document takes; `mark` is
 * made of the attempt's token, and SSM takes 100 characters of it.
 */
export async function planCommand(
  { document, version }: { readonly document: string; readonly version: string },
  instance: string,
  inputs: Readonly<Record<string, string>>,
  attemptKey: string,
  aws: Reads,
): Promise<
  { readonly kind: 'planned'; readonly command: OwnCommand } | { readonly kind: 'refused'; readonly reason: string }
> {
  const reading = await readDocument(document, version, 'Command', aws);
  if (reading.kind === 'unusable') return { kind: 'refused', reason: reading.reason };
  const { hash, parameters: takes } = reading.document;
  const given = Object.entries(inputs).filter(([name]) => takes.includes(name));
  const mark = `homeostat attempt ${clientToken(attemptKey)}`;
  return {
    kind: 'planned',
    command: {
      document,
      version,
      hash,
      instance,
      inputs: Object.fromEntries(given.map(([name, value]) => [name, [value]])),
      mark,
    },
  };
}

/** Why the command must not be sent as things stand; undefined when it may. */
export async function objectionToCommand(command: OwnCommand, aws: Reads): Promise<string | undefined> {
  return (await objectionToDocument(command, 'Command', aws)) ?? (await objectionToAgent(command.instance, aws));
}

/** The id of the command of this attempt, and one line on the same command under way, whoever sent that. */
export async function findCommand(
  { document, instance, mark }: OwnCommand,
  aws: Reads,
): Promise<{ readonly own: string | undefined; readonly work: string | undefined }> {
  const sent = await readCommands(document, instance, aws);
  const going = sent.find(({ isUnderWay, comment }) => isUnderWay && comment !== mark);
  return {
    own: sent.find(({ comment }) => comment === mark)?.id,
    work: going && `${document} runs on ${instance} already: ${going.id}`,
  };
}

/**
 * Sends the command unless it was sent before. SSM knows no token, and its list lags: nothing is sent anew after an answer was
 * lost, since the machine then checks and does not start again.
 */
export async function sendCommand(
  command: OwnCommand,
  aws: Calls<(typeof ownCommandReads)[number] | 'ssm:SendCommand'>,
): Promise<Start> {
  const { own, work } = await findCommand(command, aws);
  if (own) return { kind: 'started', handle: own };
  const objection = work ?? (await objectionToCommand(command, aws));
  if (objection) return { kind: 'refused', reason: objection };
  const { Command } = await aws.ssm.sendCommand({
    DocumentName: command.document,
    DocumentVersion: command.version,
    DocumentHash: command.hash,
    DocumentHashType: 'Sha256',
    InstanceIds: [command.instance],
    Parameters: command.inputs,
    Comment: command.mark,
    TimeoutSeconds: deliverWithin,
  });
  return { kind: 'started', handle: Command?.CommandId ?? 'accepted' };
}

/** What has come of the command; undefined when there is no trace of it. */
export async function checkCommand(
  command: OwnCommand,
  handle: string | undefined,
  aws: Reads,
): Promise<Exclude<Check, { kind: 'notStarted' | 'continue' }> | undefined> {
  const id = isCommandId(handle) ? handle : (await findCommand(command, aws)).own;
  if (id === undefined) return undefined;
  const name = `${versionText(command.document, command.version)} on ${command.instance} (${id})`;
  const invocation = await readInvocation(id, command.instance, aws);
  if (!invocation) return { kind: 'pending', detail: `SSM does not show ${name} yet` };
  const detail = `${name} is ${invocation.status}`;
  switch (invocation.outcome) {
    case 'succeeded':
      return { kind: 'done', detail };
    case 'failed':
      return { kind: 'failed', detail };
    case 'under way':
      return { kind: 'pending', detail };
  }
}

function isCommandId(handle: string | undefined): handle is string {
  return handle !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(handle);
}
