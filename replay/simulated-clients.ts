import type { Clients } from '../runtime/aws/access';
import { snsPublisher } from '../runtime/escalation/sns-publisher';
import type { Publish } from '../runtime/escalation/channels';
import type { OpsItems } from '../runtime/escalation/ops-items';
import { ssmOpsItems } from '../runtime/escalation/ssm-ops-items';
import { sdkClients } from '../runtime/aws/sdk-clients';
import { connect } from '../simulator/connect';
import type { World } from '../simulator/world';

/** Never checked: no request leaves the process. */
const settingsFor = (_account: string, region: string) => ({
  region,
  credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
});

/** The real SDK clients, answered by the simulated accounts of a world. */
export function simulatedClients(world: World): Clients {
  return sdkClients(settingsFor, (client, service, account, region) => {
    connect(client, service, world.account(account, region));
  });
}

/** Publishes through the real SNS client to the topics of the simulated accounts; a topic is there as soon as it is used. */
export function simulatedTopics(world: World): Publish {
  const publish = snsPublisher(settingsFor, (client, account, region) => {
    connect(client, 'sns', world.account(account, region));
  });
  const known = new Set<string>();
  return async (message) => {
    if (!known.has(message.TopicArn)) {
      known.add(message.TopicArn);
      const [, , , region = '', account = '', name = ''] = message.TopicArn.split(':');
      world.account(account, region).services.sns.addTopic({ name });
    }
    await publish(message);
  };
}

/** OpsItems through the real client of Systems Manager, in the simulated account that Homeostat would run in. */
export function simulatedOpsItems(world: World, account: string, region: string): OpsItems {
  return ssmOpsItems(settingsFor(account, region), (client) => {
    connect(client, 'ssm', world.account(account, region));
  });
}
