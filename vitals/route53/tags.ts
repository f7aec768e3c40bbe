import { orAbsent } from '../absent';
import type { Calls } from '../aws';

/** The tags of a health check or hosted zone; undefined where Route 53 says, by an error of that name, that there is none. */
export async function readRoute53Tags(
  type: 'healthcheck' | 'hostedzone',
  id: string,
  absence: string,
  aws: Calls<'route53:ListTagsForResource'>,
): Promise<Readonly<Record<string, string>> | undefined> {
  const asked = aws.route53.listTagsForResource({ ResourceType: type, ResourceId: id });
  const answer = await orAbsent(absence, asked);
  if (!answer) return undefined;
  const { Tags = [] } = answer.ResourceTagSet ?? {};
  return Object.fromEntries(Tags.flatMap(({ Key, Value }) => (Key ? [[Key, Value ?? '']] : [])));
}
