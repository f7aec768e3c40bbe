import { plainText } from '../../signals/plain-text';
import { latestValues } from '../latest-values';
import { defineVitals } from '../vitals';
import { isTopicName, readSubscriptions, readTopicTags, topicArn, topicReads } from './topic';

/** A topic is well while nothing that it sends fails. Who is missing among its subscribers, only its owner knows. */
export const topicVitals = defineVitals({
  kind: 'topic',
  reads: [...topicReads, 'sns:ListTagsForResource', 'cloudwatch:GetMetricData'],
  // An alarm may be about what is delivered, and CloudWatch is silent about a topic that nobody publishes to.
  sees: [],
  async health(resource, _condition, aws) {
    const { id } = resource;
    if (!isTopicName(id)) return { kind: 'unknown', detail: `${plainText(id)} is not the name of a topic` };
    if (!(await readSubscriptions(topicArn(resource), aws))) {
      return { kind: 'gone', detail: `there is no topic ${id}` };
    }
    const metric = { namespace: 'AWS/SNS', name: 'NumberOfNotificationsFailed', dimensions: { TopicName: id } };
    const [failed = 0] = await latestValues([metric], 'Sum', aws);
    return failed > 0
      ? { kind: 'unhealthy', detail: `${failed} notifications of the topic ${id} failed in a minute` }
      : { kind: 'healthy', detail: `nothing that the topic ${id} sends fails` };
  },
  async tags(resource, aws) {
    if (!isTopicName(resource.id)) throw new Error(`${plainText(resource.id)} is not the name of a topic`);
    return (await readTopicTags(topicArn(resource), aws)) ?? {};
  },
  place: () => Promise.resolve({ groups: [] }),
});
