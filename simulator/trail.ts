import type { SimulatedAccount } from './world';

/** Tells the bus of a call that people made, as CloudTrail does. `service`: by its prefix, such as `logs`. */
export function tellOfCall(account: SimulatedAccount, service: string, eventName: string, parameters: object): void {
  account.bus.emit(`aws.${service}`, 'AWS API Call via CloudTrail', [], {
    eventVersion: '1.11',
    userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${account.id}:user/deployer`, accountId: account.id },
    eventTime: new Date(account.clock.now()).toISOString(),
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: account.region,
    requestParameters: parameters,
    eventID: account.newId('7a110000-0000-4000-8000-', 12),
    eventType: 'AwsApiCall',
  });
}
