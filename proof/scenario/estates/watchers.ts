import { region, tagsOf } from '../account';
import { ailing, type Estate } from '../estate';

const place = `${region}:111122223333`;
const late = 'checkout is late';
const log = '/shop/checkout';
const topic = 'orders-placed';
const bill = `arn:aws:lambda:${place}:function:bill`;
const ship = `arn:aws:sqs:${place}:ship`;
const queue = `arn:aws:sqs:${place}:orders-not-delivered`;
const archive = {
  name: 'archive',
  destination: `arn:aws:firehose:${place}:deliverystream/archive`,
  role: 'arn:aws:iam::111122223333:role/logs-to-archive',
};

/** An alarm on what nobody measures, a log that goes to an archive, and a topic that a function and a queue subscribe to. */
export const watchers: Estate = {
  draw: (random) => ({
    description: {
      functions: [
        {
          name: 'bill',
          callers: [{ service: 'sns.amazonaws.com', for: `arn:aws:sns:${place}:${topic}` }],
          tags: tagsOf(random),
        },
      ],
      topics: [
        {
          name: topic,
          load: 10,
          subscriptions: [
            { protocol: 'lambda', endpoint: bill, deadLetterQueue: queue },
            { protocol: 'sqs', endpoint: ship, ...(random.chance(0.5) && { deadLetterQueue: queue }) },
          ],
          tags: tagsOf(random),
        },
      ],
      logGroups: [{ name: log, retention: 30, filters: [archive], ageDays: 10, tags: tagsOf(random) }],
      alarms: [
        {
          name: late,
          metric: { namespace: 'Shop', name: 'Latency', dimensions: {} },
          above: 2,
          actions: random.chance(0.9) ? [`arn:aws:sns:${place}:oncall`] : [],
          tags: tagsOf(random),
        },
        ofTopic('orders-fail', 'NumberOfNotificationsFailed', { above: 0 }),
        ofTopic('orders-few', 'NumberOfNotificationsDelivered', { below: 15 }),
      ],
    },
    ailments: [silence, silence, forbid, unsubscribe, deleteFilter, deleteRetention, deleteGroup],
  }),
  rules: (rung) => `  - name: silenced
    on: [alarm-actions-disabled]
    try: [{ ${rung('reenable-alarm-actions')} }]
  - name: logs
    on: [log-delivery-broken, log-group-deleted, log-retention-deleted]
    try: [{ ${rung('restore-log-delivery', { logGroups: { [log]: { retention: 30, filters: [archive] } } })} }]
  - name: deliveries
    on: [topic-delivery-failing]
    try: [{ ${rung('repair-sns-delivery', {
      deadLetterQueue: queue,
      subscriptions: { [topic]: [{ protocol: 'sqs', endpoint: ship }] },
    })} }]
`,
};

function ofTopic(name: string, metric: string, limit: object): object {
  const named = { namespace: 'AWS/SNS', name: metric, dimensions: { TopicName: topic } };
  return { name, metric: named, every: 60, periods: 2, statistic: 'Sum', ...limit };
}

const silence = ailing('somebody disables what an alarm does', ({ cloudwatch }) => {
  cloudwatch.befall({ name: late, actions: 'disabled' });
});

const forbid = ailing('a function lets SNS call it no more', ({ sns }) => {
  sns.befall({ name: topic, forbid: bill });
});

const unsubscribe = ailing('somebody deletes a subscription', ({ sns }) => {
  if (sns.reads(topic, ship)) sns.befall({ name: topic, unsubscribe: ship });
});

const deleteFilter = ailing('somebody deletes a subscription filter', ({ logs }) => {
  if (logs.holds(log)) logs.befall({ deleteFilter: archive.name, of: log });
});

const deleteRetention = ailing('somebody deletes a retention', ({ logs }) => {
  if (logs.holds(log)) logs.befall({ deleteRetention: log });
});

const deleteGroup = ailing('somebody deletes a log group', ({ logs }) => {
  if (logs.holds(log)) logs.befall({ delete: log });
});
