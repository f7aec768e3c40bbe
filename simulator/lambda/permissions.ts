import type * as sdk from '@aws-sdk/client-lambda';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';

/** One statement of the policy of a function. */
interface Statement {
  readonly id: string;
  readonly action: string;
  /** A service, such as `sns.amazonaws.com`, or an account. */
  readonly principal: string;
  readonly sourceArn: string | undefined;
}

/** Who may call the functions of an account, by their policies. */
export class Permissions {
  readonly #statements = new Map<string, Statement[]>();

  /** `known` refuses the name of a function that there is not. */
  constructor(
    private readonly account: SimulatedAccount,
    private readonly known: (name: string) => void,
  ) {}

  readonly operations = {
    AddPermission: (input: sdk.AddPermissionRequest): sdk.AddPermissionResponse => {
      const name = this.#named(input.FunctionName);
      const statements = this.#statements.get(name) ?? [];
      const { StatementId: id = '', Action: action = '', Principal: principal = '', SourceArn: sourceArn } = input;
      if (!/^[\w-]{1,100}$/.test(id)) throw new Refusal('ValidationException', `Invalid statement id: ${id}`);
      if (statements.some((statement) => statement.id === id)) {
        const message = `The statement id (${id}) provided already exists. Please provide a new statement id, or remove the existing statement.`;
        throw new Refusal('ResourceConflictException', message, 409);
      }
      const statement = { id, action, principal, sourceArn };
      this.#statements.set(name, [...statements, statement]);
      this.#changed();
      return { Statement: JSON.stringify(this.#written(statement, name)) };
    },
    GetPolicy: ({ FunctionName }: sdk.GetPolicyRequest): sdk.GetPolicyResponse => {
      const name = this.#named(FunctionName);
      const statements = this.#statements.get(name) ?? [];
      if (statements.length === 0) {
        throw new Refusal('ResourceNotFoundException', 'The resource you are looking for does not exist.', 404);
      }
      const Statement = statements.map((statement) => this.#written(statement, name));
      return { Policy: JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement }) };
    },
  };

  /** Lets a service call a function on behalf of what that ARN names, as if it always might. */
  allow(name: string, principal: string, sourceArn: string): void {
    const statements = this.#statements.get(name) ?? [];
    const id = `described-${statements.length + 1}`;
    this.#statements.set(name, [...statements, { id, action: 'lambda:InvokeFunction', principal, sourceArn }]);
    this.#changed();
  }

  /** Takes away what lets a service call a function on behalf of that ARN. */
  forbid(name: string, principal: string, sourceArn: string): void {
    const left = (this.#statements.get(name) ?? []).filter((one) => !isFor(one, principal, sourceArn));
    this.#statements.set(name, left);
    this.#changed();
  }

  /** Whether a service may call a function on behalf of that ARN. */
  permits(name: string, principal: string, sourceArn: string): boolean {
    return (this.#statements.get(name) ?? []).some((one) => isFor(one, principal, sourceArn));
  }

  #named(given = ''): string {
    const name = functionName(given);
    this.known(name);
    return name;
  }

  #written({ id, action, principal, sourceArn }: Statement, name: string): object {
    return {
      Sid: id,
      Effect: 'Allow',
      Principal: principal.includes('.') ? { Service: principal } : { AWS: principal },
      Action: action,
      Resource: this.account.arn('lambda', `function:${name}`),
      ...(sourceArn !== undefined && { Condition: { ArnLike: { 'AWS:SourceArn': sourceArn } } }),
    };
  }

  /** Whoever calls functions delivers more now, or less. */
  #changed(): void {
    this.account.services.cloudwatch.changed('AWS/SNS');
  }
}

function isFor(statement: Statement, principal: string, sourceArn: string): boolean {
  return statement.principal === principal && [undefined, sourceArn].includes(statement.sourceArn);
}

/** The name in a name, an ARN or a part of one: without the version or alias that may stand behind it. */
export function functionName(given: string): string {
  return /(?:^|:function:)([\w-]+)(?::[\w$-]+)?$/.exec(given)?.[1] ?? given;
}
