import type { ClientSettings } from '../aws/sdk-clients';
import type { OpsItems } from './ops-items';

/** OpsItems over the client of the AWS SDK, which is loaded by the first call; `prepare` may change it before that. */
export function ssmOpsItems(settings: ClientSettings, prepare: (client: object) => void = () => undefined): OpsItems {
  let made: Promise<OpsItems> | undefined;
  const client = (): Promise<OpsItems> => {
    made ??= import('./ops-item-client').then(({ opsItemClient }) => opsItemClient(settings, prepare));
    // One that could not be made is tried anew by the next message.
    made.catch(() => (made = undefined));
    return made;
  };
  return {
    open: async (draft) => (await client()).open(draft),
    resolve: async (name) => (await client()).resolve(name),
  };
}
