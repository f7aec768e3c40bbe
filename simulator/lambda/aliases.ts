import type * as sdk from '@aws-sdk/client-lambda';
import { page } from '../page';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import type { AliasState, FunctionState } from './function';

/** Versions of functions, and the names that lead to them. */
export class Aliases {
  /** `known` refuses the name of a function that there is not; `changed` is told of a function that other code answers for now. */
  constructor(
    private readonly account: SimulatedAccount,
    private readonly known: (name: string | undefined) => FunctionState,
    private readonly changed: (found: FunctionState) => void,
  ) {}

  readonly operations = {
    GetAlias: ({ FunctionName, Name }: sdk.GetAliasRequest): sdk.AliasConfiguration => {
      const found = this.known(FunctionName);
      return this.#written(found, this.#named(found, Name));
    },
    ListAliases: (input: sdk.ListAliasesRequest): sdk.ListAliasesResponse => {
      const found = this.known(input.FunctionName);
      const limit = Math.min(input.MaxItems ?? 50, this.account.pageSize);
      const { items, next } = page(found.aliases, limit, input.Marker, 'InvalidParameterValueException');
      return { Aliases: items.map((alias) => this.#written(found, alias)), NextMarker: next };
    },
    UpdateAlias: (input: sdk.UpdateAliasRequest): sdk.AliasConfiguration => {
      const found = this.known(input.FunctionName);
      const alias = this.#named(found, input.Name);
      if (input.RevisionId !== undefined && input.RevisionId !== alias.revision) {
        const message =
          'The RevisionId provided does not match the latest RevisionId. Call the GetAlias API to retrieve the latest RevisionId';
        throw new Refusal('PreconditionFailedException', message, 412);
      }
      const { FunctionVersion: version = alias.version, RoutingConfig } = input;
      if (version !== '$LATEST' && !found.versions.includes(version)) {
        const arn = this.account.arn('lambda', `function:${found.name}:${version}`);
        throw new Refusal('ResourceNotFoundException', `Function not found: ${arn}`, 404);
      }
      this.lead(found, alias, version, RoutingConfig?.AdditionalVersionWeights ?? alias.weights);
      return this.#written(found, alias);
    },
    ListVersionsByFunction: (input: sdk.ListVersionsByFunctionRequest): sdk.ListVersionsByFunctionResponse => {
      const found = this.known(input.FunctionName);
      const versions = ['$LATEST', ...found.versions].map((Version) => ({
        FunctionName: found.name,
        FunctionArn: this.account.arn('lambda', `function:${found.name}:${Version}`),
        Version,
        LastModified: new Date(0).toISOString(),
      }));
      const limit = Math.min(input.MaxItems ?? 50, this.account.pageSize);
      const { items, next } = page(versions, limit, input.Marker, 'InvalidParameterValueException');
      return { Versions: items, NextMarker: next };
    },
  };

  /** The alias leads there from now on. */
  lead(found: FunctionState, alias: AliasState, version: string, weights: AliasState['weights'] = {}): void {
    alias.revision = this.revision();
    alias.weights = weights;
    if (version !== alias.version) alias.led.push({ version, at: this.account.clock.now() });
    alias.version = version;
    this.changed(found);
  }

  revision(): string {
    return this.account.newId('2e0f0000-0000-4000-8000-', 12);
  }

  #named(found: FunctionState, name: string | undefined): AliasState {
    const alias = found.aliases.find((one) => one.name === name);
    if (alias) return alias;
    const arn = this.account.arn('lambda', `function:${found.name}:${String(name)}`);
    throw new Refusal('ResourceNotFoundException', `Cannot find alias arn: ${arn}`, 404);
  }

  #written({ name }: FunctionState, alias: AliasState): sdk.AliasConfiguration {
    return {
      AliasArn: this.account.arn('lambda', `function:${name}:${alias.name}`),
      Name: alias.name,
      FunctionVersion: alias.version,
      Description: '',
      RevisionId: alias.revision,
      ...(Object.keys(alias.weights).length > 0 && { RoutingConfig: { AdditionalVersionWeights: alias.weights } }),
    };
  }
}
