import type { Envelope } from './envelope';
import { resourceOf } from './resource-id';
import type { Resource } from './signal';

/** The bucket that an ARN names, in the account and region of the event; undefined of any other ARN, such as an object's. */
export function bucketOfArn(arn: string, event: Pick<Envelope, 'account' | 'region'>): Resource | undefined {
  const [, name] = /^arn:[a-z-]+:s3:::([^/]+)$/.exec(arn) ?? [];
  return name === undefined ? undefined : resourceOf('bucket', name, event);
}
