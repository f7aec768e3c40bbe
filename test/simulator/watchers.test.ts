import { bench } from '../remediations/account';
import { filter, logGroup, name } from '../remediations/monitoring/shop-log';
import { bill, id, ordersPlaced, queue, topic } from '../remediations/monitoring/orders-placed';
import type { BusEvent } from '../../simulator/event-bus';

/** An account, and what its bus says. */
function listening() {
  const on = bench();
  const told: BusEvent[] = [];
  on.account.bus.subscribe((event) => void told.push(event));
  return { ...on, told };
}

describe('the simulated alarms', () => {
  test('tell the bus what people do to them, and what it was before', async () => {
    const { account, told, pass } = listening();
    account.services.cloudwatch.add({ name: 'late', state: 'OK' });
    account.services.cloudwatch.befall({ name: 'late', actions: 'disabled' });
    account.services.cloudwatch.befall({ name: 'late', is: 'deleted' });
    await pass(5);
    expect(told.map(({ detail }) => detail)).toMatchObject([
      {
        alarmName: 'late',
        operation: 'update',
        configuration: { actionsEnabled: false },
        previousConfiguration: { actionsEnabled: true },
      },
      { alarmName: 'late', operation: 'delete' },
    ]);
  });
});

describe('the simulated log groups', () => {
  test('tell the bus, as CloudTrail does, what people delete of them', async () => {
    const on = listening();
    logGroup(on);
    on.account.services.logs.befall({ deleteFilter: filter.name, of: name });
    on.account.services.logs.befall({ deleteRetention: name });
    on.account.services.logs.befall({ delete: name });
    await on.pass(5);
    expect(on.told.map(({ detail }) => (detail as { eventName: string }).eventName)).toEqual([
      'DeleteSubscriptionFilter',
      'DeleteRetentionPolicy',
      'DeleteLogGroup',
    ]);
  });

  test('refuse a filter whose destination takes nothing, or does not let them call', async () => {
    const on = listening();
    logGroup(on, { filters: [] });
    on.account.services.logs.befall({ destination: filter.destination, is: 'failing' });
    on.account.services.lambda.add({ name: 'bill' });
    const put = async (destinationArn: string, roleArn?: string) =>
      on.aws.logs.putSubscriptionFilter({
        logGroupName: name,
        filterName: 'a',
        filterPattern: '',
        destinationArn,
        ...(roleArn !== undefined && { roleArn }),
      });
    await expect(put(filter.destination, filter.role)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(put(filter.destination)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(put(bill)).rejects.toThrow('Could not execute the lambda function');
  });

  test('count what they deliver, and what a destination does not take, by the filter', () => {
    const on = listening();
    logGroup(on);
    const { cloudwatch, logs } = on.account.services;
    const of = (metric: string) =>
      cloudwatch.value({
        namespace: 'AWS/Logs',
        name: metric,
        dimensions: { LogGroupName: name, DestinationType: 'Firehose', FilterName: filter.name },
      });
    expect([of('ForwardedLogEvents'), of('DeliveryErrors')]).toEqual([60, 0]);
    logs.befall({ destination: filter.destination, is: 'failing' });
    expect([of('ForwardedLogEvents'), of('DeliveryErrors')]).toEqual([0, 60]);
  });
});

describe('the simulated topics', () => {
  test('deliver to a function that lets them, and count what fails and what a queue keeps', () => {
    const on = listening();
    ordersPlaced(on);
    const { cloudwatch, sns } = on.account.services;
    const of = (metric: string) =>
      cloudwatch.value({ namespace: 'AWS/SNS', name: metric, dimensions: { TopicName: id } });
    expect([of('NumberOfNotificationsDelivered'), of('NumberOfNotificationsFailed')]).toEqual([20, 0]);
    sns.befall({ name: id, forbid: bill });
    expect([of('NumberOfNotificationsDelivered'), of('NumberOfNotificationsFailed')]).toEqual([10, 10]);
    expect(of('NumberOfNotificationsRedrivenToDlq')).toBe(10);
  });

  test('let a person subscribe once he agrees, and take no queue of another kind', async () => {
    const on = listening();
    ordersPlaced(on);
    const asked = { TopicArn: topic, Protocol: 'email', Endpoint: 'a@example.com' };
    expect(await on.aws.sns.subscribe(asked)).toMatchObject({ SubscriptionArn: 'pending confirmation' });
    const { Subscriptions = [] } = await on.aws.sns.listSubscriptionsByTopic({ TopicArn: topic });
    expect(Subscriptions.at(-1)).toMatchObject({ SubscriptionArn: 'PendingConfirmation', Endpoint: 'a@example.com' });
    const redrive = async (AttributeValue: string) =>
      on.aws.sns.setSubscriptionAttributes({
        SubscriptionArn: Subscriptions[0]?.SubscriptionArn,
        AttributeName: 'RedrivePolicy',
        AttributeValue,
      });
    const fifo = JSON.stringify({ deadLetterTargetArn: `${queue}.fifo` });
    for (const value of [fifo, 'no JSON', '{}']) {
      await expect(redrive(value)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    }
  });
});
