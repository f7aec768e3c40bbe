import type * as sdk from '@aws-sdk/client-lambda';
import { Aliases } from './lambda/aliases';
import { EventSourceMappings } from './lambda/event-source-mappings';
import {
  functionSchema,
  functionState,
  type FunctionInput,
  type FunctionState,
  type LambdaHappening,
} from './lambda/function';
import { functionMetric, versionHistory } from './lambda/metrics';
import { functionName, Permissions } from './lambda/permissions';
import { Refusal } from './refusal';
import type { SimulatedAccount } from './world';

/** Invocations at one time that must be left to the functions which have none of their own. */
const leastShared = 100;

/** Lambda of one account: functions, who may call them and how often, their aliases, and what brings them records. */
export class Lambda {
  readonly permissions: Permissions;
  readonly mappings: EventSourceMappings;
  readonly #aliases: Aliases;
  readonly #functions = new Map<string, FunctionState>();
  /** Invocations at one time that the account may have in all. */
  limit = 1_000;
  readonly operations;

  constructor(private readonly account: SimulatedAccount) {
    this.permissions = new Permissions(account, (name) => this.#known(name));
    this.mappings = new EventSourceMappings(account, (name) => {
      this.#changed(name);
    });
    this.#aliases = new Aliases(
      account,
      (name) => this.#known(functionName(name ?? '')),
      ({ name }) => {
        this.#changed(name);
      },
    );
    account.services.cloudwatch.provide(
      'AWS/Lambda',
      (name, dimensions) => {
        const found = this.#functions.get(dimensions['FunctionName'] ?? '');
        if (!found) return undefined;
        return name === 'IteratorAge'
          ? this.mappings.ageFor(found.name)
          : functionMetric(name, dimensions, found, this.#room(found));
      },
      (name, dimensions) => {
        const found = this.#functions.get(dimensions['FunctionName'] ?? '');
        return found && versionHistory(name, dimensions, found, this.#room(found));
      },
    );
    this.operations = {
      ...this.permissions.operations,
      ...this.mappings.operations,
      ...this.#aliases.operations,
      GetAccountSettings: (): sdk.GetAccountSettingsResponse => ({
        AccountLimit: { ConcurrentExecutions: this.limit, UnreservedConcurrentExecutions: this.#shared() },
        AccountUsage: { FunctionCount: this.#functions.size },
      }),
      GetFunctionConcurrency: ({
        FunctionName,
      }: sdk.GetFunctionConcurrencyRequest): sdk.GetFunctionConcurrencyResponse => {
        const { reserved } = this.#known(functionName(FunctionName ?? ''));
        return { ...(reserved !== undefined && { ReservedConcurrentExecutions: reserved }) };
      },
      PutFunctionConcurrency: (input: sdk.PutFunctionConcurrencyRequest): sdk.Concurrency => this.#reserve(input),
      ListTags: ({ Resource = '' }: sdk.ListTagsRequest): sdk.ListTagsResponse => {
        const [, mapping] = /:event-source-mapping:(.+)$/.exec(Resource) ?? [];
        const tags = mapping === undefined ? this.#known(functionName(Resource)).tags : this.mappings.tagsOf(mapping);
        return { Tags: { ...tags } };
      },
    };
  }

  /** Adds a function, as if it had always been there, or replaces the one of that name. */
  add(input: FunctionInput): void {
    const described = functionSchema.parse(input);
    const now = this.account.clock.now();
    this.#functions.set(
      described.name,
      functionState(described, now, () => this.#aliases.revision()),
    );
    for (const caller of described.callers) this.permissions.allow(described.name, caller.service, caller.for);
    this.#changed(described.name);
  }

  holds(name: string): boolean {
    return this.#functions.has(name);
  }

  /** A function as it is now; undefined when there is none. */
  find(name: string): Readonly<FunctionState> | undefined {
    return this.#functions.get(name);
  }

  /** Invocations of it that are turned away now, at one time. */
  turnedAway(name: string): number {
    const found = this.#known(name);
    return Math.max(0, found.demand - this.#room(found));
  }

  /** Lets it come about. */
  befall(happening: LambdaHappening): void {
    if ('mapping' in happening) {
      if ('is' in happening) this.mappings.switch(happening.mapping, happening.is);
      else this.mappings.fallBehind(happening.mapping, happening.behindMinutes);
    } else if ('alias' in happening) {
      this.#deploy(happening);
    } else {
      const found = this.#known(happening.function);
      if ('demand' in happening) found.demand = happening.demand;
      else found.failing = happening.failing;
      this.#changed(found.name);
    }
  }

  #deploy({ alias, deploy, works }: Extract<LambdaHappening, { readonly alias: string }>): void {
    const [name = '', own] = alias.split(':');
    const found = this.#known(name);
    const led = found.aliases.find((one) => one.name === own);
    if (!led) throw new Error(`there is no alias ${alias}`);
    if (!found.versions.includes(deploy)) found.versions = [...found.versions, deploy];
    found.failing = found.failing.filter((one) => one !== deploy).concat(works ? [] : [deploy]);
    this.#aliases.lead(found, led, deploy);
  }

  #reserve({ FunctionName, ReservedConcurrentExecutions: wanted = 0 }: sdk.PutFunctionConcurrencyRequest) {
    const found = this.#known(functionName(FunctionName ?? ''));
    if (this.#shared() + (found.reserved ?? 0) - wanted < leastShared) {
      const message = `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${leastShared}].`;
      throw new Refusal('InvalidParameterValueException', message);
    }
    found.reserved = wanted;
    this.#changed(found.name);
    return { ReservedConcurrentExecutions: wanted };
  }

  /** What the functions share that have none of their own. */
  #shared(): number {
    return [...this.#functions.values()].reduce((left, { reserved = 0 }) => left - reserved, this.limit);
  }

  #room({ reserved }: FunctionState): number {
    return reserved ?? this.#shared();
  }

  #known(name: string): FunctionState {
    const found = this.#functions.get(name);
    if (found) return found;
    const arn = this.account.arn('lambda', `function:${name}`);
    throw new Refusal('ResourceNotFoundException', `Function not found: ${arn}`, 404);
  }

  #changed(name: string): void {
    this.account.services.cloudwatch.changed('AWS/Lambda', { FunctionName: name });
  }
}
