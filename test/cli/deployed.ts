import { Command } from 'commander';
import type { AwsClients, Deployment } from '../../cli/deployment';
import type { HistoryEntry, IncidentStore } from '../../runtime/store/incident-store';
import { MemoryStore } from '../../runtime/store/memory-store';
import type { Incident, State } from '../../statemachines/incident';
import { anIncident } from '../statemachines/incident';
import { printed, type Seen } from './printed';

export const start = Date.parse('2026-03-02T10:00:00Z');
export const minute = 60_000;

/** What a client answers, by its operations. */
export type Answers = Readonly<Record<string, (input: never) => unknown>>;

/** A deployment whose AWS is what the test says; asking for anything else fails by its name. */
export function aDeployment(
  clients: Readonly<Partial<Record<keyof AwsClients, Answers>>> = {},
  store: IncidentStore = new MemoryStore(),
): Deployment {
  const client = async (service: keyof AwsClients): Promise<unknown> =>
    new Proxy(
      {
        middlewareStack: { add: () => undefined },
        ...Object.fromEntries(
          Object.entries(clients[service] ?? {}).map(([name, answer]) => [name, async (input: never) => answer(input)]),
        ),
      },
      {
        get: (known: Readonly<Record<string, unknown>>, name) =>
          name === 'then'
            ? undefined
            : (known[String(name)] ?? (() => Promise.reject(awsError('NotPlanned', `${service}:${String(name)}`)))),
      },
    );
  return {
    name: 'homeostat',
    region: async () => 'eu-central-1',
    client: client as Deployment['client'],
    store: async () => store,
  };
}

/** As the SDK throws it. */
export function awsError(name: string, message = 'as the test says'): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });
}

/** AWS knows who calls. */
export const known: Answers = {
  getCallerIdentity: () => ({ Arn: 'arn:aws:iam::111122223333:user/ann', Account: '111122223333' }),
};

/** An incident that opened so many minutes after the start. */
export function opened(id: string, after = 0, state: State = 'checking'): Incident {
  const resource = { kind: 'ec2-instance', id: `i-of-${id}`, account: '111122223333', region: 'eu-central-1' } as const;
  return { ...anIncident(), id, revision: 1, state, openedAt: start + after * minute, resource };
}

export function entry(detail: string, at = start): HistoryEntry {
  return { at, event: { type: 'incident.opened', at, detail }, from: 'opening', to: 'confirming', calls: [] };
}

/** A store that holds these, ended ones too: memory itself forgets them. */
export function storeOf(incidents: readonly Incident[], parked: Readonly<Record<string, string>> = {}): IncidentStore {
  const store = new MemoryStore();
  const summaries = incidents.map(({ rule, ...incident }) => {
    const why = parked[incident.id];
    return { ...incident, rule: rule.name, ...(why !== undefined && { parked: why }) };
  });
  return Object.assign(Object.create(store) as IncidentStore, {
    read: async (id: string) => incidents.find((one) => one.id === id),
    history: async (id: string) => (incidents.some((one) => one.id === id) ? [entry('alarm')] : []),
    list: async (states: readonly State[], atMost: number) =>
      summaries
        .filter((one) => states.includes(one.state))
        .sort((one, other) => other.openedAt - one.openedAt)
        .slice(0, atMost),
    parked: async () => summaries.filter((one) => 'parked' in one),
    due: async () => [],
    holds: async () => [],
  });
}

/** What a command of this register function prints, run in this process. */
export async function typed(register: (program: Command) => void, ...words: readonly string[]): Promise<Seen> {
  let failure: Error | undefined;
  const { status, out, err } = await printed(async (output) => {
    const program = new Command().exitOverride().configureOutput(output);
    register(program);
    await program.parseAsync(words, { from: 'user' }).catch((thrown: unknown) => {
      failure = thrown as Error;
    });
  });
  if (failure === undefined) return { status, out, err };
  return { status: failure.name === 'CommanderError' ? 2 : 1, out, err: err + failure.message };
}
