import type { SimulatedAccount } from '../../simulator/world';
import { tags, type AssumedSickness, type Sick } from './sickness';

export function ofAlarm(account: SimulatedAccount, { resource: { id }, condition }: Sick): AssumedSickness {
  const { cloudwatch } = account.services;
  const actions = [account.arn('sns', 'assumed')];
  const add = (): void => {
    cloudwatch.add({ name: id, actions, tags });
  };
  return {
    ensure: () => {
      if (cloudwatch.alarm(id) || condition === 'alarm-deleted') return undefined;
      add();
      return `alarm ${id} tells one topic, and no mute rule covers it`;
    },
    // What people do to it is in the recording, and is not told once more.
    sicken: () => {
      const alarm = cloudwatch.alarm(id);
      if (!alarm) return;
      if (condition === 'alarm-actions-disabled') alarm.actionsEnabled = false;
      else cloudwatch.forget(id);
    },
    recover: () => {
      const alarm = cloudwatch.alarm(id);
      if (alarm) alarm.actionsEnabled = true;
      else add();
    },
  };
}

const retention = 30;

export function ofLogGroup(
  { services: { logs }, ...account }: SimulatedAccount,
  { resource: { id }, condition }: Sick,
): AssumedSickness {
  const destination = `arn:aws:firehose:${account.region}:${account.id}:deliverystream/assumed`;
  const filters = [{ name: 'assumed', destination, role: `arn:aws:iam::${account.id}:role/assumed` }];
  const add = (): void => {
    logs.add({ name: id, retention, filters, tags });
  };
  return {
    ensure: () => {
      // One that was deleted is not there, and nothing has to be made up of it.
      if (logs.holds(id) || condition === 'log-group-deleted') return undefined;
      add();
      return `log group ${id} keeps its events for ${retention} days, and delivers them by one subscription filter`;
    },
    sicken: () => {
      if (!logs.holds(id)) return;
      if (condition === 'log-group-deleted') logs.forget(id);
      else logs.strip(id, condition === 'log-retention-deleted' ? 'retention' : 'filters');
    },
    recover: () => {
      if (!logs.giveBack(id)) add();
    },
  };
}

export function ofTopic(account: SimulatedAccount, { resource: { id } }: Sick): AssumedSickness {
  const { sns, lambda } = account.services;
  const name = 'assumed';
  return {
    ensure: () => {
      if (sns.holds(id)) return undefined;
      lambda.add({ name, callers: [{ service: 'sns.amazonaws.com', for: account.arn('sns', id) }], tags });
      const endpoint = account.arn('lambda', `function:${name}`);
      sns.addTopic({ name: id, load: 10, subscriptions: [{ protocol: 'lambda', endpoint }], tags });
      return `topic ${id} has one subscriber, the function ${name}, which SNS may call no more once deliveries fail`;
    },
    sicken: () => {
      sns.shut(id);
    },
    recover: () => {
      sns.open(id);
    },
  };
}
