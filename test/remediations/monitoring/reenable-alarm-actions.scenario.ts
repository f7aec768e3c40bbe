import type { Scenario } from '../scenario';

const name = 'checkout is late';
const described = {
  name,
  metric: { namespace: 'Shop', name: 'Latency', dimensions: {} },
  state: 'OK' as const,
  actions: ['arn:aws:sns:eu-central-1:111122223333:oncall'],
};

/** What it is held to its contract with: somebody has disabled what an alarm does, of a metric and of other alarms. */
export const scenarios: readonly Scenario[] = [
  described,
  { ...described, metric: undefined, rule: 'ALARM("checkout is down")', state: undefined },
].map((alarm) => ({
  condition: 'alarm-actions-disabled',
  takes: 30,
  build({ account, resource }) {
    account.services.cloudwatch.add(alarm);
    account.services.cloudwatch.befall({ name, actions: 'disabled' });
    return resource('alarm', name);
  },
  putToWork({ account }) {
    account.services.cloudwatch.mute({ name: 'deployment', alarms: [name] });
  },
  recover({ account }) {
    account.services.cloudwatch.befall({ name, actions: 'enabled' });
  },
}));
