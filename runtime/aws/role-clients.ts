import type { Caller, Clients } from './access';
import type { CredentialsFor } from './role-credentials';
import { sdkClients, type ClientSettings, type RequestHandler } from './sdk-clients';

/** Sessions whose clients are kept: an incident needs its own for a start, and mostly for no other. */
const keptAtMost = 8;

/**
 * Clients of the SDK that call as the caller's role. Those of the reader are kept, those of incidents as long as they are the
 * latest. All send over the same connections: a session does not make its own to where the reader has just been.
 */
export function roleClients(
  credentialsFor: CredentialsFor,
  settings: Omit<ClientSettings, 'region' | 'credentials'> = {},
): Clients {
  let connections: RequestHandler | undefined;
  const clientsOf = (caller: Caller): Clients =>
    sdkClients(
      (account, region) => ({
        ...settings,
        ...(connections && { requestHandler: connections }),
        region,
        credentials: () => credentialsFor(caller, account, region),
      }),
      (client) => {
        connections ??= (client as { readonly config: { readonly requestHandler: RequestHandler } }).config
          .requestHandler;
      },
    );
  const reader: Caller = { kind: 'reader' };
  const readers = clientsOf(reader);
  const sessions = new Map<string, Clients>();
  return async (service, account, region, access, caller = reader) => {
    if (caller.kind === 'reader') return readers(service, account, region, access);
    const key = JSON.stringify(caller);
    const clients = sessions.get(key) ?? clientsOf(caller);
    sessions.delete(key);
    sessions.set(key, clients);
    for (const oldest of sessions.keys()) {
      if (sessions.size <= keptAtMost) break;
      sessions.delete(oldest);
    }
    // To put on a role may take long. Whoever writes by a deadline has to know before, and not find the SDK waiting for it.
    if (access === 'write') await credentialsFor(caller, account, region);
    return clients(service, account, region, access);
  };
}
