import type { StackResource, StackTemplate } from './deployment';
import { account, arn, region } from './requests';

/** How CloudFormation names a type of resource: the property of its name, its ARN, and what `Ref` gives of it. */
interface Naming {
  readonly property: string;
  readonly arn: (name: string) => string;
  readonly ref: 'name' | 'arn';
}

const named = (property: string, ofName: (name: string) => string, ref: 'name' | 'arn' = 'name'): Naming => {
  return { property, arn: ofName, ref };
};

const namings: Readonly<Record<string, Naming>> = {
  'AWS::DynamoDB::Table': named('TableName', (name) => arn('dynamodb', `table/${name}`)),
  'AWS::Events::EventBus': named('Name', (name) => arn('events', `event-bus/${name}`)),
  'AWS::Events::Rule': named('Name', (name) => arn('events', `rule/${name}`)),
  'AWS::IAM::ManagedPolicy': named('ManagedPolicyName', (name) => arn('iam', `policy/${name}`, ''), 'arn'),
  'AWS::IAM::Policy': named('PolicyName', (name) => name),
  'AWS::IAM::Role': named('RoleName', (name) => arn('iam', `role/${name}`, '')),
  'AWS::KMS::Key': named('', () => arn('kms', 'key/0a1b2c3d-0000-4000-8000-00000000000a')),
  'AWS::Lambda::Function': named('FunctionName', (name) => arn('lambda', `function:${name}`)),
  'AWS::SNS::Topic': named('TopicName', (name) => arn('sns', name), 'arn'),
  'AWS::SQS::Queue': named('QueueName', (name) => arn('sqs', name)),
};

const pseudo: Readonly<Record<string, string>> = {
  'AWS::AccountId': account,
  'AWS::Partition': 'aws',
  'AWS::Region': region,
  'AWS::StackName': 'homeostat',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** Works out what a template leaves to CloudFormation. Throws for what it does not know: a guess would prove nothing. */
export class Intrinsics {
  constructor(private readonly template: StackTemplate) {}

  propertiesOf(id: string): object {
    return this.resolve(this.resource(id).Properties ?? {}) as object;
  }

  ref(id: string): string {
    const known = pseudo[id];
    if (known !== undefined) return known;
    return this.naming(id).ref === 'arn' ? this.attribute(id, 'Arn') : this.nameOf(id);
  }

  attribute(id: string, attribute: string): string {
    if (attribute !== 'Arn' && attribute !== 'TopicArn') throw new Error(`what ${attribute} of ${id} is, is not known`);
    return this.naming(id).arn(this.nameOf(id));
  }

  private resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.resolve(one));
    if (typeof value !== 'object' || value === null) return value;
    const [[key, given] = ['', undefined], ...others] = Object.entries(value);
    if (
      others.length > 0 ||
      !/^(Ref$|Fn::|Condition$)/.test(key) ||
      (typeof given === 'object' && !Array.isArray(given))
    ) {
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.resolve(one)]));
    }
    if (key === 'Ref') return this.ref(String(given));
    if (key === 'Fn::GetAtt') return this.attribute(...(given as [string, string]));
    if (key === 'Fn::Join') {
      const [separator, parts] = given as [string, unknown[]];
      return parts.map((part) => String(this.resolve(part))).join(separator);
    }
    if (key === 'Fn::Sub' && typeof given === 'string') {
      return given.replace(/\$\{([^}]+)\}/g, (_all, name: string) => {
        const [id = '', attribute] = name.split('.');
        return attribute === undefined ? this.ref(id) : this.attribute(id, attribute);
      });
    }
    throw new Error(`what ${JSON.stringify(value)} comes to is not known: teach ${__filename}`);
  }

  private nameOf(id: string): string {
    const { property } = this.naming(id);
    const name = this.resolve(this.resource(id).Properties?.[property]);
    if (property !== '' && typeof name !== 'string')
      throw new Error(`${id} has no ${property}: its ARN cannot be known`);
    return typeof name === 'string' ? name : '';
  }

  private naming(id: string): Naming {
    const { Type } = this.resource(id);
    const naming = namings[Type];
    if (!naming) throw new Error(`how ${Type} is named is not known: teach ${__filename}`);
    return naming;
  }

  private resource(id: string): StackResource {
    const resource = this.template.Resources[id];
    if (!resource) throw new Error(`the template has no resource ${id}`);
    return resource;
  }
}
