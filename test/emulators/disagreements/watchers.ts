import { listed, type Disagreement } from '../disagreement';

export const aboutWatchers: readonly Disagreement[] = [
  ...listed('moto', 'it answers no tags for what does not exist', [
    ['cloudwatch:ListTagsForResource', 'an alarm that does not exist is an error'],
    ['logs:ListTagsForResource', 'a log group that does not exist is an error'],
  ]),
  ...listed('moto', 'it makes no function whose role IAM does not know', [
    ['logs:PutSubscriptionFilter', 'a log group delivers to a function that lets it call'],
    ['logs:PutSubscriptionFilter', 'a third filter is refused'],
    ['lambda:GetPolicy', 'without a policy it is an error, and in other words than without the function'],
    ['lambda:AddPermission', 'a topic may call a function from then on'],
    ['lambda:AddPermission', 'a second statement of one name is refused'],
  ]),
  ...listed('ministack', 'it calls the error ResourceNotFound', [
    ['cloudwatch:ListTagsForResource', 'an alarm that does not exist is an error'],
  ]),
  ...listed('ministack', 'it takes any number of filters', [
    ['logs:PutSubscriptionFilter', 'a third filter is refused'],
  ]),
  ...listed('ministack', 'it answers an empty policy where there is none', [
    ['lambda:GetPolicy', 'without a policy it is an error, and in other words than without the function'],
  ]),
];
