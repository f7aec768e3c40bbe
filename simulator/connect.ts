/** The part of an SDK client that a middleware needs; every client of the AWS SDK v3 has it. */
interface Client {
  readonly middlewareStack: {
    add(
      middleware: (next: unknown, context: { commandName?: string }) => (request: { input: object }) => Promise<object>,
      options: { step: 'initialize'; priority: 'high'; name: string },
    ): void;
  };
  /** Clients that it hands calls on to: one for each further generation of its service. */
  readonly handsTo?: readonly object[];
}

/** Whoever answers calls: an account. */
interface Answers {
  call(service: string, operation: string, input: object): object | Promise<object>;
}

/**
 * Answers every call of a real SDK client from a simulated account instead of the network. `service` is the IAM prefix.
 * It sits before the SDK's own validation, signing and retries, so that none of them cost time or blur what was called.
 */
export function connect(client: object, service: string, account: Answers): void {
  for (const further of (client as Client).handsTo ?? []) connect(further, service, account);
  (client as Client).middlewareStack.add(
    (_next, context) => async (request) => {
      const operation = (context.commandName ?? '').replace(/Command$/, '');
      const output = await account.call(service, operation, request.input);
      return { response: {}, output: { $metadata: {}, ...output } };
    },
    { step: 'initialize', priority: 'high', name: 'homeostatSimulatedAccount' },
  );
}
