import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { AssumeRole } from '../../aws/role-credentials';
import type { ClientSettings } from '../../aws/sdk-clients';

export function roleAssumer(settings: ClientSettings): AssumeRole {
  const client = new STSClient({ ...settings, cacheMiddleware: true });
  return async (asked) => {
    const { Credentials: got } = await client.send(new AssumeRoleCommand(asked));
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = got ?? {};
    if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
      throw new Error(`STS answered without credentials for ${asked.RoleArn}.`);
    }
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    };
  };
}
