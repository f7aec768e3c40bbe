import type { SimulatedAccount } from '../../simulator/world';

type Tags = Readonly<Record<string, string>>;

/** The tags of each kind that a trial asks for, by the id. */
const byKind: Readonly<Record<string, (account: SimulatedAccount, id: string) => Tags | undefined>> = {
  'ec2-instance': ({ services: { ec2 } }, id) => {
    const instance = ec2.instance(id);
    return instance && Object.fromEntries(instance.tags);
  },
  'auto-scaling-group': ({ services }, id) => services.autoscaling.group(id)?.tags,
  'ecs-service': ({ services }, id) => services.ecs.find(id)?.tags,
  bucket: ({ services }, id) => services.s3.tagsOf(id),
  'hosted-zone': ({ services }, id) => services.route53.tagsOf(id),
  function: ({ services }, id) => services.lambda.find(id)?.tags,
  'function-alias': ({ services }, id) => services.lambda.find(id.replace(/:.*/, ''))?.tags,
  'event-source-mapping': ({ services }, id) => services.lambda.mappings.find(id)?.tags,
  'protected-resource': ({ services: { dynamodb } }, id) => {
    const [, table] = /:table\/(.+)$/.exec(id) ?? [];
    return table !== undefined && dynamodb.control.holds(table) ? dynamodb.control.state(table).tags : undefined;
  },
};

/** What a resource is really tagged; undefined where it is gone, or of a kind that nobody asks for. */
export function tagsIn(account: SimulatedAccount, key: string): Tags | undefined {
  const [, , kind = '', ...id] = key.split('/');
  return byKind[kind]?.(account, id.join('/'));
}
