import type { Caller, Clients } from './aws-access';
import type { CredentialsFor } from './role-credentials';
import { sdkClients, type ClientSettings } from './sdk-clients';

/** Sessions whose clients are kept: an incident needs its own for a start, and mostly for no other. */
const keptAtMost = 8;

/** Clients of the SDK that call as the caller's role. Those of the reader are kept, those of incidents as long as they are the latest. */
export function roleClients(
  credentialsFor: CredentialsFor,
  settings: Omit<ClientSettings, 'region' | 'credentials'> = {},
): Clients {
  const clientsOf = (caller: Caller): Clients =>
    sdkClients((account, region) => ({
      ...settings,
      region,
      credentials: () => credentialsFor(caller, account, region),
    }));
  const reader: Caller = { kind: 'reader' };
  const readers = clientsOf(reader);
  const sessions = new Map<string, Clients>();
  return (service, account, region, access, caller = reader) => {
    if (caller.kind === 'reader') return readers(service, account, region, access);
    const key = JSON.stringify(caller);
    const clients = sessions.get(key) ?? clientsOf(caller);
    sessions.delete(key);
    sessions.set(key, clients);
    for (const oldest of sessions.keys()) {
      if (sessions.size <= keptAtMost) break;
      sessions.delete(oldest);
    }
    return clients(service, account, region, access);
  };
}
