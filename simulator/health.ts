import type { SimulatedAccount } from './world';

const notice = 14 * 24 * 3_600_000;

/** Days as AWS Health writes them: `Mon, 2 Mar 2026 10:00:00 GMT`. */
function healthTime(at: number): string {
  return new Date(at).toUTCString().replace(/, 0/, ', ');
}

/**
 * AWS will switch off the hosts of these instances: their statuses show it, and AWS Health says so once for all of them.
 * What makes them retire is cured by a stop and a start.
 */
export function announceRetirement(account: SimulatedAccount, instanceIds: readonly string[]): void {
  for (const id of instanceIds) account.services.ec2.sicken(id, { kind: 'retiring' });
  const now = account.clock.now();
  const code = 'AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED';
  const eventId = account.newId('', 8);
  account.bus.emit('aws.health', 'AWS Health Event', instanceIds, {
    eventArn: `arn:aws:health:${account.region}::event/EC2/${code}/${code}_${eventId}`,
    service: 'EC2',
    eventTypeCode: code,
    eventTypeCategory: 'scheduledChange',
    eventScopeCode: 'ACCOUNT_SPECIFIC',
    communicationId: eventId,
    startTime: healthTime(now + notice),
    endTime: healthTime(now + notice),
    lastUpdatedTime: healthTime(now),
    statusCode: 'upcoming',
    eventRegion: account.region,
    eventDescription: [
      { language: 'en_US', latestDescription: 'EC2 has detected degradation of the underlying hardware.' },
    ],
    affectedEntities: instanceIds.map((entityValue) => ({
      entityValue,
      status: 'PENDING',
      lastUpdatedTime: healthTime(now),
    })),
    page: '1',
    totalPages: '1',
    affectedAccount: account.id,
  });
}
