import type { TopicHappening } from '../../../simulator/sns/topic';
import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';
import { bill, id, ordersPlaced, queue, ship } from './orders-placed';

function scenario(parameters: object, ...happenings: readonly TopicHappening[]): Scenario {
  return {
    condition: 'topic-delivery-failing',
    parameters,
    takes: 30,
    build(on: Bench): Resource {
      const resource = ordersPlaced(on);
      for (const one of happenings) on.account.services.sns.befall(one);
      return resource;
    },
    recover(on: Bench): void {
      ordersPlaced(on);
    },
  };
}

const wanted = {
  [id]: [
    { protocol: 'lambda', endpoint: bill },
    { protocol: 'sqs', endpoint: ship },
  ],
};

/** What it is held to its contract with: a shut door, a subscription that is gone, both at once, and messages that are lost. */
export const scenarios: readonly Scenario[] = [
  scenario({}, { name: id, forbid: bill }),
  scenario({ subscriptions: wanted, deadLetterQueue: queue }, { name: id, unsubscribe: ship }),
  scenario({ subscriptions: wanted }, { name: id, unsubscribe: bill }, { name: id, forbid: bill }),
  {
    ...scenario({ deadLetterQueue: queue }),
    build: (on) =>
      ordersPlaced(on, {
        subscriptions: [
          { protocol: 'lambda', endpoint: bill },
          { protocol: 'sqs', endpoint: ship },
        ],
      }),
  },
];
