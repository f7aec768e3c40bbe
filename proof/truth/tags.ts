import type { SimulatedAccount } from '../../simulator/world';

type Tags = Readonly<Record<string, string>>;

/** What a resource is really tagged; undefined where it is gone, or of a kind that nobody asks for. */
export function tagsIn(account: SimulatedAccount, key: string): Tags | undefined {
  const [, , kind, ...rest] = key.split('/');
  const id = rest.join('/');
  const { ec2, autoscaling } = account.services;
  if (kind === 'auto-scaling-group') return autoscaling.group(id)?.tags;
  const instance = kind === 'ec2-instance' ? ec2.instance(id) : undefined;
  return instance && Object.fromEntries(instance.tags);
}
