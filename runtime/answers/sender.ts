import { plainText } from '../../signals/plain-text';

const longest = 100;

/**
 * Who sent a message, as AWS itself says it: `SenderId` of SQS, which is the `UserId` that STS tells the same caller. The name of
 * a session with the id of its role, or the id of a user; at most 100 characters, and never the same for two.
 */
export function nameOfSender(senderId: string): string {
  // A session of a role, or of somebody federated: what names it for people comes last.
  const [, owner, session] = /^([^:]+):(.+)$/s.exec(senderId) ?? [];
  if (owner !== undefined && session !== undefined) return plainText(`${session} (${owner})`, longest);
  return plainText(/^\d+$/.test(senderId) ? `root user (${senderId})` : `user ${senderId}`, longest);
}

/** Whether a message was sent in a session of that role. */
export function isSentBy(roleId: string, senderId: string): boolean {
  return senderId.startsWith(`${roleId}:`);
}
