import type { LogGroupInput } from '../../../simulator/logs/log-group';
import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';

export const name = '/shop/checkout';

export const filter = {
  name: 'archive',
  pattern: '',
  destination: 'arn:aws:firehose:eu-central-1:111122223333:deliverystream/archive',
  role: 'arn:aws:iam::111122223333:role/logs-to-archive',
};

/** What the policy says of it. */
export const logGroups = { [name]: { retention: 30, filters: [filter] } };

/** A log group as the policy says; one that was there before is replaced. */
export function logGroup({ account, resource }: Bench, described: Partial<LogGroupInput> = {}): Resource {
  account.services.logs.add({ name, retention: 30, filters: [filter], ...described });
  return resource('log-group', name);
}
