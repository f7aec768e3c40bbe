import type { Action, Calls, Service } from '../../vitals/aws';
import type { EpochMillis } from '../../signals/signal';
import type { Mode } from '../../statemachines/rule';
import type { Clock } from '../clock';
import type { RecordedCall } from '../store/incident-store';

/** A client of one service: its operations by their SDK names, such as `rebootInstances`. */
export type ServiceClient = Readonly<Record<string, (input: object) => Promise<object>>>;

/** As whom AWS is called: one role reads for all, and each remediation has a role of its own for its `start`. */
export type Caller =
  | { readonly kind: 'reader' }
  | {
      readonly kind: 'remediation';
      readonly remediation: string;
      /** It takes a snapshot first, and needs leave for that. */
      readonly snapshotFirst?: true;
      /** Names the session, so that AWS's own logs lead to the incident. */
      readonly incident: string;
      /** Of the incident's rule: in `observe` there are no credentials that write. */
      readonly mode: Mode;
      /** Keys of the resources that the session may write to, whatever else its role may. */
      readonly touches: readonly string[];
    };

/**
 * Gives the client of a service in an account and region, made and loaded when it is first asked for. One for writes sends once,
 * and at once: its credentials are at hand. Throws when they cannot be had.
 */
export type Clients = (
  service: Service,
  account: string,
  region: string,
  access?: 'read' | 'write',
  caller?: Caller,
) => Promise<ServiceClient>;

/** A call that the caller's permissions do not name. It never reaches AWS. */
export class UndeclaredCallError extends Error {
  override readonly name = 'UndeclaredCallError';
}

/** A write by a worker whose lease has run out: whoever has looked meanwhile must not be overtaken. It never reaches AWS. */
export class LateWriteError extends Error {
  override readonly name = 'LateWriteError';
}

/** AWS, for one purpose in one account and region. */
export interface Access {
  readonly aws: Calls<Action>;
  /** What was called through it so far, in order. */
  readonly calls: readonly RecordedCall[];
}

/** Opens access that lets through the `allowed` actions only, and records each call. */
export function openAccess(
  clients: Clients,
  clock: Clock,
  where: { readonly account: string; readonly region: string },
  allowed: Allowed,
): Access {
  const calls: RecordedCall[] = [];
  const operationsOf = (service: string): object =>
    new Proxy(
      {},
      {
        // Not a promise: whoever awaits a service must not call its operation `then`.
        get: (_target, operation) =>
          typeof operation === 'string' && operation !== 'then'
            ? (input: object) => call(service, operation, input)
            : undefined,
      },
    );
  const call = async (service: string, operation: string, input: object): Promise<object> => {
    const action = `${service}:${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;
    const access = allowed.reads.has(action) ? 'read' : 'write';
    if (access === 'write' && !allowed.writes.has(action)) {
      throw new UndeclaredCallError(`${action} is not among the permissions that ${allowed.by} declares for this.`);
    }
    const record = { at: clock.now(), action, access, input } as const;
    try {
      const client = await clients(service as Service, where.account, where.region, access, allowed.caller);
      const method = client[operation];
      if (!method) throw new UndeclaredCallError(`The client of ${service} has no operation ${operation}.`);
      // Last of all: a client, its credentials and a function that slept in between may have taken long.
      if (access === 'write' && clock.now() >= (allowed.writesUntil ?? Infinity)) {
        throw new LateWriteError(
          `${action} comes too late: the lease of this worker has run out, and others look after it.`,
        );
      }
      const output = await method.call(client, input);
      calls.push(record);
      return output;
    } catch (error) {
      calls.push({ ...record, error: error instanceof Error ? error.name : String(error) });
      throw error;
    }
  };
  const services = new Map<PropertyKey, object>();
  const aws = new Proxy({} as Calls<Action>, {
    get: (_target, service) => {
      if (service === 'now') return () => clock.now();
      const known = services.get(service) ?? operationsOf(String(service));
      services.set(service, known);
      return known;
    },
  });
  return { aws, calls };
}

/** What one verb of a remediation, or a look at vitals, may call. */
export interface Allowed {
  /** Who declares it, for messages. */
  readonly by: string;
  /** As whom it calls; absent: as the reader. */
  readonly caller?: Caller;
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
  /** When the lease of this worker runs out: no write is sent from then on. Absent: there is none. */
  readonly writesUntil?: EpochMillis;
}
